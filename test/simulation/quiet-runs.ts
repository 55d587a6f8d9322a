/**
 * Liveness: once the world has come to rest and nobody lies any more, runs of the deployed length at the deployed
 * distance bring everything in order, in a bounded number of runs and of requests.
 */
import { Difference } from './difference.ts';
import type { Lab } from './lab.ts';
import type { MovingWorld } from './moving-world.ts';

const minute = 60_000;
const deadlineMs = 13.5 * minute;
const distanceMs = 15 * minute;
/** What the last commit may take after the deadline, where stores are slow. */
const commitMs = 1.5 * minute;

/** Runs beyond those that the pages need: a doubt may take an hour to be confirmed. */
const spareRuns = 8;
/** How often every page may be read: two looks in either direction, and once more after a contradiction. */
const maxReadings = 6;

export async function deployedRun(lab: Lab) {
  const began = lab.now;
  const result = await lab.run({ deadline: lab.exporterClock.now() + deadlineMs });
  const late = lab.endedAt - began - deadlineMs;
  if (late > commitMs) throw new Difference(`P8: a quiet run ended ${late} ms after its deadline`);
  lab.now = Math.max(lab.now, began + distanceMs);
  return result;
}

/** @param tidy nothing was said wrongly, so that no quiet run has a reason to fail. */
export async function bringInOrder(lab: Lab, world: MovingWorld, tidy: boolean): Promise<void> {
  const pages = pagesOf(world);
  const perRun = lab.limits.status * Math.floor(deadlineMs / minute);
  const maxRuns = spareRuns + maxReadings * Math.ceil(pages / perRun);
  const before = lab.braze.requests.status;
  for (let runs = 1; ; runs += 1) {
    const result = await deployedRun(lab);
    if (tidy && result?.failures.length) {
      throw new Difference(`P10: a quiet run failed: ${result.failures.join(' ')}`);
    }
    const requests = lab.braze.requests.status - before;
    if (requests > maxReadings * pages + runs * 2 * world.syncs.size) {
      throw new Difference(`P8: ${requests} requests in ${runs} quiet runs, for ${pages} pages`);
    }
    if (result?.receipt.outcome === 'complete') return;
    if (runs === maxRuns) {
      const failures = result?.failures.join(' ') ?? '';
      throw new Difference(
        `P8: not complete after ${runs} quiet runs and ${requests} requests for ${pages} pages. ${failures}`,
      );
    }
  }
}

/** P17: what is final is looked at again within a day, a week and a month. */
export async function passDays(lab: Lab, days: number): Promise<void> {
  const runsADay = 4;
  for (let run = 0; run < days * runsADay; run += 1) {
    await deployedRun(lab);
    lab.now += (24 * 60 * minute) / runsADay - distanceMs;
  }
}

function pagesOf(world: MovingWorld): number {
  const rows = [...world.syncs.keys()].map((id) => world.rows(id)?.length ?? 0);
  return rows.reduce((pages, each) => pages + Math.ceil(each / 10) + 2, 0);
}
