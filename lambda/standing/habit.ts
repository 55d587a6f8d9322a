/** What is usual for an integration, by the syncs of the 36 days before a UTC day. */
import { isData } from './outcome.ts';
import { dayMs, minuteMs, startOfDay, weekMs } from './periods.ts';
import { nearestRank } from './ranks.ts';
import { type RunHabit, runHabitOf } from './run-habit.ts';
import type { SyncFact } from './sync-fact.ts';

/** Four weeks, the week before the first of them, and a day for what began and had not ended. */
export const habitMs = 36 * dayMs;
const usualOverMs = 4 * weekMs;
const pausesOverMs = 5 * weekMs;
/** With fewer distances a month says less than the newest ones do. */
export const leastDistances = 13;
/** A distance above so many usual ones is a pause. */
const pauseFactor = 1.5;
/** Up to this share of time in pauses it comes steadily: weekdays have 0.43, bursts 0.99. */
const steadyShare = 0.1;
const mostPauses = 100;
/** Recent durations: of so many newest syncs. One that hung must not excuse all others for a month. */
const recentSyncs = 21;

/** From start to start in minutes since the epoch, oldest first. One that had not ended on the habit's day has no length. */
export type Pauses = readonly (readonly [from: number, to: number])[];

export interface Habit {
  /** The UTC day before which it looks, `YYYY-MM-DD`. */
  readonly day: string;
  /** Start of the oldest sync with data that it knows, in milliseconds; null: there is none. */
  readonly from: number | null;
  /** Median distance of 28 days between starts with data; null where there are fewer than 13. */
  readonly usualMs: number | null;
  /** Data comes steadily, as far as these 28 days tell. */
  readonly isSteady: boolean;
  /** The longest of the distances that are pauses. None of a steady one: nobody asks for them. */
  readonly pauses: Pauses;
  /** Of the newest syncs that have ended with data. */
  readonly longestMs: number | null;
  /** 95th percentile of 28 days. */
  readonly p95Ms: number | null;
  readonly runs: RunHabit;
}

/** @param syncs in order; among them all of the 36 days before the day. */
export function habitOf(day: string, syncs: readonly SyncFact[]): Habit {
  const until = startOfDay(day);
  const data = syncs.filter((sync) => isData(sync) && sync.start >= until - habitMs && sync.start < until);
  const starts = data.map(({ start }) => start);
  const month = distancesOf(starts).filter(({ to }) => to >= until - usualOverMs);
  const usualMs = month.length < leastDistances ? null : usualOf(month);
  const isSteady = usualMs === null || isSteadily(month, usualMs);
  const tookMs = data.flatMap(({ start, finish }) =>
    // One that had not come by the end of that day was seen by nobody.
    finish === null || finish > until + dayMs ? [] : [{ start, ms: finish - start }],
  );
  const recent = tookMs.slice(-recentSyncs).map(({ ms }) => ms);
  const lately = tookMs.filter(({ start }) => start >= until - usualOverMs).map(({ ms }) => ms);
  return {
    day,
    from: starts[0] ?? null,
    usualMs,
    isSteady,
    pauses: isSteady || usualMs === null ? [] : pausesOf(starts, usualMs, until),
    longestMs: recent.length === 0 ? null : Math.max(...recent),
    p95Ms: nearestRank(0.95, lately),
    runs: runHabitOf(day, syncs),
  };
}

export interface Distance {
  readonly from: number;
  readonly to: number;
}

/** Between starts, oldest first; two of one millisecond are no distance. */
export function distancesOf(starts: readonly number[]): Distance[] {
  return starts.flatMap((to, index) => {
    const from = starts[index - 1];
    return from === undefined || from === to ? [] : [{ from, to }];
  });
}

export const usualOf = (distances: readonly Distance[]): number | null =>
  nearestRank(
    0.5,
    distances.map(({ from, to }) => to - from),
  );

/** Weighted by time: a night without syncs is one distance of many, and half of the time. */
export function isSteadily(distances: readonly Distance[], usualMs: number): boolean {
  let allMs = 0;
  let pausedMs = 0;
  for (const { from, to } of distances) {
    allMs += to - from;
    if (to - from > pauseFactor * usualMs) pausedMs += to - from;
  }
  return pausedMs <= steadyShare * allMs;
}

function pausesOf(starts: readonly number[], usualMs: number, until: number): Pauses {
  const isPause = ({ from, to }: Distance) => to - from > pauseFactor * usualMs;
  const ended = distancesOf(starts)
    .filter((each) => each.to >= until - pausesOverMs && isPause(each))
    // Of those of one length the oldest stay first: a sort keeps the order of what is equal.
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, mostPauses)
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to }) => [Math.floor(from / minuteMs), Math.ceil(to / minuteMs)] as const);
  const last = starts.at(-1) ?? until;
  const began = Math.floor(last / minuteMs);
  return isPause({ from: last, to: until }) ? [...ended, [began, began]] : ended;
}
