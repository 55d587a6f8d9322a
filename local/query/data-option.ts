/** Names a data folder in a command that can be pasted into a shell. */
export function dataOption(directory: string): string {
  const isPlain = /^[\w./-]+$/.test(directory);
  return `--data ${isPlain ? directory : `'${directory.replaceAll("'", "'\\''")}'`}`;
}
