/** A worker of `npm run simulate`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome, Share } from './simulate-side-by-side.ts';
import { countBlocks } from './unreached.ts';

const { first, last, distance, drawn, countsBlocks } = workerData as Share;
const reached = countsBlocks ? await countBlocks() : undefined;
const { describeFailure, isFailure, simulate } = await import('./simulate.ts');
for (let seed = first; seed <= last; seed += distance) {
  const result = await simulate(seed, drawn);
  const outcome: Outcome = isFailure(result)
    ? { seed, failure: describeFailure(result) }
    : { seed, played: result };
  parentPort?.postMessage(outcome);
}
if (reached) parentPort?.postMessage({ reached: await reached() } satisfies Outcome);
