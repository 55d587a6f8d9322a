/**
 * Liveness: once the world has come to rest and nobody lies any more, runs of the deployed length at the deployed
 * distance bring everything in order, in a bounded number of runs and of requests.
 */
import { Difference } from '../difference.ts';
import type { Lab } from '../lab/lab.ts';
import type { MovingWorld } from '../world/moving-world.ts';

const minute = 60_000;
const deadlineMs = 13.5 * minute;
const distanceMs = 15 * minute;
/** What the last commit may take after the deadline, where stores are slow. */
const commitMs = 1.5 * minute;

/** Runs beyond those that the pages need: two doubts, one after the other, each of which takes an hour to be confirmed. */
const spareRuns = 12;
/** How often every page may be read: two looks in either direction, and once more after a contradiction. */
const maxReadings = 6;
/** Requests of an integration in a run in which something is doubted: each end is asked for twice. */
const doubtReadings = 8;

export async function deployedRun(lab: Lab) {
  const began = lab.now;
  const result = await lab.run({ deadline: lab.exporterClock.now() + deadlineMs });
  if (lab.lateMs > commitMs)
    throw new Difference(`P8: a quiet run ended ${lab.lateMs} ms after its deadline`);
  lab.now = Math.max(lab.now, began + distanceMs);
  return result;
}

/**
 * @param tidy nothing was said wrongly, so that no quiet run has a reason to fail.
 * @returns how many runs it took.
 */
export async function bringInOrder(lab: Lab, world: MovingWorld, tidy: boolean): Promise<number> {
  const pages = pagesOf(world);
  const perRun = lab.limits.status * Math.floor(deadlineMs / minute);
  const maxRuns = spareRuns + maxReadings * Math.ceil(pages / perRun);
  const before = lab.braze.requests.status;
  let doubting = 0;
  for (let runs = 1; ; runs += 1) {
    const result = await deployedRun(lab);
    const failures = (result?.failures ?? []).filter((failure) => !isTrue(failure, world));
    // What a purge took away is a doubt at first, and believed when it is still so an hour later.
    const isDoubt = failures.every((failure) =>
      / in an hour,|^The list of integrations names (only|none)/.test(failure),
    );
    if (tidy && !isDoubt) throw new Difference(`P10: a quiet run failed: ${failures.join(' ')}`);
    const requests = lab.braze.requests.status - before;
    if (failures.length > 0) doubting += 1;
    const readings = maxReadings + (looksForEnd(lab) ? runs : 0);
    if (requests > readings * pages + (2 * runs + doubtReadings * doubting) * world.syncs.size) {
      throw new Difference(`P8: ${requests} requests in ${runs} quiet runs, for ${pages} pages`);
    }
    if (result && failures.length === 0 && result.receipt.outcome !== 'suspended') return runs;
    if (runs === maxRuns) {
      throw new Difference(
        `P8: not complete after ${runs} quiet runs and ${requests} requests for ${pages} pages. ${failures.join(' ')}`,
      );
    }
  }
}

/** Oldest first, a last page that can't be kept from one run to the next is looked for from the first one in each. */
function looksForEnd({ braze: { quirks } }: Lab): boolean {
  const expires = quirks.cursorKind === 'expiring' && quirks.cursorLifetime < distanceMs;
  return quirks.order === 'oldest_first' && expires;
}

/** None of the rows that the source still lists can be placed, and the run says so. */
function isTrue(failure: string, world: MovingWorld): boolean {
  const [, id = ''] = /^Integration (\S+) .*None of the \d+ rows read could be placed/.exec(failure) ?? [];
  if (looksCutShort(failure, world)) return true;
  return world.isHostile(id) || failure.startsWith('Most rows of this run (');
}

/**
 * What is purged here is younger than what Braze purges: a list of ten looks like one that is cut short.
 * @param shown the integrations whose lists can be read.
 */
export function looksCutShort(failure: string, world: MovingWorld, shown = [...world.syncs.keys()]): boolean {
  const lists = shown.map((each) => world.rows(each)?.length ?? 0);
  return failure.includes('Link header') && lists.every((rows) => rows <= 10);
}

/**
 * P7: where nothing happens, a run costs a look at each integration and at what is open; a second look or a whole
 * scan may come in between, but not in every run.
 * @param sent requests of the run that has just ended.
 */
export async function checkCheap(lab: Lab, world: MovingWorld, sent: number): Promise<void> {
  // A list in no order has to be read whole to see what is new.
  if (lab.braze.quirks.order === 'unordered') return;
  const open = [...world.syncs.values()].flat().filter(({ versions }) => !isOver(versions.at(-1)));
  // One that was purged before it ended is looked for in vain, everywhere; a page without a row that can be placed says
  // nothing of where it stands.
  const isSought =
    looksForEnd(lab) ||
    open.some(({ purged }) => purged) ||
    [...world.syncs.keys()].some((id) => world.isLastPageHostile(id));
  const sought = isSought ? pagesOf(world) : 0;
  const cheap = 3 * world.syncs.size + 2 * open.length + sought;
  const requests = [sent];
  while ((requests.at(-1) ?? 0) > cheap && requests.length < 5) {
    const before = lab.braze.requests.status;
    await deployedRun(lab);
    requests.push(lab.braze.requests.status - before);
  }
  if ((requests.at(-1) ?? 0) <= cheap) return;
  throw new Difference(`P7: ${requests.join(', ')} requests in runs in which nothing happened`);
}

/** P17: what is final is looked at again within a day, a week and a month. */
export async function passDays(lab: Lab, days: number): Promise<void> {
  const runsADay = 2;
  for (let run = 0; run < days * runsADay; run += 1) {
    await deployedRun(lab);
    lab.now += (24 * 60 * minute) / runsADay - distanceMs;
  }
}

function isOver(version: string | undefined): boolean {
  const { sync_finish_time: finish, job_status: status } = JSON.parse(version ?? '{}');
  return finish !== null || status === 'config_error';
}

function pagesOf(world: MovingWorld): number {
  const rows = [...world.syncs.keys()].map((id) => world.rows(id)?.length ?? 0);
  return rows.reduce((pages, each) => pages + Math.ceil(each / 10) + 2, 0);
}
