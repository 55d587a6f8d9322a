/** Histories have nothing in common: each core plays a share of them. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Oddity } from './oddities.ts';
import type { Played } from './play-scenario.ts';

/** What a worker plays: `first`, and each that is `distance` further, up to `last`. */
export interface Share {
  readonly first: number;
  readonly last: number;
  readonly distance: number;
  readonly odd: ReadonlySet<Oddity>;
}

/** What came of one. */
export type Outcome = { readonly played: Played } | { readonly seed: number; readonly failure: string };

/** @param hear of each, as it ends; where it answers `stop`, no other is begun. */
export async function simulateSideBySide(
  { runs, seed, odd }: { readonly runs: number; readonly seed: number; readonly odd: ReadonlySet<Oddity> },
  hear: (outcome: Outcome) => 'go on' | 'stop',
): Promise<void> {
  const distance = Math.min(availableParallelism(), runs);
  const workers = Array.from({ length: distance }, (_, index) => {
    const workerData: Share = { first: seed + index, last: seed + runs - 1, distance, odd };
    return new Worker(new URL('./simulate-share.ts', import.meta.url), { workerData });
  });
  for (const worker of workers) {
    worker.on('message', (outcome: Outcome) => {
      if (hear(outcome) === 'stop') for (const each of workers) void each.terminate();
    });
  }
  // What a worker throws itself is thrown here.
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
}
