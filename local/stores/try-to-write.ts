import { appendFile, lstat, rm, writeFile } from 'node:fs/promises';
import { type Choice, explaining, isSystemError } from './file-error.ts';

/**
 * Finds out whether a file can be written, before the work for it is done. What stands there stays as it is, and where
 * nothing stands, nothing is left.
 *
 * @param told what a person has named. @default the file itself
 * @throws {StoreFailure}
 */
export async function tryToWrite(file: string, choice: Choice, told = file): Promise<void> {
  await explaining(
    told,
    async () => {
      const there = await lstat(file).catch((error: unknown) => {
        if (isSystemError(error) && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (!there) {
        // Only what this has made is taken away.
        await writeFile(file, '', { flag: 'wx' });
        await rm(file);
        return;
      }
      // Whoever reads a pipe would take what is opened and closed for its end, and a link may lead to one, or to nothing yet.
      if (there.isFile() || there.isDirectory()) await appendFile(file, '');
    },
    choice,
  );
}
