/** Every run gains ground that the next does not lose; and what turns out wrong is read again. */
import { expect, test } from 'vitest';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { SteadyWorld } from '../../bench/steady-world.ts';
import { readLake } from '../checks/read-lake.ts';
import { Lab } from '../lab/lab.ts';
import { MemoryObjectStore } from '../lab/memory-object-store.ts';
import { Random } from '../lab/random.ts';

const minute = 60_000;
const until = Date.UTC(2026, 5, 1, 12);

function laboratory(integrations: number, rows: number, cadence: number, quirks: Partial<Quirks> = {}) {
  const world = new SteadyWorld({ integrations, rows, cadence, until });
  const limits = { list: 5000, status: 5000 };
  return {
    lab: new Lab(new Random(1), world, { now: until + 1000, quirks, limits, latency: [200, 200] }),
    world,
  };
}

test.each(['newest_first', 'oldest_first'] as const)(
  'P3 P8: %s, kept places that new syncs push pages up do not stop a backfill',
  async (order) => {
    const { lab, world } = laboratory(1, 600, 2 * minute, { order });
    let runs = 0;
    let outcome: string | undefined;
    do {
      // Some fourteen requests a run, and two pages of new syncs between two runs.
      const result = await lab.run({ deadline: lab.now + 3000 });
      outcome = result?.receipt.outcome;
      lab.now += 60 * minute;
      runs += 1;
    } while (outcome === 'suspended' && runs < 40);
    expect(outcome).toBe('complete');
    const id = world.integrations()[0]?.integration_id ?? '';
    expect((await readLake(lab.objects)).syncs.length).toBeGreaterThan(600);
    expect(world.rows(id, lab.now)?.length).toBeGreaterThan(600);
  },
);

test('P6: each run first brings every integration up to now, in the midst of a long backfill', async () => {
  const { lab } = laboratory(20, 500, 15 * minute);
  await lab.run({ deadline: lab.now + 5_000 });
  const before = lab.braze.log.length;
  lab.now += 15 * minute;
  await lab.run({ deadline: lab.now + 5_000 });
  const asked = lab.braze.log.slice(before).filter(({ kind }) => kind === 'status');
  const first = asked.slice(0, 20);
  expect(new Set(first.map(({ integrationId }) => integrationId)).size).toBe(20);
  expect(first.every(({ cursor }) => cursor === undefined)).toBe(true);
  expect(asked.length).toBeGreaterThan(40);
});

test('P6: recent days become whole for everybody before old ones', async () => {
  const { lab } = laboratory(5, 300, 60 * minute);
  await lab.run({ deadline: lab.now + 15_000 });
  const { coverage } = await readLake(lab.objects);
  const reached = coverage.map(({ complete_from }) => String(complete_from).slice(0, 10)).sort();
  // All five have come down alike: within a page of each other.
  const days = reached.map((day) => Date.parse(day) / 86_400_000);
  expect((days.at(-1) ?? 0) - (days[0] ?? 0)).toBeLessThanOrEqual(1);
});

test('P6: more integrations than a run has requests, and yet gaps are closed', async () => {
  const { lab } = laboratory(60, 20, 60 * minute);
  let complete = 0;
  for (let run = 0; run < 80 && complete < 60; run += 1) {
    // Some forty requests, of which six are for the list.
    await lab.run({ deadline: lab.now + 8_000 });
    const { coverage } = await readLake(lab.objects);
    complete = coverage.filter(({ state }) => state === 'complete').length;
    lab.now += minute;
  }
  expect(complete).toBe(60);
});

test('P1 P3: where the lake has lost what the checkpoint holds to be whole, the history is read again', async () => {
  const { lab } = laboratory(2, 95, 60 * minute);
  await lab.run();
  const before = await readLake(lab.objects);
  lab.objects = new MemoryObjectStore();
  const result = await lab.run();
  expect(result?.receipt.outcome).toBe('complete');
  const after = await readLake(lab.objects);
  expect([...after.days.keys()]).toEqual([...before.days.keys()]);
  expect(after.syncs).toEqual(before.syncs);
});
