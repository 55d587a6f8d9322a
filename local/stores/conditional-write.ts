import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushFolder, makeFolderToFlush } from './durable-folder.ts';
import { explaining } from './file-error.ts';
import { FolderLock } from './folder-lock.ts';
import { sweepLeftovers, temporaryName } from './leftovers.ts';
import { type Placement, placeTogether } from './place-together.ts';

/**
 * Replaces whole files under a condition, as an object store does: safe against other processes, against
 * being killed at any moment, and against the power going.
 *
 * 1. Write the new content to a temporary file under `tmp/`, and bring it to the disk. Killed here or
 *    anywhere before step 4: the old file stands, and the leftover is swept when a store is next opened.
 * 2. Take the lock, for all writes that wait for it by then. Between step 3 and step 4 no other process may
 *    write, or both could find the condition true and the second would undo the first.
 * 3. Check the condition; if it doesn't hold, nothing is written.
 * 4. Rename the temporary file over the old one. Readers, who take no lock, see the old or the new file whole.
 * 5. Bring the folders to the disk: the name, too, has to outlast the power. Those of all writes at once, since
 *    a disk takes as long for one as for several. A write is done only when its own folders are on the disk.
 * 6. Free the lock; the kernel does where the process is killed before.
 */
export class ConditionalWrites {
  readonly #temporary: string;
  readonly #lock: FolderLock;
  /** Staged, and not placed yet. */
  #waiting: Placement[] = [];
  #isPlacing = false;

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
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#waiting.push({ file, temporary, check, resolve, reject });
      if (!this.#isPlacing) void this.#placeWaiting();
      await promise;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Never fails: each write is told its own outcome. */
  async #placeWaiting(): Promise<void> {
    this.#isPlacing = true;
    while (this.#waiting.length > 0) {
      try {
        await this.#lock.hold(() => placeTogether(this.#taken()));
      } catch (error) {
        // The lock was not to be had.
        for (const { reject } of this.#taken()) reject(error);
      }
    }
    this.#isPlacing = false;
  }

  #taken(): Placement[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

async function stage(temporary: string, content: Uint8Array | string): Promise<void> {
  await Promise.all(makeFolderToFlush(dirname(temporary)).map(flushFolder));
  await writeFile(temporary, content, { flag: 'wx', flush: true });
}
