import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { joinMonth, type SummedDay } from '../../../lambda/lake/month.ts';
import { daysKey } from '../../../lambda/schema/keys.ts';

const key = daysKey('w', '2026-05');
const line = (day: string, id: string, syncs = 1) =>
  JSON.stringify({ integration_id: id, dt: `2026-05-${day}`, syncs });
const sums = (day: string, ids: Readonly<Record<string, number>>, isWhole = false): SummedDay => ({
  day: `2026-05-${day}`,
  sums: new Map(Object.entries(ids).map(([id, syncs]) => [id, line(day, id, syncs)])),
  isWhole,
});
const linesOf = (body: Uint8Array | undefined) => body && gunzipSync(body).toString().trimEnd().split('\n');

describe('the object of a month', () => {
  test('P11: is sorted by day and integration, and has the same bytes however it came to be', async () => {
    const first = await joinMonth(undefined, key, [sums('02', { b: 1 }), sums('01', { a: 1 })]);
    const second = await joinMonth(first, key, [sums('02', { a: 1 })]);
    expect(linesOf(second)).toEqual([line('01', 'a'), line('02', 'a'), line('02', 'b')]);
    const whole = [sums('02', { b: 1, a: 1 }, true), sums('01', { a: 1 }, true), sums('03', {}, true)];
    expect(await joinMonth(undefined, key, whole)).toEqual(second);
  });

  test('keeps the lines of others, unless the whole day is known', async () => {
    const body = await joinMonth(undefined, key, [sums('01', { a: 1, b: 1 }), sums('02', { a: 1 })]);
    expect(linesOf(await joinMonth(body, key, [sums('01', { a: 2 })]))).toEqual([
      line('01', 'a', 2),
      line('01', 'b'),
      line('02', 'a'),
    ]);
    expect(linesOf(await joinMonth(body, key, [sums('01', { a: 2 }, true)]))).toEqual([
      line('01', 'a', 2),
      line('02', 'a'),
    ]);
    expect(linesOf(await joinMonth(body, key, [sums('01', { a: 1 }, true)]))).toEqual([
      line('01', 'a'),
      line('02', 'a'),
    ]);
  });

  test('P11: is not written where it says that already', async () => {
    const body = await joinMonth(undefined, key, [sums('01', { a: 1 })]);
    expect(await joinMonth(body, key, [sums('01', { a: 1 }, true), sums('02', {}, true)])).toBeUndefined();
    expect(await joinMonth(body, key, [sums('01', { a: 1 }), sums('02', {})])).toBeUndefined();
    expect(await joinMonth(undefined, key, [])).toBeUndefined();
  });

  test.each([
    ['cut short', '{"integration_id":"a"'],
    ['of another month', `${line('01', 'a').replace('2026-05', '2026-04')}\n`],
    ['without a day', '{"integration_id":"a"}\n'],
    ['with a list of days', '{"dt":["2026-05"],"integration_id":"a"}\n'],
    ['without an integration', '{"dt":"2026-05-01"}\n'],
  ])('is damaged where it is %s', async (_, text) => {
    await expect(joinMonth(gzipSync(text), key, [])).rejects.toThrow(Damaged);
  });
});
