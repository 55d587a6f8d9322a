/**
 * One random history, met by a number of runs with deadlines, crashes and failures, while it moves. Then the
 * world comes to rest, and a run without a disturbance has to bring everything in order.
 */

import { checkAlways, checkComplete } from './check.ts';
import { type Disturbance, Process } from './disturbance.ts';
import { Lab } from './lab.ts';
import { MovingWorld } from './moving-world.ts';
import { Random } from './random.ts';
import { readLake } from './read-lake.ts';

/** Quiet runs that bring everything in order: one, and a few more where what an earlier one held turns out wrong. */
const mostQuietRuns = 6;

export interface ScenarioResult {
  readonly seed: number;
  readonly runs: number;
  readonly requests: number;
}

/** @throws a Difference, or whatever the exporter threw. */
export async function playScenario(seed: number): Promise<ScenarioResult> {
  const random = new Random(seed);
  const now = Date.UTC(2026, 5, 1, 12) + random.between(0, 86_400_000);
  const order = random.pick([
    'newest_first',
    'newest_first',
    'oldest_first',
    'oldest_first',
    'unordered',
  ] as const);
  const world = new MovingWorld(
    random,
    {
      integrations: random.between(1, 4),
      rows: random.pick([3, 15, 45, 120]),
      // Whole sweeps of a list that outgrows them are many and teach nothing.
      newSyncChance: random.pick(order === 'unordered' ? [0, 0.05, 0.2] : [0, 0.05, 0.3, 0.8]),
      purgeChance: random.pick([0, 0.05, 0.3]),
      hostileChance: random.pick([0, 0, 0.05]),
      stuckChance: random.pick([0, 0.05]),
    },
    now,
  );
  const generous = random.chance(0.5);
  const lab = new Lab(random, world, {
    now,
    limits: generous ? { list: 5000, status: 5000 } : { list: 10, status: random.between(4, 40) },
    quirks: {
      order,
      linkForm: random.pick(['spaced', 'documented', 'relative', 'absolute', 'foreign', 'hostile']),
      cursorKind: random.pick(['offset', 'offset', 'plus', 'keyset', 'expiring']),
      // Runs are minutes to days apart. Where the limit holds up a run for longer than a cursor lives, no way on.
      cursorLifetime: random.pick(generous ? [200_000, 3_600_000] : [3_600_000]),
      pastEnd: random.pick(['empty', 'invalid_cursor']),
      nextOnLastFullPage: random.chance(0.3),
      prevAtFirstPage: random.pick(['none', 'self']),
      limitHeaders: random.pick([
        'epoch',
        'seconds_left',
        'retry_after_only_on_429',
        'plain_retry_after',
        'none',
      ]),
      limitWindow: random.pick(['rolling', 'fixed']),
      pretty: random.chance(0.2),
    },
  });

  let crashed = false;
  const disturbedRuns = random.between(0, 6);
  for (let run = 0; run < disturbedRuns; run += 1) {
    // As deployed at the latest: a world that moves with each request may outrun a run that has none.
    const deadline = lab.now + (random.chance(0.6) ? random.pick([500, 5_000, 60_000, 600_000]) : 810_000);
    const disturbances = random.chance(0.4) ? [disturbanceOf(random)] : [];
    const twice = random.chance(0.15);
    const started = lab.now;
    const results = twice
      ? await twoAtOnce(lab, random, deadline)
      : [await lab.run({ deadline }, new Process(disturbances))];
    crashed ||= results.includes(undefined);
    if (!twice && results[0] && lab.now > Math.max(deadline, started) + 1000) {
      throw new Error(`P8: ended ${lab.now - deadline} ms after the deadline`);
    }
    checkAlways(await readLake(lab.objects), world);
    lab.now += random.pick([0, 1_000, 900_000, 86_400_000, 8 * 86_400_000]);
    if (random.chance(0.1) && world.gone.size < world.syncs.size - 1) {
      world.gone.add(random.pick([...world.syncs.keys()]));
    }
    for (let moves = random.between(1, 20); moves > 0; moves -= 1) world.move(lab.now);
  }
  if (!crashed && !twoRuns(lab) && lab.braze.busiestMinute('status') > lab.limits.status) {
    throw new Error(
      `P7: ${lab.braze.busiestMinute('status')} requests in a minute, ${lab.limits.status} allowed`,
    );
  }

  world.frozen = true;
  for (let quiet = 1; ; quiet += 1) {
    const result = await lab.run();
    if (result?.failures.some(isListDoubt)) {
      // Most of the integrations are gone: believed an hour later.
      lab.now += 3_600_000;
      if (quiet < mostQuietRuns) continue;
    }
    if (result?.failures.length) throw new Error(`A quiet run failed: ${result.failures.join(' ')}`);
    if (result?.receipt.outcome === 'complete') break;
    if (quiet === mostQuietRuns) throw new Error(`Not complete after ${quiet} quiet runs`);
  }
  await checkComplete(await readLake(lab.objects), world, {
    now: lab.now,
    pretty: lab.braze.quirks.pretty,
  });
  await checkNothingLearned(lab);
  return { seed, runs: disturbedRuns + 1, requests: lab.braze.log.length };
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

function disturbanceOf(random: Random): Disturbance {
  return {
    call: random.between(1, 60),
    applied: random.chance(0.5),
    kind: random.pick(['crash', 'failure']),
  };
}

/** Two runs that both believe the other dead, with their calls interleaved by chance. */
async function twoAtOnce(lab: Lab, random: Random, deadline: number) {
  overlapping.add(lab);
  const turn = async () => {
    for (let turns = random.between(0, 3); turns > 0; turns -= 1) await undefined;
  };
  return Promise.all([0, 1].map(() => lab.run({ deadline }, new Process([], turn), { leaseIgnored: true })));
}

const overlapping = new WeakSet<Lab>();
const twoRuns = (lab: Lab): boolean => overlapping.has(lab);
