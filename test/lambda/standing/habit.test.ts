/** P18: what is usual for an integration, as of a UTC day. */
import { describe, expect, test } from 'vitest';
import { distancesOf, habitOf, isSteadily, usualOf } from '../../../lambda/standing/habit.ts';
import { dayAt, dayMs, hourMs, minuteMs, startOfDay } from '../../../lambda/standing/periods.ts';
import { runHabitOf } from '../../../lambda/standing/run-habit.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, syncAt, syncsUntil } from './judged.ts';

const day = dayAt(now);
const until = startOfDay(day);
const daily = (count: number) => syncsUntil(until - hourMs, count);
const weekdays = (count: number) =>
  daily(count).filter(({ start }) => ![0, 6].includes(new Date(start).getUTCDay()));

describe('distances', () => {
  test('lie between starts, and two of one millisecond are none', () => {
    expect(distancesOf([1, 4, 4, 9])).toEqual([
      { from: 1, to: 4 },
      { from: 4, to: 9 },
    ]);
    expect(distancesOf([1])).toEqual([]);
  });

  test('usual is the middle one; of an even number the lower', () => {
    expect(usualOf(distancesOf([0, 1, 3, 6, 10]))).toBe(2);
    expect(usualOf(distancesOf([0, 5, 6, 9]))).toBe(3);
    expect(usualOf([])).toBeNull();
  });

  test('are steady where no more than a tenth of the time lies in pauses: more than one and a half', () => {
    const steadily = (...lengths: number[]) => {
      let at = 0;
      return isSteadily(distancesOf([0, ...lengths.map((each) => (at += each))]), 10);
    };
    const tens = (count: number) => Array.from({ length: count }, () => 10);
    expect(steadily(...tens(3), 15)).toBe(true);
    expect(steadily(...tens(3), 16)).toBe(false);
    expect([steadily(...tens(18), 20), steadily(...tens(17), 20)]).toEqual([true, false]);
  });
});

