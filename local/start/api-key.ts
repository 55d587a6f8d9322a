/** The key of a real workspace: from BRAZE_API_KEY, or from the file that BRAZE_API_KEY_FILE names. */
import { closeSync, openSync, readSync } from 'node:fs';
import { apiKeyFault } from '../../lambda/braze/api-key.ts';
import type { Environment } from '../command/swallowed-options.ts';
import { isSystemError } from '../stores/file-error.ts';

/** No key is that long; what is longer is another file. */
const longestKeyFile = 10_000;

const howTo =
  'set BRAZE_API_KEY to the REST API key of the workspace, without quotes, or BRAZE_API_KEY_FILE to a file';

/** An empty variable is none: that is how some shells and files take one away. */
export const hasKey = ({ BRAZE_API_KEY: key = '', BRAZE_API_KEY_FILE: file = '' }: Environment): boolean =>
  key.trim() !== '' || file !== '';

/** The key, or what is wrong, without its full stop. Neither the key nor the name of the file is repeated. */
export function readKey(environment: Environment): { readonly key: string } | { readonly fault: string } {
  const { BRAZE_API_KEY: key, BRAZE_API_KEY_FILE: file = '' } = environment;
  if (file !== '') {
    return key?.trim()
      ? { fault: 'BRAZE_API_KEY and BRAZE_API_KEY_FILE are both set: take one of them away' }
      : keyInFile(file);
  }
  if (key === undefined) return { fault: `BRAZE_API_KEY is not set: ${howTo}` };
  const fault = apiKeyFault(key);
  return fault === undefined ? { key: key.trim() } : { fault: `BRAZE_API_KEY ${fault}: ${howTo}` };
}

function keyInFile(file: string): { readonly key: string } | { readonly fault: string } {
  const named = (fault: string) => ({
    fault: `BRAZE_API_KEY_FILE ${fault}: it holds the key and nothing else`,
  });
  let text: string;
  try {
    text = beginningOf(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return named(unreadable[error.code ?? ''] ?? `names a file that can not be read (${error.code})`);
  }
  if (text.length > longestKeyFile) return named('names a file that is too long for a key');
  const fault = apiKeyFault(text);
  return fault === undefined ? { key: text.trim() } : named(`names a file that ${fault}`);
}

/** No more than what tells that it is too long: a device may have no end, and a pipe gives it in pieces. */
function beginningOf(file: string): string {
  const bytes = Buffer.alloc(longestKeyFile + 1);
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

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'names a file that is not there',
  EACCES: 'names a file that this user may not read',
  EISDIR: 'names a folder',
};
