/** Puts staged files in their places, under a lock that the caller holds. */
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder, makeFolderToFlush } from './durable-folder.ts';
import { explaining } from './file-error.ts';

export interface Placement {
  readonly file: string;
  /** Where its content stands, brought to the disk. */
  readonly temporary: string;
  /** Throws where the file must not be written. */
  readonly check: () => Promise<void>;
  /** Called when the file is in its place, and would be after the power has gone. */
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Never fails: each is told its own outcome, when the folders of all are on the disk. */
export async function placeTogether(placements: readonly Placement[]): Promise<void> {
  const flushes = new Map<string, Promise<void>>();
  const outcomes: (() => void)[] = [];
  const placed: { readonly placement: Placement; readonly folders: readonly string[] }[] = [];
  // One after the other: two may be of one file, and the second has to see the first.
  for (const placement of placements) {
    try {
      placed.push({ placement, folders: await place(placement) });
    } catch (error) {
      outcomes.push(() => placement.reject(error));
    }
  }
  const flushedOnce = (folder: string): Promise<void> => {
    const flush = flushes.get(folder) ?? flushFolder(folder);
    flushes.set(folder, flush);
    return flush;
  };
  await Promise.all(
    placed.map(({ placement: { resolve, reject }, folders }) =>
      Promise.all(folders.map(flushedOnce)).then(
        () => outcomes.push(resolve),
        (error) => outcomes.push(() => reject(error)),
      ),
    ),
  );
  for (const tell of outcomes) tell();
}

/** @returns the folders in which names are new. */
async function place({ file, temporary, check }: Placement): Promise<string[]> {
  await check();
  const folder = dirname(file);
  const folders = makeFolderToFlush(folder);
  await explaining(file, () => rename(temporary, file));
  return [...new Set([...folders, folder])];
}
