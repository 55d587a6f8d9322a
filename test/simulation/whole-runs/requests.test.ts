/** How many requests it takes: P4 lets only their number differ between the orders. */
import { describe, expect, test } from 'vitest';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { SteadyWorld } from '../../bench/steady-world.ts';
import { readLake } from '../checks/read-lake.ts';
import { Lab } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';

const hour = 3_600_000;
const until = Date.UTC(2026, 5, 1, 12);

function laboratory(rows: number, quirks: Partial<Quirks>, integrations = 1) {
  const world = new SteadyWorld({ integrations, rows, cadence: hour, until });
  return new Lab(new Random(1), world, { now: until + 60_000, quirks, limits: { list: 5000, status: 5000 } });
}

/** Status requests of one more run, after so many hours, each of which brings a sync to each integration. */
async function requestsAfter(lab: Lab, hours: number): Promise<number> {
  lab.now = until + 60_000 + hours * hour;
  const result = await lab.run();
  expect(result?.receipt.outcome).toBe('complete');
  return result?.receipt.requests.status ?? 0;
}

describe('the first export', () => {
  test.each([
    ['newest_first', 10],
    ['oldest_first', 20],
    ['unordered', 21],
  ] as const)('P4: %s, 100 rows, at most %i requests', async (order, most) => {
    const result = await laboratory(100, { order }).run();
    expect(result?.receipt.outcome).toBe('complete');
    expect(result?.receipt.rows.new).toBe(100);
    expect(result?.receipt.requests.status).toBeLessThanOrEqual(most);
  });

  test('P4: the lake comes out the same, byte for byte', async () => {
    const lakes = [];
    for (const order of ['newest_first', 'oldest_first', 'unordered'] as const) {
      const lab = laboratory(137, { order }, 3);
      await lab.run();
      lakes.push(
        [...(await readLake(lab.objects)).days].map(([key, body]) => [key, body.toString('base64')]),
      );
    }
    expect(lakes[1]).toEqual(lakes[0]);
    expect(lakes[2]).toEqual(lakes[0]);
  });
});

describe('newest first, once whole', () => {
  test.each([
    [0, 1],
    [9, 1],
    // The page is full of new rows: only the next one shows that none is missing.
    [10, 2],
    [19, 2],
    [20, 3],
  ])('P4: %i new syncs take %i requests', async (hours, requests) => {
    const lab = laboratory(100, { order: 'newest_first' });
    await lab.run();
    expect(await requestsAfter(lab, hours)).toBe(requests);
  });
});

describe('oldest first, once whole', () => {
  test.each([
    [0, 1],
    [3, 1],
    // The last page is full, and a new one follows it: its seam is read once more.
    [7, 3],
  ])('P4: %i new syncs take %i requests', async (hours, requests) => {
    const lab = laboratory(95, { order: 'oldest_first' });
    await lab.run();
    expect(await requestsAfter(lab, hours)).toBe(requests);
  });
});

test('the steady state takes a request an integration and one for each ten in the list', async () => {
  const lab = laboratory(40, {}, 23);
  await lab.run();
  lab.now += hour / 2;
  const result = await lab.run();
  expect(result?.receipt.requests).toEqual({ list: 3, status: 23 });
});

test('P11: a run that learned nothing writes the coverage and how it stands, and nothing else', async () => {
  const lab = laboratory(40, {}, 3);
  await lab.run();
  lab.now += hour / 2;
  const result = await lab.run();
  expect(result?.receipt.rows).toEqual({ new: 0, updated: 0, unchanged: 30, quarantined: 0 });
  expect(result?.receipt.objects.written).toBe(2);
});
