import { readFile } from 'node:fs/promises';

/** The last lines of a log, for the message of a failure. */
export async function logTail(log: string, lines = 12): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
