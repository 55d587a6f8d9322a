/** P18: when the next sync is awaited by habit. */
import { describe, expect, test } from 'vitest';
import { expectation, missingHistory, type Pace, paceOf } from '../../../lambda/standing/expectation.ts';
import { type Habit, habitOf } from '../../../lambda/standing/habit.ts';
import { dayAt, dayMs, hourMs, minuteMs, startOfDay, weekMs } from '../../../lambda/standing/periods.ts';
import { syncAt } from './judged.ts';

/** A Wednesday in summer, far from any change of the clocks. */
const wednesday = startOfDay('2026-07-15') + 9 * hourMs;

const habitAt = (at: number, starts: readonly number[]): Habit =>
  habitOf(
    dayAt(at),
    starts.map((start) => syncAt(start)),
  );

/** Starts one after the other up to then, each so long after the one before. */
const startsUntil = (at: number, count: number, everyMs: number) =>
  Array.from({ length: count }, (_, index) => at - (count - 1 - index) * everyMs);

/** Each working day at nine, over so many weeks up to then. */
const workingDays = (at: number, weeks: number) =>
  startsUntil(at, weeks * 7, dayMs).filter((each) => ![0, 6].includes(new Date(each).getUTCDay()));

const steady = (usualMs: number): Pace => ({ usualMs, isSteady: true, starts: null });

describe('the pace', () => {
  test('is that of the habit, where that knows one', () => {
    const habit = habitAt(wednesday, startsUntil(wednesday, 30, dayMs));
    expect(paceOf(habit, [])).toEqual({ usualMs: dayMs, isSteady: true, starts: null });
  });

  test('is that of the newest starts, where it does not: of thirteen distances', () => {
    const slow = startsUntil(wednesday - 13 * dayMs, 5, 10 * dayMs);
    const data = [...slow, ...startsUntil(wednesday, 13, dayMs)];
    expect(paceOf(null, data)).toEqual({ usualMs: dayMs, isSteady: true, starts: data });
    expect(paceOf(null, [])).toBeNull();
    expect(paceOf(null, [wednesday])).toBeNull();
  });

  test('is steady by the month, though one was left out and they differ in length', () => {
    const firsts = [1, 2, 3, 4, 6, 7].map((month) => Date.UTC(2026, month, 1));
    expect(paceOf(null, firsts)?.isSteady).toBe(true);
    const odd = [...firsts.slice(0, -1), (firsts.at(-1) ?? 0) - 10 * dayMs];
    expect(paceOf(null, odd)?.isSteady).toBe(false);
  });

  test('is not steady by less than a month', () => {
    const skipping = [0, 20, 40, 60, 120, 140].map((day) => wednesday + day * dayMs);
    expect(paceOf(null, skipping)?.isSteady).toBe(false);
  });
});

describe('what comes steadily is awaited', () => {
  const from = wednesday;

  test('a usual distance later, and has that distance once more to start, two hours at the most', () => {
    const of = (usualMs: number) => expectation(from, from, steady(usualMs), null);
    expect(of(15 * minuteMs)).toEqual({ awaited: from + 15 * minuteMs, by: from + 30 * minuteMs });
    expect(of(dayMs)).toEqual({ awaited: from + dayMs, by: from + dayMs + 2 * hourMs });
  });

  test('from when the one before it has ended, and for as long more as the longest took', () => {
    expect(expectation(from, from + 3 * hourMs, steady(hourMs), null)).toEqual({
      awaited: from + hourMs,
      by: from + 4 * hourMs,
    });
    const habit = { ...habitAt(from, startsUntil(from, 30, dayMs)), longestMs: 20 * minuteMs };
    expect(expectation(from, from, steady(hourMs), habit)?.by).toBe(from + 2 * hourMs + 20 * minuteMs);
    expect(expectation(from, from, steady(hourMs), { ...habit, longestMs: null })?.by).toBe(
      from + 2 * hourMs,
    );
  });

  test('three days later where it comes by the month: they differ in length', () => {
    const of = (days: number) => (expectation(from, from, steady(days * dayMs), null)?.awaited ?? 0) - from;
    expect([of(26.9), of(27), of(31)]).toEqual([26.9 * dayMs, 30 * dayMs, 34 * dayMs]);
  });
});

