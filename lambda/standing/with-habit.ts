/** The habit is made once a UTC day, at the end of a run, from the days before it. */

import type { StandingFacts } from './facts.ts';
import { habitMs, habitOf } from './habit.ts';
import { startOfDay } from './periods.ts';
import { runDays } from './run-days.ts';
import { type RunHabit, runHabitMs, runHabitOf } from './run-habit.ts';
import type { SyncFact } from './sync-fact.ts';

/** Whether the lake has to be read for it. @param day the UTC day of the clock. */
export function isHabitDue({ stale, habit }: StandingFacts, day: string): boolean {
  return !stale && habit?.day !== day;
}

/**
 * 1. The habit of the day.
 * 2. Of each run that is under way, what was usual before it began: made from the same rows where they reach back far
 *    enough, else as it was kept.
 * 3. Where neither is there, all is stale: a run began while nobody looked, and only the lake knows what was usual.
 *
 * @param day the UTC day of the clock. @param rows all of the 36 days before it, in order.
 */
export function withHabit(facts: StandingFacts, day: string, rows: readonly SyncFact[]): StandingFacts {
  const habit = habitOf(day, rows);
  const kept: Record<string, RunHabit> = {};
  let isMissing = false;
  for (const since of runDays(facts)) {
    if (since === day) continue;
    const reaches = startOfDay(since) - runHabitMs >= startOfDay(day) - habitMs;
    const before = reaches && since < day ? runHabitOf(since, rows) : facts.before[since];
    if (before) kept[since] = before;
    else isMissing = true;
  }
  return { ...facts, habit, before: kept, stale: facts.stale || isMissing };
}
