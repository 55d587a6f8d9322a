/**
 * Excludes other processes, and other work of this one, for as long as one piece of work takes.
 *
 * The lock is a write transaction on an empty SQLite database, in which nothing is ever written. SQLite takes
 * it as a lock of the kernel's, and the kernel frees it with the process, however that ends: `kill -9` leaves
 * no lock behind, so nothing ever has to guess whether a lock is stale, and a process that was only stopped
 * or slow still holds its own. (Node itself has no way to lock a file.)
 *
 * Nobody may open the lock file by other means: POSIX drops a process's locks on a file as soon as that
 * process closes any handle of it. SQLite knows that of its own handles only.
 */
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFailure } from '../../lambda/errors/store-failure.ts';
import { makeFolder } from './make-folder.ts';

const longestDelay = 20;
const sqliteBusy = 5;

export class FolderLock {
  readonly #file: string;
  readonly #patience: number;
  /** Ends with the last piece of work of this process that was asked for. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param file is made where it isn't there. @param patience milliseconds to wait for other processes. */
  constructor(file: string, patience = 30_000) {
    this.#file = file;
    this.#patience = patience;
  }

  /** Does the work while nobody else does any under this lock. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    // In turn within this process: only the first in the queue has to ask the kernel again and again.
    const turn = this.#queue.then(() => this.#alone(work));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    makeFolder(dirname(this.#file));
    const lock = await this.#take();
    try {
      return await work();
    } finally {
      lock.close();
    }
  }

  async #take(): Promise<DatabaseSync> {
    const giveUp = performance.now() + this.#patience;
    for (let delay = 1; ; delay = Math.min(delay * 1.5, longestDelay)) {
      const lock = tryLock(this.#file);
      if (lock) return lock;
      if (performance.now() > giveUp) {
        throw new StoreFailure(this.#heldTooLong(), { isOfWholeStore: true });
      }
      // Spread, lest two processes keep meeting.
      await sleep(delay * (0.5 + Math.random() / 2));
    }
  }

  #heldTooLong(): string {
    return (
      `Another process has held ${this.#file} for ${Math.round(this.#patience / 1000)} seconds. ` +
      'If it hangs, end it: its lock goes with it, and nothing has to be deleted.'
    );
  }
}

/** The database whose closing frees the lock, or undefined where somebody else holds it. */
export function tryLock(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    // SQLite begins a journal with the transaction; in memory there is no file of it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreFailure(
      `${file} could not be locked (${reason}). Let this user write there, or choose a folder on a local disk ` +
        'with --data.',
      { cause: error, isOfWholeStore: true },
    );
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  // The low byte is the reason, the rest details it.
  return (code & 0xff) === sqliteBusy;
}