describe('what rests at weekends is awaited', () => {
  const friday = startOfDay('2026-07-17') + 9 * hourMs;
  const habit = { ...habitAt(friday, workingDays(friday, 6)), longestMs: null };
  const pace = paceOf(habit, []) as Pace;

  test('when it came in the weeks before, after the same moment of the week', () => {
    expect([pace.isSteady, pace.usualMs]).toEqual([false, dayMs]);
    expect(expectation(friday, friday, pace, habit)).toEqual({
      awaited: friday + 3 * dayMs,
      by: friday + 3 * dayMs + 2 * hourMs,
    });
    const thursday = friday - dayMs;
    expect(expectation(thursday, thursday, pace, habit)?.awaited).toBe(friday);
  });

  test('and not before the one at hand has ended', () => {
    const late = friday + 4 * dayMs;
    expect(expectation(friday, late, pace, habit)?.by).toBe(late + 2 * hourMs);
  });

  test('at no time, where no habit is known, or where it comes more rarely than weeks can tell', () => {
    expect(expectation(friday, friday, pace, null)).toBeNull();
    expect(expectation(friday, friday, { ...pace, usualMs: 8 * dayMs + 1 }, habit)).toBeNull();
    expect(expectation(friday, friday, { ...pace, usualMs: 8 * dayMs }, habit)).not.toBeNull();
  });

  test('an hour later around a change of the clocks', () => {
    const spring = startOfDay('2026-03-27') + 9 * hourMs;
    const known = { ...habitAt(spring, workingDays(spring, 6)), longestMs: null };
    const found = expectation(spring, spring, paceOf(known, []) as Pace, known);
    expect((found?.by ?? 0) - (found?.awaited ?? 0)).toBe(3 * hourMs);
  });
});

describe('what has no month yet', () => {
  const friday = startOfDay('2026-07-17') + 9 * hourMs;
  const starts = workingDays(friday, 5).filter((_, index) => index % 2 === 0);
  const habit = { ...habitAt(friday, starts), usualMs: null, longestMs: null };
  const pace: Pace = { usualMs: 2 * dayMs, isSteady: false, starts };

  test('is awaited by the newest starts themselves', () => {
    const awaited = expectation(friday, friday, pace, habit)?.awaited;
    expect(awaited === undefined || awaited > friday).toBe(true);
    expect(expectation(friday, friday, { ...pace, starts: [friday - dayMs, friday] }, habit)).toBeNull();
  });
});

describe('a history is too young', () => {
  const until = wednesday;
  const needed = (pace: Pace | null, days: number) =>
    missingHistory(until, pace && { ...pace, starts: [until - days * dayMs] }, null)?.neededMs;

  test('under two weeks, and under eight days where it comes steadily and daily at least', () => {
    const uneven: Pace = { usualMs: dayMs, isSteady: false, starts: null };
    expect([needed(uneven, 13.9), needed(uneven, 14)]).toEqual([2 * weekMs, undefined]);
    const daily = steady(dayMs + 2 * hourMs);
    expect([needed(daily, 7.9), needed(daily, 8)]).toEqual([8 * dayMs, undefined]);
    expect(needed(steady(dayMs + 2 * hourMs + 1), 8)).toBe(2 * weekMs);
  });

  test('from the oldest sync that its habit knows, where that is its pace', () => {
    const habit = habitAt(until, startsUntil(until, 30, dayMs));
    expect(missingHistory(until, steady(dayMs), habit)).toBeNull();
    const from = until - 3 * dayMs;
    expect(missingHistory(until, steady(dayMs), { ...habit, from })).toEqual({ from, neededMs: 8 * dayMs });
  });

  test('wholly, where nothing is known', () => {
    expect(missingHistory(until, null, null)).toEqual({ from: until, neededMs: 2 * weekMs });
  });
});
