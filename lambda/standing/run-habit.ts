/** How long it has gone before without rows or with the same watermark: what a run under way is held against. */
import { hasRows, isData } from './outcome.ts';
import { dayMs, startOfDay } from './periods.ts';
import { clocksDifferMs, endOf, newRuns, runsWith } from './runs.ts';
import type { SyncFact } from './sync-fact.ts';

/** It looks back so far from the day on which the run began, so that a run that lasts does not become the habit. */
export const runHabitMs = 28 * dayMs;

export interface RunHabit {
  /** From the oldest sync of it to its end, in whole days. */
  readonly days: number;
  /** Syncs whose rows were counted, those of them without any, and the most of these in a row. */
  readonly counted: number;
  readonly empty: number;
  readonly longestEmpty: number;
  /** Watermarks that could be compared with the one before, those that did not move on, the most of these in a row. */
  readonly compared: number;
  readonly stood: number;
  readonly longestStanding: number;
  /** Watermarks in all, how many lay ahead of their sync's finish, and how far at most, in milliseconds. */
  readonly watermarks: number;
  readonly ahead: number;
  readonly farthestMs: number;
}

export const runHabitNames = [
  'days',
  'counted',
  'empty',
  'longestEmpty',
  'compared',
  'stood',
  'longestStanding',
  'watermarks',
  'ahead',
  'farthestMs',
] as const satisfies readonly (keyof RunHabit)[];

/** @param syncs in order; among them all of the 28 days before the day. */
export function runHabitOf(day: string, syncs: readonly SyncFact[]): RunHabit {
  const until = startOfDay(day);
  const oldest = syncs.find(({ start }) => start >= until - runHabitMs && start < until);
  const found = {
    days: oldest ? Math.floor((until - oldest.start) / dayMs) : 0,
    counted: 0,
    empty: 0,
    longestEmpty: 0,
    compared: 0,
    stood: 0,
    longestStanding: 0,
    watermarks: 0,
    ahead: 0,
    farthestMs: 0,
  };
  let runs = newRuns();
  for (const sync of syncs) {
    if (sync.start < until - runHabitMs || sync.start >= until || !isData(sync)) continue;
    const { watermark, standing } = runs;
    runs = runsWith(runs, sync);
    if (hasRows(sync)) found.counted += 1;
    else if (sync.rowsSynced === 0n && sync.status === 'success') {
      found.counted += 1;
      found.empty += 1;
    }
    found.longestEmpty = Math.max(found.longestEmpty, runs.empty?.count ?? 0);
    found.longestStanding = Math.max(found.longestStanding, runs.standing?.count ?? 0);
    const { timestampSynced: at } = sync;
    if (at === null) continue;
    found.watermarks += 1;
    if (watermark) found.compared += 1;
    if (runs.standing && runs.standing.count > (standing?.count ?? 0)) found.stood += 1;
    const end = endOf(sync);
    if (end === null || at - end <= clocksDifferMs) continue;
    found.ahead += 1;
    found.farthestMs = Math.max(found.farthestMs, at - end);
  }
  return found;
}
