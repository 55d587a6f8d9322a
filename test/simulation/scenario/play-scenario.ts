/**
 * One scenario, met by a number of runs with deadlines, crashes and failures, while it moves. Then the world comes
 * to rest, lies that are told for ever are told for some hours more, and when they stop, quiet runs have to bring
 * everything in order.
 */

import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import type { RunResult } from '../../../lambda/run/run.ts';
import { isAboutList, type LieName, type ToldLie } from '../../../local/simulator/lies/told-lie.ts';
import { type AtRest, checkAlways, checkComplete } from '../checks/check.ts';
import { checkChanges } from '../checks/check-changes.ts';
import { checkDays } from '../checks/check-days.ts';
import { checkNobodyGone, checkOthers, checkSaid, checkTold } from '../checks/check-lies.ts';
import { checkRecords } from '../checks/check-records.ts';
import { checkShown } from '../checks/check-shown.ts';
import { checkStanding, storedIntegrations } from '../checks/check-standing.ts';
import { bringInOrder, checkCheap, deployedRun, passDays } from '../checks/quiet-runs.ts';
import { readLake } from '../checks/read-lake.ts';
import { Difference } from '../difference.ts';
import { Process } from '../lab/disturbance.ts';
import { type Lab, workspace } from '../lab/lab.ts';
import type { Random } from '../lab/random.ts';
import { checkOrder } from '../lab/recording-sink.ts';
import type { Scenario, Step } from './scenario.ts';
import { type Site, siteOf } from './site.ts';

export interface Played {
  readonly runs: number;
  readonly requests: number;
  /** How often each lie was told. */
  readonly lies: ReadonlyMap<LieName, number>;
  /** Rows that a claim covered, and that were looked for in the lake. */
  readonly claims: number;
  /** How many quiet runs it took until all was complete. */
  readonly quietRuns: number;
}

/** Long enough for every doubt to be confirmed, and to be said. */
const lyingRuns = 12;
/** Others may have a doubt of their own, and one more after it, each of which takes an hour to be confirmed. */
const spareLyingRuns = 12;
const patienceMs = 6 * 60 * 60 * 1000;
const weekMs = 7 * 24 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** Sees what each run has left, and what there is when all has come to rest. */
export type Watch = (site: Site) => Promise<void>;

/** @throws a Difference, or whatever the exporter threw. */
export async function playScenario(scenario: Scenario, watch: Watch = async () => {}): Promise<Played> {
  const site = siteOf(scenario);
  const { lab, world, random, sinks, forgotten } = site;
  let claims = 0;
  let limitIsOff = false;
  let isAhead = false;
  const incidents = new Incidents(site);
  const { offsetMs } = lab.exporterClock;
  for (const step of scenario.steps) {
    world.expect(step.during);
    const process = new Process(step.disturbance && !step.twice ? [step.disturbance] : []);
    const ended = step.twice ? await runTwice(site, random) : await runOnce(site, step, process);
    // Two that believe each other dead don't share it, and what was used is noted by a clock that may be set.
    limitIsOff ||= step.twice || lab.exporterClock.offsetMs !== offsetMs;
    const isDisturbed = step.twice || ended === undefined || process.disturbed !== undefined;
    claims += await check(site, isDisturbed);
    // What a run has written that was killed or overtaken, nobody knows until a run has read all of it.
    isAhead = isDisturbed || (isAhead && ended?.receipt.outcome !== 'complete');
    forgotten.runEnded(await readLake(lab.objects), isAhead);
    await watch(site);
    await incidents.check({ isKept: !isAhead, mayBeStale: step.deadlineMs !== null });
    lab.now += step.thenMs;
    for (const event of step.meanwhile) site.happen(event);
  }
  const busiest = lab.braze.busiestMinute('status');
  const { brazeDriftMs, exporterDriftMs } = scenario.clocks;
  // Where the two clocks run at different speeds, a minute of the one is some milliseconds less of the other.
  const allowed = lab.limits.status + (brazeDriftMs === exporterDriftMs ? 0 : 1);
  if (!limitIsOff && busiest > allowed) {
    throw new Difference(`P7: ${busiest} requests in a minute, ${lab.limits.status} allowed`);
  }
  world.comeToRest(lab.brazeClock.now());
  claims += await hearLiesForEver(site);
  lab.braze.quirks.lies = [];
  const quietRuns = await bringInOrder(lab, world, site.tidy);
  // An old row that is open is asked for once a day, and a long list in no order read whole.
  lab.now += dayMs;
  await bringInOrder(lab, world, site.tidy);
  await checkAtRest(site);
  forgotten.runEnded(await readLake(lab.objects), false);
  await incidents.check({ isKept: true, mayBeStale: false });
  for (const sink of sinks) sink.receive = () => 'arrives';
  await checkCheap(lab, world, await checkNothingLearned(site));
  await incidents.checkAllTold();
  await watch(site);
  return { runs: lab.runs, requests: lab.braze.log.length, lies: lab.braze.liar.told, claims, quietRuns };
}

