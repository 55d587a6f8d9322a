/** What a person is told when the file system refuses. */
import { StoreFailure } from '../../lambda/errors/store-failure.ts';

const advice: Readonly<Record<string, string>> = {
  EACCES: 'is not open to this user: give them access to it, or choose another folder with --data.',
  EPERM: 'is not open to this user: give them access to it, or choose another folder with --data.',
  EROFS: 'is on a file system that is read-only: choose another folder with --data.',
  ENOSPC:
    'could not be written, the disk is full: free some space and run again. What was stored is unharmed.',
  EDQUOT:
    'could not be written, this user’s share of the disk is full: free some space and run again. ' +
    'What was stored is unharmed.',
  EXDEV: 'is on another disk than the folder tmp beside it: keep the whole data folder on one disk.',
  ENAMETOOLONG: 'is longer than this file system allows: choose another folder with --data.',
  EISDIR: 'is a folder where a file should be: move it away.',
  ENOTDIR:
    'can not be reached, something on the way to it is a file where a folder should be: move that away.',
  EEXIST: 'is a file where a folder should be: move it away.',
  EMFILE: 'could not be opened, too many files are open: raise the limit (ulimit -n) and run again.',
  ENFILE: 'could not be opened, too many files are open on this machine: close some and run again.',
};

/** Reasons that lie with the disk or the machine, and not with the one file. */
const isOfWholeDisk: ReadonlySet<string> = new Set([
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EXDEV',
  'EMFILE',
  'ENFILE',
]);

/** Gives an error of the file system as a sentence about that path; any other error as it is. */
export async function explaining<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(path, error);
  }
}

/** The same of an error at hand. */
export function explained(path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const { code = error.message } = error;
  const advised = advice[code] ?? `could not be read or written (${code}): check its disk, and run again.`;
  return new StoreFailure(`${path} ${advised}`, { cause: error, isOfWholeStore: isOfWholeDisk.has(code) });
}

/** What Node's file system functions throw. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
