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

  test('is by the month within three days of as many months, and from three distances on', () => {
    const isSteady = (...days: number[]) => {
      const starts = [wednesday];
      for (const each of days) starts.push((starts.at(-1) ?? 0) + each * dayMs);
      return paceOf(null, starts)?.isSteady;
    };
    expect([isSteady(31, 61), isSteady(31, 61, 31)]).toEqual([false, true]);
    const most = 30.44 + 3;
    expect([isSteady(31, 61, most), isSteady(31, 61, most + 1 / dayMs)]).toEqual([true, false]);
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

describe('what is awaited by the weeks before', () => {
  const from = wednesday;
  const unknown: Habit = { ...habitAt(from, []), usualMs: null };
  const weekAgo = (week: number) => from - week * weekMs;
  const awaited = (pace: Pace, habit = unknown) => {
    const found = expectation(from, from, pace, habit);
    return found && (found.awaited - from) / hourMs;
  };
  /** By the newest starts: so many hours after the same moment of each of these weeks, the last one first. */
  const afterWeeks = (usualMs: number, ...hours: number[]) =>
    awaited({
      usualMs,
      isSteady: false,
      starts: [
        weekAgo(hours.length),
        ...hours.map((each, index) => weekAgo(index + 1) + each * hourMs).reverse(),
      ],
    });
  const ms = 1 / hourMs;

  test('is the latest of those that agree, of two at least', () => {
    expect(afterWeeks(2 * dayMs, 20, 23, 21, 20)).toBe(23);
    expect(afterWeeks(2 * dayMs, 20, 23)).toBe(23);
    expect(afterWeeks(2 * dayMs, 20)).toBeNull();
  });

  test('they agree within three hours, or half of the time that it took', () => {
    expect([afterWeeks(hourMs, 2, 2, 5, 5), afterWeeks(hourMs, 2, 2, 5 + ms, 5 + ms)]).toEqual([5, null]);
    expect([afterWeeks(dayMs, 20, 20, 30, 30), afterWeeks(dayMs, 20, 20, 30 + ms, 30 + ms)]).toEqual([
      30,
      null,
    ]);
  });

  test('one odd week is forgiven, an early one or a late one, but not of two', () => {
    expect([afterWeeks(dayMs, 50, 14, 50, 51), afterWeeks(dayMs, 20, 90, 20, 21)]).toEqual([51, 21]);
    expect([afterWeeks(dayMs, 20, 90), afterWeeks(dayMs, 50, 20, 20, 50)]).toEqual([null, null]);
  });

  test('what is looked for begins half a distance after that moment, or twelve hours', () => {
    const next = (usualMs: number, hours: number) => {
      const starts = [2, 1].flatMap((week) => [
        weekAgo(week),
        weekAgo(week) + hours * hourMs,
        weekAgo(week) + 72 * hourMs,
      ]);
      return awaited({ usualMs, isSteady: false, starts });
    };
    expect([next(4 * hourMs, 2), next(4 * hourMs, 2 + ms)]).toEqual([72, 2 + ms]);
    expect([next(4 * dayMs, 12), next(4 * dayMs, 12 + ms)]).toEqual([72, 12 + ms]);
  });

  test('is nothing, where nothing has come since then', () => {
    const starts = [weekAgo(2), weekAgo(1), weekAgo(1) + hourMs];
    expect(awaited({ usualMs: 2 * dayMs, isSteady: false, starts })).toBeNull();
    const earlier = [weekAgo(4), weekAgo(4) + dayMs, weekAgo(3) + dayMs, weekAgo(2) + 3 * dayMs];
    expect(awaited({ usualMs: 2 * dayMs, isSteady: false, starts: earlier })).toBe(24);
  });

  const pace: Pace = { usualMs: dayMs, isSteady: false, starts: null };
  /** Pauses after the same moment of these weeks, from and to so many hours. */
  const withPauses = (...pauses: (readonly [week: number, from: number, to: number])[]): Habit => ({
    ...unknown,
    from: weekAgo(4),
    usualMs: dayMs,
    pauses: pauses.map(([week, ...ends]) => {
      const [start = 0, end = 0] = ends.map((each) => (weekAgo(week) + each * hourMs) / minuteMs);
      return [start, end];
    }),
  });
  const each = [4, 3, 2, 1];

  test('is the end of the pause in which the weeks were half a distance later, else a usual distance', () => {
    const inAll = (start: number, end: number) =>
      awaited(pace, withPauses(...each.map((week) => [week, start, end] as const)));
    expect(inAll(0, 72)).toBe(72);
    expect([inAll(12, 72), inAll(12 + 1 / 60, 72)]).toEqual([72, 24]);
    expect([inAll(-48, 12 + 1 / 60), inAll(-48, 12)]).toEqual([12 + 1 / 60, 24]);
  });

  test('is told by no week in which a pause had not ended on the habit’s day', () => {
    expect(awaited(pace, withPauses([4, 0, 72], [3, 0, 72], [2, -48, -48]))).toBe(72);
  });

  test('is told by no week before its habit begins', () => {
    const young = (habitFrom: number) => awaited(pace, { ...withPauses(), from: habitFrom });
    expect([young(weekAgo(2)), young(weekAgo(2) + 1)]).toEqual([24, null]);
  });
});

describe('where clocks have changed since the weeks before', () => {
  test('the same moment may have been an hour earlier or later: the latest counts', () => {
    const spring = startOfDay('2026-03-27') + 9 * hourMs;
    const known = { ...habitAt(spring, workingDays(spring, 6)), longestMs: null };
    expect(expectation(spring, spring, paceOf(known, []) as Pace, known)?.awaited).toBe(
      spring + 3 * dayMs + hourMs,
    );
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
