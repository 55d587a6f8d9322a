/** Folders whose names outlast the power: a name is brought to the disk with the folder that it stands in. */
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explaining, isSystemError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';

/** @returns the folders in which names are new, to be flushed: each new folder is a name in the one above it. */
export function makeFolderToFlush(folder: string): string[] {
  return makeFolder(folder).map((made) => dirname(made));
}

/** Brings the names in a folder to the disk. */
export async function flushFolder(folder: string): Promise<void> {
  await explaining(folder, () => sync(folder));
}

async function sync(folder: string): Promise<void> {
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
