/** P18: signs that mean little once and something several times in a row. */
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { newRuns, type Runs, runsWith } from '../../../lambda/standing/runs.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, syncAt } from './judged.ts';

const runsAfter = (...syncs: readonly SyncFact[]): Runs => syncs.reduce(runsWith, newRuns());

/** The start of the sync of that number, an hour after the one before. */
const at = (number: number) => now + number * hourMs;
/** Of these numbers, in order. */
const each = (changes: readonly Partial<SyncFact>[]) =>
  changes.map((change, index) => syncAt(at(index), change));

describe('syncs without rows', () => {
  test('are counted from the first in a row, and end with one that has some', () => {
    const none = { rowsSynced: 0n };
    expect(runsAfter(...each([{}, none, none])).empty).toEqual({ since: at(1), count: 2 });
    expect(runsAfter(...each([none, none, {}])).empty).toBeNull();
    expect(runsAfter(...each([none, {}, none])).empty).toEqual({ since: at(2), count: 1 });
  });

  test('are no successes without rows where they are none, or where nobody counted', () => {
    const none = { rowsSynced: 0n };
    expect(runsAfter(...each([none, { rowsSynced: 0n, status: 'partial' }])).empty).toEqual({
      since: at(0),
      count: 1,
    });
    expect(runsAfter(...each([none, { rowsSynced: null }])).empty).toEqual({ since: at(0), count: 1 });
    expect(runsAfter(...each([{ rowsSynced: 0n, status: 'partial' }])).empty).toBeNull();
  });
});

describe('a watermark', () => {
  const mark = (timestampSynced: number | null, rowsSynced = 0n): Partial<SyncFact> => ({
    timestampSynced,
    rowsSynced,
  });

  test('is the newest that a sync has told', () => {
    expect(runsAfter(...each([mark(5), mark(7), mark(null)])).watermark).toEqual({ at: 7, start: at(1) });
    expect(runsAfter(...each([mark(null)])).watermark).toBeNull();
  });

  test('stands where it stays or goes back, and is counted from where it stood before', () => {
    expect(runsAfter(...each([mark(5), mark(5)])).standing).toEqual({ since: at(1), count: 1, at: 5 });
    expect(runsAfter(...each([mark(5), mark(5), mark(4)])).standing).toEqual({
      since: at(1),
      count: 2,
      at: 5,
    });
    expect(runsAfter(...each([mark(5), mark(4), mark(null)])).standing).toEqual({
      since: at(1),
      count: 1,
      at: 5,
    });
    expect(runsAfter(...each([mark(5)])).standing).toBeNull();
  });

  test('moves on where it is later than where it stood, or later than before and with rows', () => {
    const back = [mark(5), mark(2)];
    expect(runsAfter(...each([...back, mark(6)])).standing).toBeNull();
    expect(runsAfter(...each([...back, mark(5)])).standing).toMatchObject({ count: 2, at: 5 });
    expect(runsAfter(...each([...back, mark(3)])).standing).toMatchObject({ count: 2, at: 5 });
    expect(runsAfter(...each([...back, mark(3, 1n)])).standing).toBeNull();
  });

  test('that stays and brings rows is another matter: it is neither counted nor forgotten', () => {
    expect(runsAfter(...each([mark(5), mark(5), mark(5, 9n)])).standing).toMatchObject({ count: 1 });
    expect(runsAfter(...each([mark(5), mark(4, 9n)])).standing).toMatchObject({ count: 1, at: 5 });
  });

  test('is not compared over more than five weeks, unlike whether there were rows', () => {
    const pair = (gapMs: number) =>
      runsAfter(syncAt(now, mark(5)), syncAt(now + gapMs, { timestampSynced: 5, rowsSynced: 0n }));
    expect(pair(35 * dayMs).standing).toMatchObject({ count: 1 });
    expect(pair(35 * dayMs + 1).standing).toBeNull();
    expect(pair(35 * dayMs + 1).empty).toEqual({ since: now, count: 2 });
  });
});

