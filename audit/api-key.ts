/** The key for a fresh walk. Neither it nor the name of its file is ever repeated. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Environment } from './command-line.ts';
import { WrongUse } from './wrong-use.ts';

/** @throws {WrongUse} */
export function readApiKey({ BRAZE_API_KEY: key = '', BRAZE_API_KEY_FILE: file = '' }: Environment): string {
  if (key.trim() !== '' && file !== '')
    throw new WrongUse('BRAZE_API_KEY and BRAZE_API_KEY_FILE are both set: take one of them away');
  const found = (file === '' ? key : contentOf(file)).trim();
  if (found === '')
    throw new WrongUse('--against-braze needs the key, in BRAZE_API_KEY or BRAZE_API_KEY_FILE');
  // Quotes are how a key is most often spoiled; a header takes nothing beyond printable ASCII.
  if (!/^[!-~]+$/.test(found) || /^["']|["']$/.test(found))
    throw new WrongUse('The key is not one: it has quotes around it, blanks in it, or other characters');
  return found;
}

function contentOf(file: string): string {
  try {
    return beginningOf(file);
  } catch {
    throw new WrongUse('BRAZE_API_KEY_FILE names a file that can not be read');
  }
}

/** Longer than any key, and not all of it: a device may have no end, and a pipe gives it in pieces. */
function beginningOf(file: string): string {
  const bytes = Buffer.alloc(10_000);
  const descriptor = openSync(file, 'r');
  try {
    let length = 0;
    for (let read = 1; read > 0; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}
