/** A worker of `npm run simulate`. */
import { parentPort, workerData } from 'node:worker_threads';
import { describeFailure, isFailure, simulate } from './simulate.ts';
import type { Outcome, Share } from './simulate-side-by-side.ts';

const { first, last, distance, odd } = workerData as Share;
for (let seed = first; seed <= last; seed += distance) {
  const result = await simulate(seed, odd);
  const outcome: Outcome = isFailure(result)
    ? { seed, failure: describeFailure(result) }
    : { played: result };
  parentPort?.postMessage(outcome);
}
