import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { sumsLine, sumsOf, sumsOfDay } from '../../../lambda/lake/day-sums.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { syncFactOf } from '../../../lambda/standing/sync-fact.ts';
import { readLine } from '../rows/serde.ts';
import { batch, key, rowOf } from './days.ts';

const day = '2026-05-31';
const midnight = Date.UTC(2026, 4, 31);
const minute = 60_000;
const largest = 2n ** 63n - 1n;

/** A sync that began at that minute of the day and took one minute. */
const sync = (at: number, more: Partial<SyncFact> = {}): SyncFact => ({
  start: midnight + at * minute,
  finish: midnight + (at + 1) * minute,
  status: 'success',
  rowsSynced: 10n,
  rowsFailed: 0n,
  timestampSynced: null,
  ...more,
});
const running = { status: 'running', finish: null, rowsSynced: null, rowsFailed: null };

describe('what the syncs of a day add up to', () => {
  test('is counted by status', () => {
    const sums = sumsOf('a', day, [
      sync(1),
      sync(2, { status: 'partial', rowsFailed: 3n }),
      sync(3, { status: 'error', rowsSynced: 0n }),
      sync(4, { status: 'config_error' }),
      sync(5, { status: 'odd' }),
      sync(6, { rowsSynced: 0n }),
      sync(7, { rowsSynced: null }),
      sync(8, running),
    ]);
    expect(sums).toMatchObject({
      syncs: 8,
      successes: 3,
      partials: 1,
      errors: 1,
      config_errors: 1,
      other_failures: 1,
      not_final: 1,
      successes_without_rows: 1,
      rows_synced: 40n,
      rows_failed: 3n,
    });
  });

  test('holds for final what a newer sync of the day has followed, and the last one for open', () => {
    const sums = sumsOf('a', day, [sync(9, running), sync(1, running), sync(5)]);
    expect(sums).toMatchObject({ other_failures: 1, not_final: 1, last_start: '2026-05-31 00:09:00.000' });
  });

  test('holds nothing for open where the last sync says itself that it is over', () => {
    expect(sumsOf('a', day, [sync(1), sync(2, { status: 'odd' })])).toMatchObject({
      other_failures: 1,
      not_final: 0,
    });
  });

  test('has no sum where nobody counted, or where it is past 64 bits', () => {
    expect(sumsOf('a', day, [sync(1, running)])).toMatchObject({ rows_synced: null, rows_failed: null });
    const huge = [sync(1, { rowsSynced: largest }), sync(2, { rowsSynced: 1n })];
    expect(sumsOf('a', day, huge).rows_synced).toBeNull();
    expect(sumsOf('a', day, [...huge, sync(3, { rowsSynced: -1n })]).rows_synced).toBe(largest);
    const least = [sync(1, { rowsSynced: -largest }), sync(2, { rowsSynced: -1n })];
    expect(sumsOf('a', day, least).rows_synced).toBe(-largest - 1n);
    expect(sumsOf('a', day, [...least, sync(3, { rowsSynced: -1n })]).rows_synced).toBeNull();
  });

  test('counts the gap from midnight and to midnight', () => {
    expect(sumsOf('a', day, [sync(600)]).largest_gap_minutes).toBe(840);
    expect(sumsOf('a', day, [sync(900), sync(1000)]).largest_gap_minutes).toBe(900);
    expect(sumsOf('a', day, [sync(0), sync(1439)]).largest_gap_minutes).toBe(1439);
  });

  test('takes durations that were there: the nearest rank, without those that end before they begin', () => {
    const took = (at: number, seconds: number) =>
      sync(at, { finish: midnight + at * minute + seconds * 1000 });
    const sums = sumsOf('a', day, [took(1, 5.25), took(2, 9), took(3, 1), took(4, -60), sync(5, running)]);
    expect(sums).toMatchObject({ median_seconds: 5.25, p95_seconds: 9 });
    expect(sumsOf('a', day, [took(1, 1), took(2, 2)]).median_seconds).toBe(1);
    expect(sumsOf('a', day, [took(1, 0)]).median_seconds).toBe(0);
    expect(sumsOf('a', day, [sync(1, running)]).median_seconds).toBeNull();
  });

  test('names the first and last start, and the latest finish, which may lie on a later day', () => {
    const sums = sumsOf('a', day, [sync(20), sync(10, { finish: midnight + 2000 * minute })]);
    expect(sumsOf('a', day, [sync(10), sync(20)]).last_finish).toBe('2026-05-31 00:21:00.000');
    expect(sums).toMatchObject({
      first_start: '2026-05-31 00:10:00.000',
      last_start: '2026-05-31 00:20:00.000',
      last_finish: '2026-06-01 09:20:00.000',
    });
    expect(sumsOf('a', day, [sync(1, running)]).last_finish).toBeNull();
    // A finish is what the source says it is.
    const wrong = sync(1, { finish: Date.UTC(1969, 0) });
    expect(sumsOf('a', day, [wrong]).last_finish).toBe('1969-01-01 00:00:00.000');
  });

  test('P11: is the same whatever order the rows are in, and a line that the SerDe reads', () => {
    const facts = fc.array(
      fc.record({
        start: fc.integer({ min: midnight, max: midnight + 5 }),
        finish: fc.option(fc.integer({ min: midnight, max: midnight + 3 })),
        status: fc.option(fc.constantFrom('success', 'error', 'running', 'odd')),
        rowsSynced: fc.option(fc.bigInt({ min: -5n, max: largest })),
        rowsFailed: fc.option(fc.bigInt({ min: 0n, max: 5n })),
        timestampSynced: fc.constant(null),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(facts, (syncs) => {
        const line = sumsLine('a', day, syncs);
        expect(sumsLine('a', day, syncs.toReversed())).toBe(line);
        readLine('days', line);
      }),
    );
  });
});

describe('the object of a day', () => {
  test('P11: adds up, integration by integration, to what its rows do', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (rows) => {
        const { body = gzipSync('') } = await joinDay(undefined, key, rows);
        const expected = [...Map.groupBy(rows, ({ integrationId }) => integrationId)].map(([id, own]) => [
          id,
          sumsLine(
            id,
            day,
            own.map(({ line }) => syncFactOf(line)),
          ),
        ]);
        expect([...(await sumsOfDay(body, key, day))]).toEqual(expected);
      }),
    );
  });

  const lineOf = (id: string, start: string) =>
    rowOf({ id, start, status: 'success', finish: null, rows: 1 }).line;
  const lines = [lineOf('a', '01:00:00'), lineOf('b', '01:00:00'), lineOf('a', '02:00:00')];

  test.each([
    ['has an integration in two places', `${lines.join('\n')}\n`],
    ['is cut short', '{"integration_id":"a"'],
    ['has a line without times', '{"integration_id":"a","raw":"{}"}\n'],
  ])('P10: that %s is damaged', async (_, text) => {
    await expect(sumsOfDay(gzipSync(text), key, day)).rejects.toThrow(Damaged);
  });
});
