/** On which days the runs began that are held against what was usual before them. */
import type { StandingFacts } from './facts.ts';
import { summaryOfAll } from './facts.ts';
import { dayAt } from './periods.ts';
import type { RunHabit } from './run-habit.ts';
import type { Run } from './runs.ts';

export function runDays(facts: Pick<StandingFacts, 'recent' | 'older' | 'refusedShare'>): Set<string> {
  const { empty, standing, ahead } = summaryOfAll(facts).runs;
  return new Set([empty, standing, ahead].flatMap((run) => (run ? [dayAt(run.since)] : [])));
}

/** What was usual in the 28 days before the day on which the run began; undefined: that is not known. */
export function usualBefore({ before, habit }: StandingFacts, { since }: Run): RunHabit | undefined {
  const day = dayAt(since);
  return before[day] ?? (habit?.day === day ? habit.runs : undefined);
}
