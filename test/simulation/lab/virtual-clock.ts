/**
 * Time for many tasks at once, that passes only when all of them wait: it jumps to whoever wakes next.
 * The same sleeps give the same order of waking, so a seed replays.
 */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../../../lambda/time/clock.ts';
import { SleeperQueue } from './sleeper-queue.ts';
import { threadPoolIsBusy } from './thread-pool.ts';

/** A task that never waits would hold the clock up for good: rather an error than a test that hangs. */
const maxPoolWaitMs = 20_000;

export class VirtualClock implements Clock {
  #now: number;
  readonly #sleepers = new SleeperQueue();
  #isTicking = false;

  /** @param now milliseconds since the epoch. */
  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  /** Sets the time by hand, between runs: nobody may be asleep. */
  set(now: number): void {
    if (this.#sleepers.size > 0) throw new Error('The time is set while somebody sleeps.');
    this.#now = now;
  }

  /** Sleeps for no time also let the others go first, as a timer does. */
  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const forget = this.#sleepers.add(this.#now + Math.max(0, milliseconds), resolve);
      signal?.addEventListener(
        'abort',
        () => {
          forget();
          resolve();
        },
        { once: true },
      );
      if (!this.#isTicking) this.#tickLater();
    });

  /** What a run leaves behind, or a process that died, comes to its end. */
  async untilNobodySleeps(): Promise<void> {
    while (this.#isTicking) await new Promise(setImmediate);
  }

  #tickLater(poolBusySince?: number): void {
    this.#isTicking = true;
    // By then every promise that could go on has gone on: all that is left is asleep.
    setImmediate(() => this.#tick(poolBusySince));
  }

  #tick(poolBusySince: number | undefined): void {
    if (threadPoolIsBusy()) {
      const since = poolBusySince ?? performance.now();
      if (performance.now() - since > maxPoolWaitMs)
        throw new Error('The thread pool does not come to rest.');
      this.#tickLater(since);
      return;
    }
    // What the pool has just finished is heard of before time goes on.
    if (poolBusySince !== undefined) {
      this.#tickLater();
      return;
    }
    const sleeper = this.#sleepers.takeFirst();
    this.#isTicking = sleeper !== undefined;
    if (!sleeper) return;
    this.#now = Math.max(this.#now, sleeper.until);
    // One at a time: two that wake in one instant don't run in each other's promises.
    sleeper.wake();
    this.#tickLater();
  }
}
