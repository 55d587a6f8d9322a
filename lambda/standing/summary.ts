/** What syncs add up to, one after the other from the oldest on. */
import { hasRows, isData, isRefusing, isSuccess } from './outcome.ts';
import { dayMs } from './periods.ts';
import { newRuns, type Runs, runsWith } from './runs.ts';
import type { SyncFact } from './sync-fact.ts';

/** So many starts with data give the thirteen distances that stand in where a month has fewer. */
export const keptStarts = 14;

/** Braze shows refused rows for 30 days: what was refused before is forgotten. */
const refusedKeptMs = 35 * dayMs;

/** A trouble that syncs began, and no sync has ended. */
export interface Fault {
  /** Start of the sync that began it. */
  readonly since: number;
  /** Successes without rows in a row: the second ends it. */
  readonly quiet: number;
}

export interface Summary {
  /** Start of the newest sync that is in it; null: none is. */
  readonly to: number | null;
  /** Starts of the newest syncs with data, oldest first. */
  readonly data: readonly number[];
  readonly lastSuccess: number | null;
  /** Syncs since then that are over without a success, and the start of the first. */
  readonly streak: { readonly count: number; readonly since: number } | null;
  readonly failed: Fault | null;
  readonly refused: Fault | null;
  /** When the newest sync ended in which rows were refused. */
  readonly lastRefused: number | null;
  readonly runs: Runs;
}

export const newSummary = (): Summary => ({
  to: null,
  data: [],
  lastSuccess: null,
  streak: null,
  failed: null,
  refused: null,
  lastRefused: null,
  runs: newRuns(),
});

/** Adds a sync that is over, and newer than all that were added before. */
export function summaryWith(summary: Summary, sync: SyncFact, refusedShare: number): Summary {
  const { start } = sync;
  const success = isSuccess(sync, refusedShare);
  const refusing = isRefusing(sync, refusedShare);
  const { streak } = summary;
  return {
    to: start,
    data: isData(sync) ? [...summary.data, start].slice(-keptStarts) : summary.data,
    lastSuccess: success ? start : summary.lastSuccess,
    streak: success ? null : { count: (streak?.count ?? 0) + 1, since: streak?.since ?? start },
    failed: faultAfter(summary.failed, start, {
      begins: !isData(sync),
      ends: isData(sync) && hasRows(sync),
      isQuiet: success,
    }),
    refused: faultAfter(summary.refused, start, {
      begins: refusing,
      ends: success && hasRows(sync),
      isQuiet: success,
    }),
    lastRefused: refusedAfter(summary.lastRefused, sync),
    runs: isData(sync) ? runsWith(summary.runs, sync) : summary.runs,
  };
}

export function summaryOf(syncs: readonly SyncFact[], refusedShare: number, from = newSummary()): Summary {
  return syncs.reduce((summary, sync) => summaryWith(summary, sync, refusedShare), from);
}

/**
 * A trouble ends with the first sync that brings rows, or with two successes in a row without any: one such success
 * between two errors says nothing, and a flapping integration is in one trouble, not in many.
 */
function faultAfter(
  fault: Fault | null,
  start: number,
  { begins, ends, isQuiet }: { begins: boolean; ends: boolean; isQuiet: boolean },
): Fault | null {
  if (begins) return { since: fault?.since ?? start, quiet: 0 };
  if (!fault || ends) return null;
  if (!isQuiet) return { ...fault, quiet: 0 };
  return fault.quiet === 0 ? { ...fault, quiet: 1 } : null;
}

function refusedAfter(last: number | null, { start, finish, rowsFailed }: SyncFact): number | null {
  if (rowsFailed !== null && rowsFailed > 0n) return Math.min(finish ?? start, start + dayMs);
  return last !== null && start - last > refusedKeptMs ? null : last;
}
