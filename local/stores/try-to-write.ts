import { appendFile, rm, stat } from 'node:fs/promises';
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
      const there = await stat(file).catch((error: unknown) => {
        if (isSystemError(error) && error.code === 'ENOENT') return undefined;
        throw error;
      });
      // Whoever reads a pipe would take what is opened and closed for its end.
      if (there && !there.isFile() && !there.isDirectory()) return;
      await appendFile(file, '');
      if (!there) await rm(file, { force: true });
    },
    choice,
  );
}
