/**
 * P2: a crash before or after any external call. Each call of a scenario is disturbed, one by one, in every mode;
 * the next run has to carry on, and the lake has to come out as if nothing had happened.
 */
import { describe, expect, test } from 'vitest';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { checkAlways, checkComplete } from '../checks/check.ts';
import { checkDays } from '../checks/check-days.ts';
import { type Lake, readLake } from '../checks/read-lake.ts';
import { type Operation, Process } from '../lab/disturbance.ts';
import { Lab, workspace } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { contentOf } from '../lab/store-content.ts';
import { crashPlan, someHours } from '../world/crash-world.ts';
import { MovingWorld } from '../world/moving-world.ts';

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

describe.each(scenarios)('$name', ({ quirks, first }) => {
  test('P2: the process dies before and after every call', async () => {
    const { world, lab } = await meeting(quirks, first);
    const process = new Process();
    // A crash leaves what stands in the stores at that moment and nothing else: one run is forked at each call.
    const left: { readonly crashed: Lab; readonly what: string }[] = [];
    process.watch = (moment) => {
      left.push({ crashed: lab.fork(new Random(7)), what: `${moment} call ${process.calls}` });
    };
    await lab.run({}, process);
    const undisturbed = await undisturbedEnd(lab, world);
    expect(process.calls).toBeGreaterThan(20);
    expect(left).toHaveLength(2 * process.calls);
    for (const { crashed, what } of left) await expectUnharmed(crashed, undisturbed, what);
    expect(undisturbed.met.size).toBeGreaterThan(writes);
  });

  test.each([{ applied: false }, { applied: true }])(
    'P2: a store fails at every call, applied $applied',
    async ({ applied }) => {
      const { world, lab } = await meeting(quirks, first);
      const before = lab.fork(new Random(7));
      const process = new Process();
      // Requests have no store that fails, and a read has no effect that could have been applied.
      const disturbable: readonly Operation[] = applied ? ['write'] : ['read', 'write'];
      const calls: number[] = [];
      process.watch = (moment, operation) => {
        if (moment === 'before' && disturbable.includes(operation)) calls.push(process.calls);
      };
      const outcome = (await lab.run({}, process))?.receipt.outcome;
      const undisturbed = await undisturbedEnd(lab, world);
      expect(calls.length).toBeGreaterThan(writes);
      for (const call of calls) {
        const failing = before.fork(new Random(7));
        const disturbed = new Process([{ kind: 'failure', applied, call }]);
        const result = await failing.run({}, disturbed);
        expect(disturbed.disturbed, `call ${call}`).toBeDefined();
        await expectUnharmed(failing, undisturbed, `call ${call}`);
        // A write that timed out is known again, or is done again: no reason to end the run.
        if (disturbed.disturbed === 'write') {
          expect(result?.receipt.outcome, `call ${call}`).toBe(outcome);
        }
      }
    },
  );
});

/** What any of the runs writes at the least: the lease, records, days and the other tables. */
const writes = 8;

/** What is at rest, and how a run is about to meet it, hangs on the plan alone. */
async function meeting(quirks: Partial<Quirks>, first: 'export' | 'catching up') {
  const now = Date.UTC(2026, 5, 1, 12);
  const world = new MovingWorld(crashPlan, now);
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
  return { world, lab };
}

/** Whatever was left, it was nothing wrong; and a run that calls itself complete, the first or the second, is. */
async function broughtToRest(lab: Lab, world: MovingWorld): Promise<Lake> {
  const left = await readLake(lab.objects);
  checkAlways(left, world);
  checkDays(left, await lab.checkpoints.list(workspace), { mayBeBehind: true });
  let result = await lab.run();
  if (result?.receipt.outcome !== 'complete') result = await lab.run();
  expect(result?.receipt.outcome).toBe('complete');
  const lake = await readLake(lab.objects);
  checkDays(lake, await lab.checkpoints.list(workspace), { mayBeBehind: false });
  return lake;
}

const bodiesOf = ({ days, sums }: Lake): string[] => [
  ...[...days].map(([key, body]) => `${key} ${body.toString('base64')}`),
  ...sums.map((line) => JSON.stringify(line)),
];

/** What one undisturbed join comes to. */
interface Undisturbed {
  readonly world: MovingWorld;
  readonly bodies: readonly string[];
  /**
   * Stores that were brought to rest. A request changes nothing in them, what one call leaves the next one finds, and
   * a call that is tried again comes to the same: there the next run is one that was seen.
   */
  readonly met: Set<string>;
}

async function undisturbedEnd(lab: Lab, world: MovingWorld): Promise<Undisturbed> {
  const lake = await broughtToRest(lab, world);
  await checkComplete(lake, world, { now: lab.now, pretty: false, spelled: false, tidy: true });
  return { world, bodies: bodiesOf(lake), met: new Set() };
}

/** With the bodies of the days as they are without a disturbance, there is no need to join them again. */
async function expectUnharmed(lab: Lab, { world, bodies, met }: Undisturbed, what: string): Promise<void> {
  const content = await contentOf(lab);
  if (met.has(content)) return;
  met.add(content);
  const lake = await broughtToRest(lab, world);
  expect(bodiesOf(lake), what).toEqual(bodies);
  await checkComplete(lake, world, { now: lab.now, pretty: true, spelled: false, tidy: true });
}
