/** Histories have nothing in common: each core plays a share of them. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Played } from '../scenario/play-scenario.ts';
import type { Drawn } from './simulate.ts';
import type { Reached } from './unreached.ts';

/** What a worker plays: `first`, and each that is `distance` further, up to `last`. */
export interface Share {
  readonly first: number;
  readonly last: number;
  readonly distance: number;
  readonly drawn: Drawn;
  /** Whether it tells at its end what code it has reached. */
  readonly countsBlocks: boolean;
}

/** What came of one, or what a worker has reached in all. */
export type Outcome =
  | { readonly seed: number; readonly played: Played }
  | { readonly seed: number; readonly failure: string }
  | { readonly reached: Reached };

/** @param hear of each, as it ends; where it answers `stop`, no other is begun. */
export async function simulateSideBySide(
  {
    runs,
    seed,
    drawn,
    countsBlocks,
  }: Pick<Share, 'drawn' | 'countsBlocks'> & { readonly runs: number; readonly seed: number },
  hear: (outcome: Outcome) => 'go on' | 'stop',
): Promise<void> {
  const distance = Math.min(availableParallelism(), runs);
  const workers = Array.from({ length: distance }, (_, index) => {
    const workerData: Share = { first: seed + index, last: seed + runs - 1, distance, drawn, countsBlocks };
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
