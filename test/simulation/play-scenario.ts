/**
 * One scenario, met by a number of runs with deadlines, crashes and failures, while it moves. Then the world comes
 * to rest, lies that are told for ever are told for some hours more, and when they stop, quiet runs have to bring
 * everything in order.
 */
import type { LieName } from '../../local/simulator/lies/told-lie.ts';
import { type AtRest, checkAlways, checkComplete } from './check.ts';
import { checkNobodyGone, checkOthers, checkSaid, checkTold } from './check-lies.ts';
import { checkRecords } from './check-records.ts';
import { checkShown } from './check-shown.ts';
import { Difference } from './difference.ts';
import { Process } from './disturbance.ts';
import { workspace } from './lab.ts';
import { bringInOrder, checkCheap, deployedRun, passDays } from './quiet-runs.ts';
import type { Random } from './random.ts';
import { readLake } from './read-lake.ts';
import type { Scenario, Step } from './scenario.ts';
import { type Site, siteOf } from './site.ts';

export interface Played {
  readonly runs: number;
  readonly requests: number;
  /** How often each lie was told. */
  readonly lies: ReadonlyMap<LieName, number>;
  /** Rows that a claim covered, and that were looked for in the lake. */
  readonly claims: number;
}

/** Long enough for every doubt to be confirmed, and to be said. */
const lyingRuns = 12;
const patienceMs = 6 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** @throws a Difference, or whatever the exporter threw. */
export async function playScenario(scenario: Scenario): Promise<Played> {
  const site = siteOf(scenario);
  const { lab, world, random } = site;
  let claims = 0;
  let limitIsOff = false;
  const { offsetMs } = lab.exporterClock;
  for (const step of scenario.steps) {
    world.expect(step.during);
    const process = new Process(step.disturbance && !step.twice ? [step.disturbance] : []);
    const died = step.twice ? await runTwice(site, random) : await runOnce(site, step, process);
    // Two that believe each other dead don't share it, and what was used is noted by a clock that may be set.
    limitIsOff ||= step.twice || lab.exporterClock.offsetMs !== offsetMs;
    claims += await check(site, step.twice || died || process.disturbed !== undefined);
    lab.now += step.thenMs;
    for (const event of step.meanwhile) site.happen(event);
  }
  const busiest = lab.braze.busiestMinute('status');
  if (!limitIsOff && busiest > lab.limits.status) {
    throw new Difference(`P7: ${busiest} requests in a minute, ${lab.limits.status} allowed`);
  }
  world.comeToRest(lab.brazeClock.now());
  claims += await hearLiesForEver(site);
  lab.braze.quirks.lies = [];
  await bringInOrder(lab, world, site.tidy);
  // An old row that is open is asked for once a day, and a long list in no order read whole.
  lab.now += dayMs;
  await bringInOrder(lab, world, site.tidy);
  await checkAtRest(site);
  await checkNothingLearned(site);
  await checkCheap(lab, world);
  return { runs: lab.runs, requests: lab.braze.log.length, lies: lab.braze.liar.told, claims };
}

/** @returns whether the process died. */
async function runOnce(
  { lab, storesAreSlow }: Site,
  { deadlineMs }: Step,
  process: Process,
): Promise<boolean> {
  const began = lab.now;
  // Without a deadline, a run waits for as long as Braze limits it.
  const lengthMs = deadlineMs ?? patienceMs;
  const result = await lab.run({ deadline: lab.exporterClock.now() + lengthMs }, process);
  const late = lab.endedAt - began - lengthMs;
  if (result && late > (storesAreSlow ? 90_000 : 1000)) {
    throw new Difference(`P8: ended ${late} ms after the deadline`);
  }
  return result === undefined;
}

/** Two runs that both believe the other dead, with their calls interleaved by chance. */
async function runTwice({ lab }: Site, random: Random): Promise<boolean> {
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
  return results.includes(undefined);
}

/** @returns how many claims were checked. */
async function check({ lab, world, shown, honest, spelled }: Site, disturbed: boolean): Promise<number> {
  const lake = await readLake(lab.objects);
  checkNobodyGone(lake, world, lab.braze.quirks.lies);
  shown.runEnded(lake, disturbed);
  if (honest) checkAlways(lake, world);
  checkRecords(await lab.checkpoints.list(workspace), { lake, shown, spelled });
  return checkShown(lake, shown, spelled);
}

async function hearLiesForEver(site: Site): Promise<number> {
  const { lab, world, shown, spelled } = site;
  const { liar, quirks } = lab.braze;
  const lies = quirks.lies.filter(({ times }) => times === null);
  if (lies.length === 0) return 0;
  let claims = 0;
  for (let runs = 0; runs < lyingRuns; runs += 1) {
    await deployedRun(lab);
    claims += await check(site, false);
  }
  const lake = await readLake(lab.objects);
  checkSaid(lake, shown, spelled);
  checkTold(
    lake,
    world,
    lies.filter((lie) => liar.hasTold(lie)),
  );
  checkOthers(lake, world, lies);
  return claims;
}

/** Where something was said wrongly, it may take until the history is looked at again. */
async function checkAtRest({ lab, world, tidy, spelled }: Site): Promise<void> {
  const { pretty } = lab.braze.quirks;
  const isAsItIs = async () => {
    const atRest: AtRest = { now: lab.exporterClock.now(), pretty, spelled, tidy };
    await checkComplete(await readLake(lab.objects), world, atRest);
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

/** P11: a run that learned nothing writes no partition of syncs. */
async function checkNothingLearned({ lab }: Site): Promise<void> {
  const before = (await readLake(lab.objects)).days;
  const result = await lab.run();
  const after = (await readLake(lab.objects)).days;
  const same = [...after].every(([key, body]) => before.get(key)?.equals(body));
  if (!same || result?.receipt.objects.written !== 2) {
    throw new Difference(`P11: a run that learned nothing wrote ${result?.receipt.objects.written} objects`);
  }
}
