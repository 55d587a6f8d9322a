/** Over which time CloudWatch looks for runs. */
import { Duration } from 'aws-cdk-lib';
import { timeout } from '../exporter-function.ts';
import type { Schedule } from '../schedule/schedule.ts';

const day = 86_400;
const week = 7 * day;

export interface Watch {
  readonly period: Duration;
  readonly periods: number;
}

/**
 * How long one run can be awaited, in seconds. A long backfill takes the whole of the function's time, and runs
 * that begin beside it step aside without a word: on a short schedule silence is no sign before that.
 */
const turn = ({ longest }: Schedule): number => Math.max(longest, timeout.toSeconds());

/**
 * Three turns, or as many as fit: CloudWatch looks back a week, no period is longer than a day, and together they
 * are no longer than a day where they are shorter than an hour. Undefined where not even one turn fits.
 */
export function threeTurns(schedule: Schedule): Watch | undefined {
  const turns = Math.min(3, Math.floor(week / turn(schedule)));
  if (turns < 1) return undefined;
  const seconds = turns * turn(schedule);
  const period = oneTurn(schedule);
  return { period, periods: Math.ceil(seconds / period.toSeconds()) };
}

/** One turn, or a day where that is longer. */
export const oneTurn = (schedule: Schedule): Duration => Duration.seconds(Math.min(day, turn(schedule)));

/**
 * A day in which every turn has found the same. A period holds a run of each turn, wherever in it the run begins;
 * one more period than fills a day, since the first is rarely whole. Where turns are longer than half a day, two of
 * the days that CloudWatch looks back on must have it, and one where turns are so rare that there are not two.
 */
export function aDayOfTurns(schedule: Schedule): {
  /** In seconds. */
  readonly period: number;
  readonly periods: number;
  readonly ofThem: number;
} {
  const hour = 3_600;
  const period = Math.ceil(Math.max(6 * hour, 2 * turn(schedule)) / hour) * hour;
  if (period <= day) {
    const periods = Math.ceil(day / period) + 1;
    return { period, periods, ofThem: periods };
  }
  const daysApart = Math.ceil(turn(schedule) / day);
  return { period: day, periods: 7, ofThem: daysApart <= 3 ? 2 : 1 };
}
