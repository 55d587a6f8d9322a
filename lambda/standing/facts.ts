/** What is kept of an integration between runs to say how it stands: small and bounded, exact all the same. */
import type { Habit } from './habit.ts';
import type { OpenIncident, OutboxEntry } from './incident.ts';
import { isOver } from './outcome.ts';
import { newPromise, type PromiseFacts } from './promise.ts';
import type { RunHabit } from './run-habit.ts';
import { defaultSettings } from './settings.ts';
import { newSummary, type Summary, summaryOf } from './summary.ts';
import type { SyncFact } from './sync-fact.ts';

export interface StandingFacts {
  /** The share that `older` was made with: with another all must be made again. */
  readonly refusedShare: number;
  /** A sync below `recent` is new or has changed: all must be made again from the lake. */
  readonly stale: boolean;
  /** The newest syncs as they stand in the lake, oldest first. */
  readonly recent: readonly SyncFact[];
  /** What everything below them adds up to. */
  readonly older: Summary;
  /** Null: never made, or a sync has changed that it was made of. */
  readonly habit: Habit | null;
  /** What was usual before the runs that are under way began, by the UTC day of their start. */
  readonly before: Readonly<Record<string, RunHabit>>;
  /** Not from the lake: what the list has promised. */
  readonly promise: PromiseFacts;
  /** Not from the lake: since when each look at its syncs has failed; null: the last one has not. */
  readonly unreadableSince: number | null;
  readonly open: readonly OpenIncident[];
  readonly outbox: readonly OutboxEntry[];
}

export const newStandingFacts = (refusedShare = defaultSettings.refusedShare): StandingFacts => ({
  refusedShare,
  stale: false,
  recent: [],
  older: newSummary(),
  habit: null,
  before: {},
  promise: newPromise(),
  unreadableSince: null,
  open: [],
  outbox: [],
});

export const newestOf = ({ recent }: Pick<StandingFacts, 'recent'>): SyncFact | undefined => recent.at(-1);

/** The newest sync has not ended; all others have. */
export function isRunning(facts: Pick<StandingFacts, 'recent'>): boolean {
  const newest = newestOf(facts);
  return newest !== undefined && !isOver(newest);
}

/** The newest sync that is over; undefined: there is none, or it is older than what is kept as it stands. */
export function newestOver(facts: Pick<StandingFacts, 'recent'>): SyncFact | undefined {
  return facts.recent.at(isRunning(facts) ? -2 : -1);
}

/** What all syncs that are over add up to. */
export function summaryOfAll(facts: Pick<StandingFacts, 'recent' | 'older' | 'refusedShare'>): Summary {
  const over = isRunning(facts) ? facts.recent.slice(0, -1) : facts.recent;
  return summaryOf(over, facts.refusedShare, facts.older);
}
