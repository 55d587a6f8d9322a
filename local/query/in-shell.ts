/** A path in a command that can be pasted into a shell. */
export const inShell = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** It names a data folder. */
export const dataOption = (directory: string): string => `--data ${inShell(directory)}`;
