/** When the next sync is awaited by habit: where it comes steadily, or as it came after the same moment of the week. */
import { haveClocksChanged, isAroundClockChange } from './clock-changes.ts';
import { type Distance, distancesOf, type Habit, isSteadily, leastDistances, usualOf } from './habit.ts';
import { dayMs, hourMs, minuteMs, weekMs } from './periods.ts';

/** A week that was seen twice: with less there is no week to hold against another. */
const leastHistoryMs = 2 * weekMs;
/**
 * One that comes steadily, once a day or more often, has shown in a whole week that it rests neither at night nor at
 * weekends: whoever does has a pause in it, and does not come steadily. A day more, for zones.
 */
const leastSteadyMs = 8 * dayMs;
const quickMs = dayMs + 2 * hourMs;
const mostPatienceMs = 2 * hourMs;
const weeks = [1, 2, 3, 4] as const;
/** Weeks agree within three hours, or half of the time that it took. */
const agreeWithinMs = 3 * hourMs;
const agreeWithinShare = 0.5;
/** The same moment a week ago is about when a sync started: what is looked for begins half a distance later. */
const mostPhaseMs = 12 * hourMs;
const zoneShiftsMs = [0, hourMs, -hourMs] as const;
/** Months, and with them quarters, are not all of one length. */
const monthlyFromMs = 27 * dayMs;
const monthsDifferMs = 3 * dayMs;
const monthMs = 30.44 * dayMs;
const leastMonths = 3;
/** Weeks say nothing of what comes more rarely than that. */
const mostComparedMs = 8 * dayMs;

export interface Pace {
  readonly usualMs: number;
  readonly isSteady: boolean;
  /** Where a month has too few distances: the newest starts with data, which tell the pauses as well. */
  readonly starts: readonly number[] | null;
}

/** @param data starts with data, the newest ones: they stand in where the habit has too few. */
export function paceOf(habit: Habit | null, data: readonly number[]): Pace | null {
  if (habit && habit.usualMs !== null)
    return { usualMs: habit.usualMs, isSteady: habit.isSteady, starts: null };
  const newest = distancesOf(data).slice(-leastDistances);
  const usualMs = usualOf(newest);
  if (usualMs === null) return null;
  return { usualMs, isSteady: isSteadily(newest, usualMs) || isByTheMonth(newest, usualMs), starts: data };
}

/** A month that was left out, for a pause say, would make a monthly one unsteady for a year. */
function isByTheMonth(distances: readonly Distance[], usualMs: number): boolean {
  if (usualMs < monthlyFromMs || distances.length < leastMonths) return false;
  return distances.every(({ from, to }) => {
    const months = Math.round((to - from) / monthMs);
    return Math.abs(to - from - months * monthMs) <= monthsDifferMs;
  });
}

export interface Expectation {
  /** When it is awaited. */
  readonly awaited: number;
  /** When it has to have started. */
  readonly by: number;
}

/**
 * @param from its newest start, or the end of its rest. @param freeAt when that sync ended: from then on another can start.
 * @returns null: nothing is expected.
 */
export function expectation(
  from: number,
  freeAt: number,
  pace: Pace,
  habit: Habit | null,
): Expectation | null {
  const patienceMs = Math.min(pace.usualMs, mostPatienceMs) + (habit?.longestMs ?? 0);
  if (pace.isSteady) {
    const awaited = from + pace.usualMs + (pace.usualMs >= monthlyFromMs ? monthsDifferMs : 0);
    return { awaited, by: Math.max(awaited, freeAt) + patienceMs };
  }
  if (!habit || pace.usualMs > mostComparedMs) return null;
  const afterMs = Math.max(
    ...zoneShiftsMs.map((shiftMs) => weeksAgree(cameInWeeks(from, shiftMs, pace, habit))),
  );
  if (afterMs === 0) return null;
  const awaited = from + afterMs;
  const shiftMs = isAroundClockChange(from) || isAroundClockChange(awaited) ? hourMs : 0;
  return { awaited, by: Math.max(awaited, freeAt) + shiftMs + patienceMs };
}

export interface Youth {
  /** Start of the oldest sync that tells of its rhythm. */
  readonly from: number;
  readonly neededMs: number;
}

/** @param until its newest start: what it rests is no history. @returns null: it was seen for long enough. */
export function missingHistory(until: number, pace: Pace | null, habit: Habit | null): Youth | null {
  const from = oldestOf(pace ?? { starts: null }, habit) ?? until;
  const neededMs = pace?.isSteady && pace.usualMs <= quickMs ? leastSteadyMs : leastHistoryMs;
  return until - from < neededMs ? { from, neededMs } : null;
}

/** Start of the oldest sync with data that it is made of. */
function oldestOf({ starts }: Pick<Pace, 'starts'>, habit: Habit | null): number | null {
  return (starts ? starts[0] : habit?.from) ?? null;
}

/**
 * How long it took in each of the weeks. Where clocks changed since then, the same moment of the week was an hour earlier
 * or later there: nobody knows the zone, so each way is tried, and the latest that the weeks agree on counts.
 */
function cameInWeeks(from: number, shiftMs: number, pace: Pace, habit: Habit): number[] {
  return weeks.flatMap((week) => {
    const moment = from - week * weekMs;
    return cameAfter(haveClocksChanged(moment, from) ? moment + shiftMs : moment, pace, habit) ?? [];
  });
}

/** How long after that moment data came; undefined where its history is not so old, or nothing had come by the habit's day. */
function cameAfter(moment: number, { usualMs, starts }: Pace, habit: Habit): number | undefined {
  const after = moment + Math.min(usualMs / 2, mostPhaseMs);
  if (moment < (oldestOf({ starts }, habit) ?? Number.POSITIVE_INFINITY)) return undefined;
  if (starts) {
    const next = starts.find((start) => start > after);
    return next === undefined ? undefined : next - moment;
  }
  const minute = after / minuteMs;
  const pause = habit.pauses.find(([from, to]) => from <= minute && (minute < to || from === to));
  if (pause && pause[0] === pause[1]) return undefined;
  return pause ? pause[1] * minuteMs - moment : usualMs;
}

/** @returns the latest of the weeks that agree, two at least; one odd week is forgiven. 0: they do not agree. */
function weeksAgree(afterMs: readonly number[]): number {
  const sorted = afterMs.toSorted((a, b) => a - b);
  const agreeing = [sorted, sorted.slice(1), sorted.slice(0, -1)].find((group) => {
    const [least = 0, most = 0] = [group[0], group.at(-1)];
    return group.length > 1 && most - least <= Math.max(agreeWithinMs, agreeWithinShare * least);
  });
  return agreeing?.at(-1) ?? 0;
}