/** @returns undefined where the process died. */
async function runOnce(
  { lab, storesAreSlow }: Site,
  { deadlineMs }: Step,
  process: Process,
): Promise<RunResult | undefined> {
  // Without a deadline, a run waits for as long as Braze limits it.
  const lengthMs = deadlineMs ?? patienceMs;
  const result = await lab.run({ deadline: lab.exporterClock.now() + lengthMs }, process);
  if (result && lab.lateMs > (storesAreSlow ? 90_000 : 1000)) {
    throw new Difference(`P8: ended ${lab.lateMs} ms after the deadline`);
  }
  return result;
}

/** Two runs that both believe the other dead, with their calls interleaved by chance. */
async function runTwice({ lab }: Site, random: Random): Promise<RunResult | undefined> {
  const turn = async () => {
    for (let turns = random.between(0, 3); turns > 0; turns -= 1) await undefined;
  };
  const results = await Promise.all(
    [0, 1].map(() =>
      lab.run({ deadline: lab.exporterClock.now() + patienceMs }, new Process([], turn), {
        leaseIgnored: true,
      }),
    ),
  );
  return results.includes(undefined) ? undefined : results[0];
}

/** @returns how many claims were checked. */
async function check(site: Site, disturbed: boolean): Promise<number> {
  const { lab, world, shown, honest, spelled, losesObjects } = site;
  const lake = await readLake(lab.objects);
  checkNobodyGone(lake, world, lab.braze.quirks.lies);
  shown.runEnded(lake, disturbed);
  if (honest) checkAlways(lake, world, isUnordered(lab));
  const records = await lab.checkpoints.list(workspace);
  if (!losesObjects) checkDays(lake, records, { mayBeBehind: true });
  // Whoever did not get to the list leaves it to the next run.
  checkChanges(lake, !disturbed && !areChangesAhead(records));
  checkRecords(records, { lake, shown, spelled });
  return checkShown(lake, shown, spelled);
}

const isUnordered = ({ braze }: Lab): boolean => braze.quirks.order === 'unordered';

const areChangesAhead = (records: readonly CheckpointRecord[]): boolean =>
  records.some(({ data }) => (data as { changes_ahead?: boolean }).changes_ahead === true);

async function hearLiesForEver(site: Site): Promise<number> {
  const { lab, world, shown, spelled } = site;
  const { liar, quirks } = lab.braze;
  const lies = quirks.lies.filter(({ times }) => times === null);
  if (lies.length === 0) return 0;
  let claims = 0;
  let outcome: string | undefined;
  let told: readonly ToldLie[] = [];
  for (let runs = 0; runs < lyingRuns; runs += 1) {
    // One that begins in the midst of the last run need not have shown.
    told = lies.filter((lie) => liar.hasTold(lie));
    outcome = (await deployedRun(lab))?.receipt.outcome;
    claims += await check(site, false);
  }
  const lake = await readLake(lab.objects);
  checkSaid(lake, shown, spelled);
  const leavesOut = quirks.lies.some(({ name }) => isAboutList(name));
  checkTold(lake, world, told, { isSuspended: outcome === 'suspended', leavesOut });
  for (let runs = 0; ; runs += 1) {
    try {
      checkOthers(await readLake(lab.objects), world, quirks.lies);
      return claims;
    } catch (error) {
      if (!(error instanceof Difference) || runs === spareLyingRuns) throw error;
    }
    await deployedRun(lab);
    claims += await check(site, false);
  }
}

