/** What syncs add up to, one after the other from the oldest on. */
import { newRuns, type Runs } from './runs.ts';

/** A trouble that syncs began, and no sync has ended. */
export interface Fault {
  /** Start of the sync that began it. */
  readonly since: number;
  /** Successes without rows since the last trouble: one more ends it. */
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
