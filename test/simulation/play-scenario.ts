/**
 * One scenario, met by a number of runs with deadlines, crashes and failures, while it moves. Then the world comes
 * to rest, and a run without a disturbance has to bring everything in order.
 */
import { checkAlways, checkComplete } from './check.ts';
import { Process } from './disturbance.ts';
import { Lab } from './lab.ts';
import { MovingWorld } from './moving-world.ts';
import { Random } from './random.ts';
import { readLake } from './read-lake.ts';
import type { Scenario, Step } from './scenario.ts';

/** Quiet runs that bring everything in order: one, and a few more where what an earlier one held turns out wrong. */
const maxQuietRuns = 6;

export interface Played {
  readonly runs: number;
  readonly requests: number;
}

/** @throws a Difference, or whatever the exporter threw. */
export async function playScenario(scenario: Scenario): Promise<Played> {
  const random = new Random(scenario.chance);
  const now = Date.UTC(2026, 5, 1, 12) + scenario.beginsMs;
  const world = new MovingWorld(scenario.world, now);
  const { limits, quirks, steps } = scenario;
  const lab = new Lab(random, world, { now, limits, quirks });

  let limitIsOff = false;
  for (const step of steps) {
    world.expect(step.during);
    await (step.twice ? runTwice(lab, random) : runOnce(lab, step));
    // Two that believe each other dead don't share it.
    limitIsOff ||= step.twice;
    checkAlways(await readLake(lab.objects), world);
    lab.now += step.thenMs;
    for (const event of step.meanwhile) world.happen(event, lab.now);
  }
  if (!limitIsOff && lab.braze.busiestMinute('status') > lab.limits.status) {
    throw new Error(
      `P7: ${lab.braze.busiestMinute('status')} requests in a minute, ${lab.limits.status} allowed`,
    );
  }
  world.frozen = true;
  await bringInOrder(lab);
  const { pretty } = lab.braze.quirks;
  await checkComplete(await readLake(lab.objects), world, { now: lab.now, pretty });
  await checkNothingLearned(lab);
  return { runs: lab.runs, requests: lab.braze.log.length };
}

async function runOnce(lab: Lab, { deadlineMs, disturbance }: Step): Promise<void> {
  const deadline = deadlineMs === null ? undefined : lab.now + deadlineMs;
  const result = await lab.run(
    deadline === undefined ? {} : { deadline },
    new Process(disturbance ? [disturbance] : []),
  );
  if (result && deadline !== undefined && lab.endedAt > deadline + 1000) {
    throw new Error(`P8: ended ${lab.endedAt - deadline} ms after the deadline`);
  }
}

/** Two runs that both believe the other dead, with their calls interleaved by chance. */
async function runTwice(lab: Lab, random: Random): Promise<void> {
  const turn = async () => {
    for (let turns = random.between(0, 3); turns > 0; turns -= 1) await undefined;
  };
  await Promise.all([0, 1].map(() => lab.run({}, new Process([], turn), { leaseIgnored: true })));
}

async function bringInOrder(lab: Lab): Promise<void> {
  for (let quiet = 1; ; quiet += 1) {
    const result = await lab.run();
    // Most of the integrations are gone: believed an hour later.
    if (result?.failures.some(isListDoubt) && quiet < maxQuietRuns) {
      lab.now += 3_600_000;
      continue;
    }
    if (result?.failures.length) throw new Error(`A quiet run failed: ${result.failures.join(' ')}`);
    if (result?.receipt.outcome === 'complete') return;
    if (quiet === maxQuietRuns) throw new Error(`Not complete after ${quiet} quiet runs`);
  }
}

const isListDoubt = (failure: string): boolean => /^The list of integrations names (only|none)/.test(failure);

/** P11: a run that learned nothing writes no partition of syncs. */
async function checkNothingLearned(lab: Lab): Promise<void> {
  const before = (await readLake(lab.objects)).days;
  const result = await lab.run();
  const after = (await readLake(lab.objects)).days;
  const same = [...after].every(([key, body]) => before.get(key)?.equals(body));
  if (!same || result?.receipt.objects.written !== 1) {
    throw new Error(`P11: a run that learned nothing wrote ${result?.receipt.objects.written} objects`);
  }
}