describe('a watermark ahead of the finish', () => {
  /** So far ahead of its sync's finish. */
  const ahead = (number: number, aheadMs: number, change: Partial<SyncFact> = {}) =>
    syncAt(at(number), { timestampSynced: at(number) + minuteMs + aheadMs, ...change });
  const clocks = 5 * minuteMs;

  test('is so by more than clocks differ', () => {
    expect(runsAfter(ahead(0, clocks)).ahead).toBeNull();
    expect(runsAfter(ahead(0, clocks + 1)).ahead).toEqual({
      since: at(0),
      count: 1,
      byMs: clocks + 1,
      stood: 0,
      moved: 0,
    });
  });

  test('is counted with the farthest, how often it moved, and how often it stood', () => {
    const far = 9 * hourMs;
    expect(runsAfter(ahead(0, far), ahead(1, far - minuteMs)).ahead).toEqual({
      since: at(0),
      count: 2,
      byMs: far,
      stood: 0,
      moved: 1,
    });
    // The same watermark an hour later, and none at all: it is taken to stand where it was.
    expect(runsAfter(ahead(0, far), ahead(1, far - hourMs)).ahead).toMatchObject({ stood: 1, moved: 0 });
    expect(runsAfter(ahead(0, far), ahead(1, 0, { timestampSynced: null })).ahead).toEqual({
      since: at(0),
      count: 2,
      byMs: far,
      stood: 1,
      moved: 0,
    });
    expect(runsAfter(syncAt(at(-1)), ahead(0, far)).ahead).toMatchObject({ count: 1, stood: 0, moved: 0 });
  });

  test('is held against the start where the finish lies before that', () => {
    const wrong = { finish: Date.parse('0001-01-01T00:00:00Z') };
    const since = (aheadMs: number) => syncAt(at(0), { timestampSynced: at(0) + aheadMs, ...wrong });
    expect(runsAfter(since(clocks)).ahead).toBeNull();
    expect(runsAfter(since(clocks + 1)).ahead).toMatchObject({ count: 1, byMs: clocks + 1 });
  });

  test('ends with one that is not, and says nothing of one that has no finish', () => {
    expect(runsAfter(ahead(0, hourMs), syncAt(at(1))).ahead).toBeNull();
    expect(runsAfter(ahead(0, hourMs), ahead(1, hourMs, { finish: null })).ahead).toMatchObject({ count: 1 });
    expect(runsAfter(syncAt(at(0)), syncAt(at(1), { timestampSynced: null })).ahead).toBeNull();
    const unended = ahead(0, 9 * hourMs, { finish: null });
    expect(runsAfter(unended, syncAt(at(1), { timestampSynced: null })).ahead).toBeNull();
  });
});

