import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explaining } from './file-error.ts';
import { clearedWhenStopped } from './half-made.ts';

/** Does the work in a folder that is gone afterwards: also where the command is stopped. @throws {StoreFailure} */
export async function inTemporaryFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  let clear = () => {};
  let done = clear;
  const make = async () => {
    // At once: no signal can come before it is known.
    const folder = mkdtempSync(join(tmpdir(), prefix));
    clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    done = clearedWhenStopped(clear);
    return folder;
  };
  const folder = await explaining(tmpdir(), make, 'another folder with TMPDIR');
  try {
    return await work(folder);
  } finally {
    clear();
    done();
  }
}
