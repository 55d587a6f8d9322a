import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explaining, isSystemError } from './file-error.ts';
import { FolderLock } from './folder-lock.ts';
import { sweepLeftovers, temporaryName } from './leftovers.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Replaces whole files under a condition, as an object store does: safe against other processes, against
 * being killed at any moment, and against the power going.
 *
 * 1. Write the new content to a temporary file under `tmp/`, and bring it to the disk. Killed here or
 *    anywhere before step 4: the old file stands, and the leftover is swept when a store is next opened.
 * 2. Take the lock. Between step 3 and step 4 no other process may write, or both could find the condition
 *    true and the second would undo the first.
 * 3. Check the condition; if it doesn't hold, nothing is written.
 * 4. Rename the temporary file over the old one. Readers, who take no lock, see the old or the new file whole.
 * 5. Bring the folder to the disk: the name, too, has to outlast the power.
 * 6. Free the lock; the kernel does where the process is killed before.
 */
export class ConditionalWrites {
  readonly #temporary: string;
  readonly #lock: FolderLock;

  /** @param name of the lock: writers of one name exclude each other. @param patience milliseconds to wait for it. */
  constructor(directory: string, name: string, patience?: number) {
    this.#temporary = join(directory, 'tmp');
    this.#lock = new FolderLock(join(this.#temporary, `${name}.lock`), patience);
    sweepLeftovers(this.#temporary);
  }

  /** @param check throws where the file must not be written. */
  async write(file: string, content: Uint8Array | string, check: () => Promise<void>): Promise<void> {
    const temporary = join(this.#temporary, temporaryName());
    try {
      await explaining(this.#temporary, () => stage(temporary, content));
      await this.#lock.hold(async () => {
        await check();
        const folder = dirname(file);
        await makeDurableFolder(folder);
        await explaining(file, () => rename(temporary, file));
        await explaining(folder, () => flushFolder(folder));
      });
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

async function stage(temporary: string, content: Uint8Array | string): Promise<void> {
  await makeDurableFolder(dirname(temporary));
  await writeFile(temporary, content, { flag: 'wx', flush: true });
}

async function makeDurableFolder(folder: string): Promise<void> {
  // Each new folder is a name in the one above it.
  for (const made of makeFolder(folder)) await explaining(made, () => flushFolder(dirname(made)));
}

async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Windows and some network file systems can't; there the rename is as durable as they make it.
    if (isSystemError(error) && ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'].includes(error.code ?? '')) return;
    throw error;
  }
}
