/**
 * P2: a crash before or after any external call. Each call of a scenario is disturbed, one by one, in every mode;
 * the next run has to carry on, and the lake has to come out as if nothing had happened.
 */
import { describe, expect, test } from 'vitest';
import type { Quirks } from '../../local/simulator/quirks.ts';
import { checkAlways, checkComplete } from './check.ts';
import { type Disturbance, Process } from './disturbance.ts';
import { Lab } from './lab.ts';
import { MovingWorld } from './moving-world.ts';
import { Random } from './random.ts';
import { readLake } from './read-lake.ts';
import type { WorldPlan } from './world-plan.ts';

const scenarios: { name: string; quirks: Partial<Quirks>; first: 'export' | 'catching up' }[] = [
  { name: 'newest first, the first export', quirks: { order: 'newest_first' }, first: 'export' },
  { name: 'oldest first, the first export', quirks: { order: 'oldest_first' }, first: 'export' },
  { name: 'unordered, the first export', quirks: { order: 'unordered' }, first: 'export' },
  {
    name: 'newest first, 400 past the end, catching up after a break',
    quirks: { order: 'newest_first', pastEnd: 'invalid_cursor', nextOnLastFullPage: true },
    first: 'catching up',
  },
  {
    name: 'oldest first, catching up after a break',
    quirks: { order: 'oldest_first', prevAtFirstPage: 'self' },
    first: 'catching up',
  },
];

const modes: Omit<Disturbance, 'call'>[] = [
  { kind: 'crash', applied: false },
  { kind: 'crash', applied: true },
  { kind: 'failure', applied: false },
  { kind: 'failure', applied: true },
];

describe.each(scenarios)('$name', ({ quirks, first }) => {
  test.each(modes)('P2: every call, $kind, applied $applied', async (mode) => {
    const undisturbed = await play(quirks, first);
    expect(undisturbed.calls).toBeGreaterThan(20);
    for (let call = 1; call <= undisturbed.calls; call += 1) {
      const disturbed = await play(quirks, first, { ...mode, call });
      expect(disturbed.bodies, `call ${call}`).toEqual(undisturbed.bodies);
      // A write that timed out is known again, or is done again: no reason to end the run.
      if (mode.kind === 'failure' && disturbed.disturbed === 'write') {
        expect(disturbed.outcome, `call ${call}`).toBe(undisturbed.outcome);
      }
    }
  });
});

const plan: WorldPlan = {
  details: 7,
  stuckShare: 0.1,
  integrations: [
    { rows: 45, cadenceMinutes: 60 },
    { rows: 31, cadenceMinutes: 15 },
  ],
};

/** Some syncs of both integrations, a burst of more than a page, and rows that can't be placed. */
function someHours(world: MovingWorld, now: number, hours: number): void {
  for (let hour = 0; hour < hours; hour += 1) {
    const at = now + hour * 60_000;
    world.happen({ kind: 'start', integration: hour % 2, syncs: hour === 7 ? 13 : 1 }, at);
    if (hour % 8 === 5) world.happen({ kind: 'hostile', integration: 1, row: hour }, at);
  }
}

/** The same history for every call: what is at rest, and how a run meets it, hangs on the plan alone. */
async function play(quirks: Partial<Quirks>, first: 'export' | 'catching up', disturbance?: Disturbance) {
  const now = Date.UTC(2026, 5, 1, 12);
  const world = new MovingWorld(plan, now);
  const lab = new Lab(new Random(7), world, { now, quirks, limits: { list: 5000, status: 5000 } });
  someHours(world, lab.now - 3_600_000, 10);
  if (first === 'catching up') {
    world.frozen = true;
    await lab.run();
    world.frozen = false;
    lab.now += 86_400_000;
    someHours(world, lab.now, 30);
    lab.now += 4_000_000;
    world.move(lab.now);
  }
  world.frozen = true;
  const process = new Process(disturbance ? [disturbance] : []);
  const result = await lab.run({}, process);
  checkAlways(await readLake(lab.objects), world);
  for (let quiet = 0; quiet < 2; quiet += 1) await lab.run();
  const lake = await readLake(lab.objects);
  await checkComplete(lake, world, { now: lab.now, pretty: false });
  const bodies = [...lake.days].map(([key, body]) => `${key} ${body.toString('base64')}`);
  return { calls: process.calls, disturbed: process.disturbed, outcome: result?.receipt.outcome, bodies };
}
