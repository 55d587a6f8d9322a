/** How the facts follow the lake, commit by commit. */

import type { StandingFacts } from './facts.ts';
import { habitMs } from './habit.ts';
import { dayNumber, startOfDay } from './periods.ts';
import { runDays } from './run-days.ts';
import { compareFacts, type SyncFact } from './sync-fact.ts';
import { trim } from './trim.ts';

/**
 * 1. What was added up can't be taken apart: where a sync below `recent` is new or has changed, all is stale.
 * 2. The rows of these days replace what `recent` holds of them. A row that was added up already is left out.
 * 3. A habit made of days in which something has changed is dropped, and made again at the end of the run; so is what
 *    was usual before runs that are over.
 * 4. What is more than the newest few is added up.
 *
 * Doing it again with the same rows changes nothing.
 *
 * @param rows of this integration in the days that were committed, as they stand there now: all of them.
 * @param changedStarts those of them that are new or have changed, in milliseconds.
 */
export function mergeRows(
  facts: StandingFacts,
  rows: readonly SyncFact[],
  changedStarts: readonly number[],
): StandingFacts {
  if (facts.stale) return facts;
  const { to } = facts.older;
  // Of several syncs of one millisecond some are added up: which of the rows those are can't be known.
  const isSplit = facts.recent.some(({ start }) => start === to) && rows.some(({ start }) => start === to);
  if (isSplit || (to !== null && changedStarts.some((start) => start <= to)))
    return { ...facts, stale: true };

  const days = new Set(rows.map(({ start }) => dayNumber(start)));
  const others = facts.recent.filter(({ start }) => !days.has(dayNumber(start)));
  const syncs = [...others, ...rows.filter(({ start }) => to === null || start > to)].sort(compareFacts);
  const merged = { ...facts, ...trim(syncs, facts.older, facts.refusedShare) };
  return { ...merged, ...withoutOutdated(merged, changedStarts) };
}

function withoutOutdated(
  facts: StandingFacts,
  changed: readonly number[],
): Pick<StandingFacts, 'habit' | 'before'> {
  const { habit, before } = facts;
  const needed = runDays(facts);
  const concerns = (day: string) => {
    const until = startOfDay(day);
    return changed.some((start) => start < until && start >= until - habitMs);
  };
  return {
    habit: habit && concerns(habit.day) ? null : habit,
    before: Object.fromEntries(Object.entries(before).filter(([day]) => needed.has(day) && !concerns(day))),
  };
}
