import { readFile } from 'node:fs/promises';
import { explaining, isSystemError } from './file-error.ts';

/** The whole file, or undefined where there is none. */
export async function readFileIfThere(file: string): Promise<Buffer | undefined> {
  return await explaining(file, () => readFile(file).catch(undefinedIfMissing));
}

export function undefinedIfMissing(error: unknown): undefined {
  if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
}
