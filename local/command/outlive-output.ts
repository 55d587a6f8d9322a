/**
 * A pipe that is closed or a disk that is full behind standard output or error takes away what is shown, and nothing
 * else: the export goes on, and ends with its own exit code.
 */
export function outliveOutput(streams: readonly NodeJS.WriteStream[]): void {
  // Without a listener, the error of a write would end the process.
  for (const stream of streams) stream.on('error', () => {});
}
