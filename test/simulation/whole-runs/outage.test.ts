/** Nobody answers: it is told once, soon, and what was read before is kept. */
import { describe, expect, test } from 'vitest';
import type { Lie } from '../../../local/simulator/lies/lie.ts';
import { readLake } from '../checks/read-lake.ts';
import { minute, steadyLab } from '../lab/steady-lab.ts';
import { outageFromTheStart, outageMidway, unavailable, ways } from './outages.ts';

function laboratory(integrations: number, lie?: Lie, limits = { list: 50, status: 100 }) {
  const lab = steadyLab({ integrations, rows: 60 }, { limits, latency: [200, 200] });
  lab.braze.lie = lie;
  return lab;
}

describe.each(ways)('an outage of everything: %s', (_, answer, reason) => {
  test('with 100 integrations that are known, a run ends within a minute, with one sentence', async () => {
    const { lab, result, ms, requests } = await outageFromTheStart(answer);

    expect(result?.receipt.outcome).toBe('failed');
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing, whatever it is asked/)]);
    expect(result?.failures[0]).toMatch(reason);
    expect(ms).toBeLessThanOrEqual(61_500);
    expect(requests).toBeLessThanOrEqual(11);
    const { coverage } = await readLake(lab.objects);
    expect(new Set(coverage.map(({ state, failure }) => `${state}: ${failure}`)).size).toBe(1);
  });

  test('that begins in the midst of a backfill: what was read is kept, and the next run goes on', async () => {
    const { lab, result, ms } = await outageMidway(answer);

    expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing/)]);
    expect(ms).toBeLessThanOrEqual(61_500);
    const { syncs } = await readLake(lab.objects);
    expect(syncs.length).toBe(result?.receipt.rows.new);
    expect(syncs.length).toBeGreaterThanOrEqual(150);

    lab.braze.lie = undefined;
    lab.now += 15 * minute;
    const next = await lab.run();
    expect(next?.receipt.outcome).toBe('complete');
    expect((await readLake(lab.objects)).syncs.length).toBeGreaterThanOrEqual(6000);
  });
});

test('an outage while the list waits for its limit: that wait ends as well', async () => {
  const lab = laboratory(100, undefined, { list: 3, status: 100 });
  const outage = lab.now + 1100;
  lab.braze.lie = (truth, { at }) => (at > outage ? unavailable() : truth);
  const result = await lab.run({ deadline: lab.now + 14 * minute });
  expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing/)]);
  // The list's fourth page would have been due a minute after the first.
  expect(lab.endedAt - outage).toBeLessThan(30_000);
  expect(lab.braze.log.filter(({ kind }) => kind === 'list')).toHaveLength(3);
});

test('P10: two of a hundred that are never answered, one after the other, are no outage', async () => {
  const lab = laboratory(100, (truth, { integrationId }) =>
    /(003|004)$/.test(integrationId ?? '') ? unavailable() : truth,
  );
  const result = await lab.run();
  expect(result?.receipt.integrations).toEqual({ total: 100, failed: 2 });
  expect(result?.failures.toSorted()).toEqual([
    expect.stringMatching(/^Integration \S+003 could not be exported. Braze did not answer in 5 tries/),
    expect.stringMatching(/^Integration \S+004 /),
  ]);
  expect(result?.receipt.rows.new).toBe(98 * 60);
});