/** Where something was said wrongly, it may take until the history is looked at again. */
async function checkAtRest({ lab, world, tidy, spelled, losesObjects }: Site): Promise<void> {
  const { pretty } = lab.braze.quirks;
  const records = await lab.checkpoints.list(workspace);
  if (!losesObjects) checkDays(await readLake(lab.objects), records, { mayBeBehind: false });
  const isAsItIs = async () => {
    const now = lab.exporterClock.now();
    const atRest: AtRest = { now, pretty, spelled, tidy, isUnordered: isUnordered(lab) };
    const lake = await readLake(lab.objects);
    await checkComplete(lake, world, atRest);
    checkChanges(lake, true);
  };
  for (const days of tidy ? [] : [1, 6, 25]) {
    try {
      await isAsItIs();
      return;
    } catch (error) {
      if (!(error instanceof Difference)) throw error;
    }
    await passDays(lab, days);
  }
  await isAsItIs();
}

/** Coverage, and how each integration stands: both say how fresh they are. */
const saidByEveryRun = 2;

/** P11: a run that learned nothing writes no partition of syncs. @returns how many requests it took. */
async function checkNothingLearned({ lab }: Site): Promise<number> {
  const before = (await readLake(lab.objects)).days;
  const sent = lab.braze.requests.status;
  const result = await deployedRun(lab);
  const after = (await readLake(lab.objects)).days;
  const same = [...after].every(([key, body]) => before.get(key)?.equals(body));
  if (!same || result?.receipt.objects.written !== saidByEveryRun) {
    throw new Difference(`P11: a run that learned nothing wrote ${result?.receipt.objects.written} objects`);
  }
  return lab.braze.requests.status - sent;
}

/** P18: what was ever open in a record was told to everybody, and its end as well. */
class Incidents {
  readonly #site: Site;
  /** When each was first seen. */
  readonly #met = new Map<string, number>();

  constructor(site: Site) {
    this.#site = site;
  }

  /**
   * @param isKept the run's records tell all that is in the lake, save what is forgotten.
   */
  async check({ isKept, mayBeStale }: { isKept: boolean; mayBeStale: boolean }): Promise<void> {
    const { lab, sinks, losesObjects, forgotten } = this.#site;
    const records = await lab.checkpoints.list(workspace);
    for (const { standing } of storedIntegrations(records))
      for (const { id } of standing.open) if (!this.#met.has(id)) this.#met.set(id, lab.now);
    for (const sink of sinks) checkOrder(sink);
    if (!isKept || losesObjects) return;
    const lake = await readLake(lab.objects);
    checkStanding(lake, records, { mayBeStale, forgotten });
  }

  /** After a run in which everybody could be told. */
  async checkAllTold(): Promise<void> {
    const { lab, sinks } = this.#site;
    await this.check({ isKept: true, mayBeStale: false });
    const stored = storedIntegrations(await lab.checkpoints.list(workspace));
    const open = new Set(stored.flatMap(({ standing }) => standing.open.map(({ id }) => id)));
    if (stored.some(({ standing }) => standing.outbox.length > 0))
      throw new Difference('P18: not all is told');
    for (const { name, arrived } of sinks) {
      const raised = new Set(arrived.filter(({ event }) => event === 'raised').map(({ id }) => id));
      const last = new Map(arrived.map(({ id, event }) => [id, event]));
      for (const [id, at] of this.#met) {
        // Over, and more than a week old: that is no news to whoever could not be told in time.
        if (!open.has(id) && lab.now - at > weekMs) continue;
        if (!raised.has(id)) throw new Difference(`P18: ${name} has never heard of ${id}`);
        const event = open.has(id) ? 'raised' : 'resolved';
        if (last.get(id) !== event) throw new Difference(`P18: ${name} has not heard that ${id} is ${event}`);
      }
    }
  }
}