describe('a habit', () => {
  test('is made of the syncs with data of the 36 days before the day', () => {
    const edge = until - 36 * dayMs;
    const from = (start: number) => habitOf(day, [syncAt(start), ...daily(5)]).from;
    expect([from(edge), from(edge - 1)]).toEqual([edge, daily(5)[0]?.start]);
    expect(habitOf(day, [syncAt(until)]).from).toBeNull();
    expect(habitOf(day, [syncAt(until - 1)]).from).toBe(until - 1);
    expect(habitOf(day, [syncAt(until - 1, { status: 'error' })]).from).toBeNull();
  });

  test('knows what is usual from thirteen distances on, of 28 days', () => {
    expect([habitOf(day, daily(13)).usualMs, habitOf(day, daily(14)).usualMs]).toEqual([null, dayMs]);
    const older = syncsUntil(until - 29 * dayMs, 40, hourMs);
    // The distance up to the first of the twelve ends within them.
    expect(habitOf(day, [...older, ...daily(12)]).usualMs).toBeNull();
    expect(habitOf(day, [...older, ...daily(13)]).usualMs).toBe(dayMs);
    const edge = until - 28 * dayMs;
    const endingAt = (first: number) =>
      habitOf(day, [syncAt(first - dayMs), ...syncsUntil(first + 12 * hourMs, 13, hourMs)]).usualMs;
    expect([endingAt(edge), endingAt(edge - 1)]).toEqual([hourMs, null]);
  });

  test('is steady where it rests at no time, and then knows no pauses', () => {
    expect(habitOf(day, daily(30))).toMatchObject({ isSteady: true, pauses: [] });
    expect(habitOf(day, daily(5))).toMatchObject({ isSteady: true, pauses: [], usualMs: null });
  });

  test('knows the pauses of 35 days in minutes, oldest first, and one that lasts without its end', () => {
    const { isSteady, pauses } = habitOf(day, weekdays(36));
    expect(isSteady).toBe(false);
    const fridays = weekdays(36).filter(({ start }) => new Date(start).getUTCDay() === 5);
    expect(pauses).toEqual(
      fridays
        .filter(({ start }) => start + 3 * dayMs >= until - 35 * dayMs)
        .map(({ start }) => [start / minuteMs, (start + 3 * dayMs) / minuteMs]),
    );
    const stopped = weekdays(36).slice(0, -3);
    const last = (stopped.at(-1)?.start ?? 0) / minuteMs;
    expect(habitOf(day, stopped).pauses.at(-1)).toEqual([last, last]);
  });

  test('rounds a pause out to whole minutes', () => {
    const shifted = weekdays(36).map((each) => syncAt(each.start + 30_000));
    const [from = 0, to = 0] = habitOf(day, shifted).pauses[0] ?? [];
    const friday = shifted.find(({ start }) => new Date(start).getUTCDay() === 5)?.start ?? 0;
    expect([from, to]).toEqual([(friday - 30_000) / minuteMs, (friday + 3 * dayMs + 30_000) / minuteMs]);
  });

  test('keeps the hundred longest pauses, and the one that lasts', () => {
    // An hour, and in between two minutes, each a little longer than the one before.
    const starts: number[] = [];
    for (let at = until - 20 * dayMs, index = 0; index < 130; index += 1) {
      starts.push(at, at + 2 * minuteMs, at + 4 * minuteMs, at + 6 * minuteMs);
      at += hourMs + index * minuteMs;
    }
    const { pauses } = habitOf(
      day,
      starts.filter((each) => each < until).map((each) => syncAt(each)),
    );
    expect(pauses).toHaveLength(101);
    expect(pauses.toSorted(([a], [b]) => a - b)).toEqual(pauses);
    const lengths = pauses.map(([from, to]) => (to === from ? Number.POSITIVE_INFINITY : to - from));
    // The shortest of the 129 that have ended takes 54 minutes.
    expect(Math.min(...lengths)).toBe(54 + 29);
  });

  test('keeps the oldest hundred where all are of one length', () => {
    const starts = Array.from({ length: 300 }, (_, index) => until - dayMs * 12 + index * 54 * minuteMs);
    const bursts = starts.flatMap((start) => [0, 1, 2, 3].map((minute) => syncAt(start + minute * minuteMs)));
    const { pauses } = habitOf(day, bursts);
    expect(pauses.slice(0, -1).map(([from]) => from)).toEqual(
      starts.slice(0, 100).map((start) => start / minuteMs + 3),
    );
  });

  test('knows no pause that has ended more than 35 days ago, nor one of no more than one and a half', () => {
    const edge = until - 35 * dayMs;
    const often = syncsUntil(until - hourMs, 24, hourMs);
    const firstOf = (endedAt: number, lengthMs: number) =>
      habitOf(day, [syncAt(endedAt - lengthMs), syncAt(endedAt), ...often]).pauses[0];
    const minutes = (from: number, to: number) => [from / minuteMs, to / minuteMs];
    expect(firstOf(edge, 2 * hourMs)).toEqual(minutes(edge - 2 * hourMs, edge));
    const since = minutes(edge - minuteMs, often[0]?.start ?? 0);
    expect(firstOf(edge - minuteMs, 2 * hourMs)).toEqual(since);
    expect(firstOf(edge + hourMs, 1.5 * hourMs)?.[0]).toBe((edge + hourMs) / minuteMs);
    expect(firstOf(edge + hourMs, 1.5 * hourMs + minuteMs)?.[0]).toBe((edge - hourMs / 2) / minuteMs - 1);
  });

  test('knows how long syncs took: the longest of the newest 21, and the 95th percentile of 28 days', () => {
    const took = (sync: SyncFact, ms: number) => ({ ...sync, finish: sync.start + ms });
    const syncs = daily(30).map((sync, index) => took(sync, (30 - index) * minuteMs));
    expect(habitOf(day, syncs).longestMs).toBe(21 * minuteMs);
    expect(habitOf(day, syncs).p95Ms).toBe(27 * minuteMs);
    const edge = until - 28 * dayMs;
    const p95 = (start: number) => habitOf(day, [took(syncAt(start), hourMs)]).p95Ms;
    expect([p95(edge), p95(edge - 1)]).toEqual([hourMs, null]);
    const open = daily(3).map((sync) => ({ ...sync, finish: null }));
    expect(habitOf(day, open)).toMatchObject({ longestMs: null, p95Ms: null });
  });

  test('and takes no length from one that is to end later than anybody can have seen', () => {
    const endingAt = (finish: number) => habitOf(day, [{ ...syncAt(until - hourMs), finish }]).longestMs;
    expect(endingAt(until + dayMs)).toBe(dayMs + hourMs);
    expect(endingAt(until + dayMs + 1)).toBeNull();
  });
});

