/** What one integration is refused is its own affair, as long as others are answered. */
import { describe, expect, test } from 'vitest';
import type { Lie } from '../../../local/simulator/lies/lie.ts';
import { SteadyWorld } from '../../bench/steady-world.ts';
import { readLake } from '../checks/read-lake.ts';
import { Lab } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';

const minute = 60_000;
const until = Date.UTC(2026, 5, 1, 12);

function laboratory(integrations: number, lie: Lie) {
  const world = new SteadyWorld({ integrations, rows: 300, cadence: 15 * minute, until });
  const limits = { list: 50, status: 100 };
  const lab = new Lab(new Random(1), world, { now: until + 1000, limits, latency: [200, 200] });
  lab.braze.lie = lie;
  return lab;
}

const refusal = (status: number) => ({ status, headers: {}, body: '{"message":"no"}' });
const only =
  (ids: RegExp, status: number): Lie =>
  (truth, { integrationId }) =>
    ids.test(integrationId ?? '') ? refusal(status) : truth;

describe.each([401, 403])('P10: %i', (status) => {
  test('for one of five: it fails with a sentence of its own, and the others are read to their end', async () => {
    const lab = laboratory(5, only(/002$/, status));
    const result = await lab.run({ deadline: lab.now + 14 * minute });
    expect(result?.receipt).toMatchObject({ integrations: { total: 5, failed: 1 }, rows: { new: 1200 } });
    expect(result?.failures).toEqual([
      expect.stringMatching(/^Integration \S+002 .*refuses this integration to the API key \(\d+\)/),
    ]);
    const { coverage } = await readLake(lab.objects);
    expect(coverage.map(({ state }) => state)).toEqual([
      'complete',
      'complete',
      'failing',
      'complete',
      'complete',
    ]);
  });

  test('for two of twenty that are not asked one after the other: the same', async () => {
    const lab = laboratory(20, only(/(005|019)$/, status));
    const result = await lab.run();
    expect(result?.receipt.integrations).toEqual({ total: 20, failed: 2 });
    expect(result?.receipt.rows.new).toBe(18 * 300);
  });

  test('for two neighbours of thirty, asked side by side: the same', async () => {
    const lab = laboratory(30, only(/(004|005)$/, status));
    const result = await lab.run();
    expect(result?.receipt.integrations).toEqual({ total: 30, failed: 2 });
    expect(result?.receipt.rows.new).toBe(28 * 300);
  });

  test.each([
    ['the first one that is asked', /000$/, 1],
    ['the first two', /00[01]$/, 2],
    ['the last two', /00[34]$/, 2],
  ])('for %s of five: the same', async (_, ids, failed) => {
    const lab = laboratory(5, only(ids, status));
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({
      integrations: { total: 5, failed },
      rows: { new: (5 - failed) * 300 },
    });
  });

  test('for each one that is asked: it is about the key, at the cost of three requests', async () => {
    const lab = laboratory(5, only(/./, status));
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({ outcome: 'failed', requests: { status: 3 } });
    expect(result?.failures).toHaveLength(1);
    expect(result?.failures[0]).toContain(`(${status})`);
  });

  test('for the only one there is: it is about the key', async () => {
    const result = await laboratory(1, only(/./, status)).run();
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze (does not accept|forbids)/)]);
  });

  test('for all, from the midst of a run on: those that are asked after the first one show that it is about the key', async () => {
    const lab = laboratory(20, (truth, { ordinal, integrationId }) =>
      integrationId !== undefined && ordinal > 60 ? refusal(status) : truth,
    );
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze (does not accept|forbids)/)]);
    // At the most what was under way together, and those that were sent when it had come back.
    expect(lab.braze.log.length).toBeLessThanOrEqual(60 + 12 + 3 + 2);
    expect((await readLake(lab.objects)).syncs.length).toBe(result?.receipt.rows.new);
  });
});

describe('P7, P10: 429 for one integration, for ever', () => {
  const lie = only(/002$/, 429);

  test('it is put aside, and the others are read as fast as the limit allows', async () => {
    const lab = laboratory(5, lie);
    const result = await lab.run({ deadline: lab.now + 14 * minute });
    expect(result?.receipt).toMatchObject({ outcome: 'suspended', rows: { new: 1200 } });
    expect(result?.failures).toEqual([]);
    const answered = lab.braze.log.filter(({ status, kind }) => status === 200 && kind === 'status');
    // 120 pages at 100 a minute.
    expect((answered.at(-1)?.at ?? 0) - (answered[0]?.at ?? 0)).toBeLessThan(2 * minute);
    expect(lab.braze.log.filter(({ status }) => status === 429).length).toBeLessThan(30);
  });

  test.each([
    ['the first that is asked', /000$/],
    ['another', /002$/],
  ])('without a deadline the run ends all the same: %s', async (_, ids) => {
    const lab = laboratory(5, only(ids, 429));
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({ outcome: 'suspended', rows: { new: 1200 } });
    expect(result?.failures).toEqual([]);
    expect(lab.endedAt - until).toBeLessThan(60 * minute);
  });

  test('where it ends, it is read in the same run', async () => {
    const ends = until + 3 * minute;
    const lab = laboratory(5, (truth, request) => (request.at < ends ? lie(truth, request) : truth));
    const result = await lab.run({ deadline: lab.now + 14 * minute });
    expect(result?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 1500 } });
  });

  test('the only one there is is waited for', async () => {
    const ends = until + 3 * minute;
    const lab = laboratory(1, (truth, { at, integrationId }) =>
      integrationId !== undefined && at < ends ? refusal(429) : truth,
    );
    const result = await lab.run({ deadline: lab.now + 14 * minute });
    expect(result?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 300 } });
  });
});
