/** What one integration is refused is its own affair, as long as others are answered. */
import { describe, expect, test } from 'vitest';
import type { Lie } from '../../local/simulator/lies/lie.ts';
import { SteadyWorld } from '../bench/steady-world.ts';
import { Lab } from './lab.ts';
import { Random } from './random.ts';
import { readLake } from './read-lake.ts';

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

  test('for the first one that is asked: it is about the key, at the cost of one request', async () => {
    const lab = laboratory(5, only(/./, status));
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({ outcome: 'failed', requests: { status: 1 } });
    expect(result?.failures).toHaveLength(1);
    expect(result?.failures[0]).toContain(`(${status})`);
  });

  test('for all, from the midst of a run on: the second one shows that it is about the key', async () => {
    const lab = laboratory(20, (truth, { ordinal, integrationId }) =>
      integrationId !== undefined && ordinal > 60 ? refusal(status) : truth,
    );
    const result = await lab.run();
    expect(result?.failures).toHaveLength(2);
    expect(result?.failures[1]).not.toContain('Integration');
    // At the most what was under way together, and the one that was sent when the first one came back.
    expect(lab.braze.log.length).toBeLessThanOrEqual(60 + 12 + 1);
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
