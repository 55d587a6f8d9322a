/**
 * Who holds a workspace's lease on this disk, and whether they still live: each run holds a lock on a file of its own
 * for as long as its process lives. The kernel frees the lock with the process, however that ends, and also where
 * the process's entry lingers because nobody has waited for it. A process's number tells neither: it lingers with
 * the entry, and another process may get it.
 *
 * Locks of another machine are not looked at: its leases run out.
 */
import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';
import { tryLock } from './folder-lock.ts';
import { localOwner, processIsDead } from './local-owner.ts';
import { makeFolder } from './make-folder.ts';

export const ownerSuffix = '.owner';
/** At the end of an owner's name: there is a lock to ask. Earlier versions had none. */
const mark = '-locked';

export interface RunOwner {
  readonly name: string;
  /** The run is over. */
  release(): void;
}

/** A new owner, alive until it is released or this process ends. */
export function holdOwner(directory: string): RunOwner {
  const name = `${localOwner()}${mark}`;
  const file = fileOf(directory, name);
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(join(directory, 'tmp'));
    lock = tryLock(file);
  } catch (error) {
    // A folder that can't be written to keeps the run from its lease as well, and it says why.
    if (!isForPeople(error)) throw error;
  }
  // Without a lock there is nothing to ask, and the lease has to run out.
  if (!lock) return { name: localOwner(), release: () => {} };
  const held = lock;
  return {
    name,
    release: () => {
      held.close();
      rmSync(file, { force: true });
    },
  };
}

/** Whether an owner in that folder is known to have ended. */
export function ownerIsDead(directory: string, owner: string): boolean {
  if (!owner.endsWith(mark)) return processIsDead(owner);
  if (!owner.startsWith(`${hostname()}:`)) return false;
  const file = fileOf(directory, owner);
  // It is removed when its owner has ended.
  return !existsSync(file) || isFree(file);
}

/** Whether nobody holds the lock of that file. Where that can't be known: false. */
export function isFree(file: string): boolean {
  try {
    const lock = tryLock(file);
    lock?.close();
    return lock !== undefined;
  } catch {
    return false;
  }
}

function fileOf(directory: string, owner: string): string {
  return join(directory, 'tmp', `${encodeURIComponent(owner)}${ownerSuffix}`);
}