describe('what is usual of runs', () => {
  const none = { rowsSynced: 0n };
  /** One a day, the last an hour before the day. */
  const syncs = (...changes: Partial<SyncFact>[]) =>
    daily(changes.length).map((sync, index) => ({ ...sync, ...changes[index] }));
  const of = (...changes: Partial<SyncFact>[]) => runHabitOf(day, syncs(...changes));

  test('is nothing where nothing was', () => {
    expect(new Set(Object.values(runHabitOf(day, [])))).toEqual(new Set([0]));
  });

  test('counts syncs without rows, and how many came in a row', () => {
    expect(of({}, none, none, {}, none)).toMatchObject({ counted: 5, empty: 3, longestEmpty: 2 });
    expect(of({}, { rowsSynced: 0n, status: 'partial' }, { rowsSynced: null })).toMatchObject({
      counted: 1,
      empty: 0,
    });
    expect(of({ status: 'error' })).toMatchObject({ counted: 0, watermarks: 0 });
  });

  test('looks back for 28 days, and knows of how many it tells', () => {
    const edge = until - 28 * dayMs;
    const days = (start: number) => runHabitOf(day, [syncAt(start), syncAt(until - dayMs)]);
    expect(days(edge)).toMatchObject({ days: 28, counted: 2 });
    expect(days(edge - 1)).toMatchObject({ days: 1, counted: 1 });
    expect(runHabitOf(day, [syncAt(until - 1)])).toMatchObject({ days: 0, counted: 1 });
    expect(runHabitOf(day, [syncAt(until)])).toMatchObject({ days: 0, counted: 0 });
    expect(runHabitOf(day, [syncAt(until + hourMs)])).toMatchObject({ days: 0, counted: 0 });
  });

  test('counts watermarks, those that could be compared, and those that stood', () => {
    const at = (timestampSynced: number | null) => ({ timestampSynced, rowsSynced: 0n });
    expect(of(at(5), at(5), at(5), at(9), at(null), at(9))).toMatchObject({
      watermarks: 5,
      compared: 4,
      stood: 3,
      longestStanding: 2,
    });
  });

  test('counts no watermark that stood as one where rows came all the same', () => {
    const at5 = { timestampSynced: 5 };
    expect(of({ ...at5, ...none }, { ...at5, ...none }, { ...at5, rowsSynced: 9n })).toMatchObject({
      compared: 2,
      stood: 1,
    });
  });

  test('counts those that lay ahead of the finish, and knows the farthest', () => {
    const ahead = (ms: number): Partial<SyncFact>[] =>
      daily(1).map(({ finish }) => ({ timestampSynced: (finish ?? 0) + ms }));
    expect(of(...ahead(5 * minuteMs))).toMatchObject({ ahead: 0, farthestMs: 0 });
    expect(of(...ahead(5 * minuteMs + 1))).toMatchObject({ ahead: 1, farthestMs: 5 * minuteMs + 1 });
    const [first, second] = daily(2) as [SyncFact, SyncFact];
    const far = { ...first, timestampSynced: (first.finish ?? 0) + 9 * hourMs };
    const near = { ...second, timestampSynced: (second.finish ?? 0) + hourMs };
    expect(runHabitOf(day, [far, near])).toMatchObject({ ahead: 2, farthestMs: 9 * hourMs });
    expect(runHabitOf(day, [{ ...far, finish: null }])).toMatchObject({ ahead: 0, watermarks: 1 });
    const wrong = { ...first, timestampSynced: first.start + 5 * minuteMs, finish: first.start - hourMs };
    expect(runHabitOf(day, [wrong])).toMatchObject({ ahead: 0, watermarks: 1 });
    expect(runHabitOf(day, [{ ...wrong, timestampSynced: first.start + hourMs }])).toMatchObject({
      ahead: 1,
      farthestMs: hourMs,
    });
  });
});
