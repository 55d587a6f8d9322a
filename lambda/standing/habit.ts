/** What is usual for an integration, by the syncs of the 36 days before a UTC day. */
import type { RunHabit } from './run-habit.ts';

export interface Habit {
  /** The UTC day before which it looks, `YYYY-MM-DD`. */
  readonly day: string;
  /** Start of the oldest sync with data that it knows, in milliseconds; null: there is none. */
  readonly from: number | null;
  /** Median distance of 28 days between starts with data; null where there are fewer than 13. */
  readonly usualMs: number | null;
  /** Of the time, how much lies in distances above one and a half times the usual. */
  readonly pausedShare: number;
  /** These distances, where they count: first and last minute of each, in minutes since the epoch. */
  readonly pauses: readonly (readonly [from: number, to: number])[];
  readonly longestMs: number | null;
  readonly p95Ms: number | null;
  readonly runs: RunHabit;
}
