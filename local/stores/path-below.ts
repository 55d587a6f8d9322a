import { join } from 'node:path';

/** The file of a key, which must not lead out of the folder, nor to one file by two keys. */
export function pathBelow(folder: string, key: string): string {
  const parts = key.split('/');
  if (parts.some((part) => ['', '.', '..'].includes(part))) {
    throw new Error(`The key ${JSON.stringify(key)} can't be a file's path.`);
  }
  return join(folder, ...parts);
}
