/** What a person is told when the file system refuses. */
import { StoreFailure } from '../../lambda/errors/store-failure.ts';

/** How a person names another place, where this one refuses: the rest of a sentence that begins with "choose". */
export type Choice =
  | `another ${'file' | 'folder'} with ${`--${string}` | 'TMPDIR'}`
  | 'another clone of this project';

/** Most of what is written stands in the data folder. */
export const usualChoice: Choice = 'another folder with --data';

const adviceWith = (choice: Choice): Readonly<Record<string, string>> => ({
  EACCES: `is not open to this user: give them access to it, or choose ${choice}.`,
  EPERM: `is not open to this user: give them access to it, or choose ${choice}.`,
  EROFS: `is on a file system that is read-only: choose ${choice}.`,
  ENOSPC:
    'could not be written, the disk is full: free some space and run again. What was stored is unharmed.',
  EDQUOT:
    'could not be written, this user’s share of the disk is full: free some space and run again. ' +
    'What was stored is unharmed.',
  EXDEV: 'is on another disk than the folder tmp beside it: keep the whole data folder on one disk.',
  ENAMETOOLONG: `is longer than this file system allows: choose ${choice}.`,
  // One that a person has named stays where it is: it may be their home.
  EISDIR: `is a folder where a file should be: ${choice.startsWith('another file') ? `choose ${choice}` : 'move it away'}.`,
  ENOTDIR: `can not be reached, something on the way to it is a file where a folder should be: move that away, or choose ${choice}.`,
  EEXIST: `is a file where a folder should be: move it away, or choose ${choice}.`,
  ENOENT: `can not be made, its folder is not there or lets nothing be made in it: choose ${choice}.`,
  EMFILE: 'could not be opened, too many files are open: raise the limit (ulimit -n) and run again.',
  ENFILE: 'could not be opened, too many files are open on this machine: close some and run again.',
});

/** Reasons that lie with the disk or the machine, and not with the one file. */
const isOfWholeDisk: ReadonlySet<string> = new Set([
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EXDEV',
  'EMFILE',
  'ENFILE',
]);

/**
 * Gives an error of the file system as a sentence about that path; any other error as it is.
 *
 * @param choice how a person names another place. @default with `--data`
 */
export async function explaining<T>(path: string, work: () => Promise<T>, choice?: Choice): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(path, error, choice);
  }
}

/** The same of an error at hand. */
export function explained(path: string, error: unknown, choice = usualChoice): unknown {
  if (!isSystemError(error)) return error;
  const { code = error.message } = error;
  const advised =
    adviceWith(choice)[code] ?? `could not be read or written (${code}): check its disk, and run again.`;
  return new StoreFailure(`${path} ${advised}`, { cause: error, isOfWholeStore: isOfWholeDisk.has(code) });
}

/** What Node's file system functions throw. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