describe('a whole table that is sent again', () => {
  /** Its watermark is made when the query runs: so long after the start. */
  const whole = (number: number, rowsSynced: bigint | null, lateMs: number | null = 0) =>
    syncAt(at(number), { rowsSynced, timestampSynced: lateMs === null ? null : at(number) + lateMs });

  test('is of a thousand rows at least, and has a watermark about its start', () => {
    expect(runsAfter(whole(0, 999n)).whole).toBeNull();
    expect(runsAfter(whole(0, null)).whole).toBeNull();
    expect(runsAfter(whole(0, 1000n, null)).whole).toBeNull();
    expect(runsAfter(whole(0, 1000n)).whole).toEqual({ since: at(0), count: 1, rows: 1000n });
    const late = (lateMs: number) => runsAfter(whole(0, 1000n, lateMs)).whole !== null;
    expect([late(-2001), late(-2000), late(minuteMs), late(minuteMs + 1)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('may be made as late as the sync ends, where that takes longer', () => {
    const slow = (lateMs: number, tookMs: number | null) =>
      runsAfter(
        syncAt(at(0), {
          rowsSynced: 1000n,
          timestampSynced: at(0) + lateMs,
          finish: tookMs === null ? null : at(0) + tookMs,
        }),
      ).whole !== null;
    expect([slow(10 * minuteMs, 10 * minuteMs), slow(10 * minuteMs + 1, 10 * minuteMs)]).toEqual([
      true,
      false,
    ]);
    expect([slow(minuteMs, null), slow(minuteMs + 1, null)]).toEqual([true, false]);
  });

  test('goes on as long as it grows or shrinks by no more than a hundredth', () => {
    const counts = (...rows: bigint[]) => runsAfter(...rows.map((each, index) => whole(index, each))).whole;
    expect(counts(2000n, 2020n)).toEqual({ since: at(0), count: 2, rows: 2020n });
    expect(counts(2000n, 1980n)).toMatchObject({ count: 2, rows: 1980n });
    expect(counts(2000n, 2021n)).toEqual({ since: at(1), count: 1, rows: 2021n });
    expect(counts(2000n, 1979n)).toMatchObject({ count: 1 });
    expect(counts(2000n, 2000n, 2000n)).toMatchObject({ count: 3 });
  });
});

describe('rows at the boundary', () => {
  const mark = (timestampSynced: number | null, rowsSynced: bigint | null = 3n): Partial<SyncFact> => ({
    timestampSynced,
    rowsSynced,
  });
  const twice = [mark(5), mark(5), mark(5)];

  test('are those that come again under the same watermark', () => {
    expect(runsAfter(...each([mark(5)])).boundary).toBeNull();
    expect(runsAfter(...each([mark(5), mark(5)])).boundary).toEqual({ since: at(1), count: 1, last: at(1) });
    expect(runsAfter(...each(twice)).boundary).toEqual({ since: at(1), count: 2, last: at(2) });
    expect(runsAfter(...each([mark(5), mark(null)])).boundary).toBeNull();
  });

  test('are none any more where none came under the same watermark', () => {
    expect(runsAfter(...each([...twice, mark(5, 0n)])).boundary).toBeNull();
    expect(runsAfter(...each([...twice, mark(null, 0n)])).boundary).toBeNull();
  });

  test('are remembered where they were certain, for four weeks, and forgotten where they were not', () => {
    const certain = { since: at(1), count: 2, last: at(2) };
    expect(runsAfter(...each([...twice, mark(9)])).boundary).toEqual(certain);
    expect(runsAfter(...each([...twice, mark(null)])).boundary).toEqual(certain);
    expect(runsAfter(...each([...twice, mark(5, null)])).boundary).toEqual(certain);
    expect(runsAfter(...each([mark(5), mark(5), mark(9)])).boundary).toBeNull();
    const later = (ms: number) => runsAfter(...each(twice), syncAt(at(2) + ms, mark(9))).boundary;
    expect([later(28 * dayMs), later(28 * dayMs + 1)]).toEqual([certain, null]);
  });
});

describe('a source query near its limit', () => {
  const took = (number: number, ms: number, change: Partial<SyncFact> = {}) =>
    syncAt(at(2 * number), { finish: at(2 * number) + ms, ...change });
  const [near, far] = [45 * minuteMs, 40 * minuteMs];

  test('takes three quarters of an hour, and an hour at the most', () => {
    const counted = (ms: number) => runsAfter(took(0, ms)).nearLimit;
    expect(counted(near)).toEqual({ since: at(0), count: 1, firstMs: near, newestMs: near });
    expect(counted(near - 1)).toBeNull();
    expect(counted(hourMs)).toMatchObject({ count: 1 });
    expect(counted(hourMs + 1)).toBeNull();
  });

  test('is over where one takes less than two thirds, and not before', () => {
    const then = (ms: number) => runsAfter(took(0, near), took(1, ms)).nearLimit;
    expect(then(far)).toMatchObject({ count: 1, newestMs: near });
    expect(then(far - 1)).toBeNull();
    expect(then(hourMs + 1)).toBeNull();
    expect(then(50 * minuteMs)).toEqual({
      since: at(0),
      count: 2,
      firstMs: near,
      newestMs: 50 * minuteMs,
    });
  });

  test('says nothing without rows, or without an end', () => {
    expect(runsAfter(took(0, near), took(1, minuteMs, { rowsSynced: 0n })).nearLimit).toMatchObject({
      count: 1,
    });
    expect(runsAfter(took(0, near), syncAt(at(3), { finish: null })).nearLimit).toMatchObject({ count: 1 });
  });

  test('is none where no sync has ever told a watermark: a source of files has no query', () => {
    const files = { timestampSynced: null };
    expect(runsAfter(took(0, near, files)).nearLimit).toBeNull();
    expect(runsAfter(took(0, near), took(1, near, files)).nearLimit).toMatchObject({ count: 2 });
  });
});
