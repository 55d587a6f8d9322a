/** Whether a sync that was to start has not: by what Braze has promised, else by habit. */
import { type Expectation, expectation, missingHistory, type Pace, type Youth } from './expectation.ts';
import { isRunning, newestOf, type StandingFacts } from './facts.ts';
import { isPast, trustIn } from './promise.ts';
import { seenEndOf } from './runs.ts';

export interface Lateness {
  readonly judgedBy: 'schedule' | 'habit';
  readonly late: boolean;
  /** When it was due or awaited. */
  readonly awaited: number;
  /** When it has to have started, with grace or patience. */
  readonly by: number;
}

export interface LatenessInput {
  readonly facts: StandingFacts;
  readonly pace: Pace | null;
  readonly nextScheduledRun: number | null;
  /** Its word in the list is `active`. */
  readonly isActive: boolean;
  readonly graceMs: number;
  readonly asOf: number;
}

/** @returns null: nothing is expected. */
export function latenessOf(input: LatenessInput): Lateness | null {
  const { facts, asOf } = input;
  const found = expected(input);
  // One at a time: while a sync is running, no other can start.
  return found && { ...found, late: asOf > found.by && !isRunning(facts) };
}

/**
 * A promise counts, whatever the habit. Where one was broken lately, both have to say so: a promise that
 * takes no notice of weekends would call each of them late. Where most of them are, habit decides.
 */
function expected(input: LatenessInput): Omit<Lateness, 'late'> | null {
  const { facts, pace, isActive, asOf } = input;
  const trust = trustIn(facts.promise, pace?.usualMs ?? null, asOf);
  const promise = trust === 'none' ? null : promised(input);
  if (promise && trust === 'full') return { ...promise, judgedBy: 'schedule' };
  if (promise && isActive && youthOf(facts, pace)) return null;
  const habit = isActive && pace ? byHabit(facts, pace, asOf) : null;
  if (promise) return { ...promise, by: Math.max(promise.by, habit?.by ?? promise.by), judgedBy: 'schedule' };
  return habit && { ...habit, judgedBy: 'habit' };
}

/** @returns null also where it was kept, and has stood there ever since: one that is not moved on promises nothing. */
function promised({ facts, nextScheduledRun, graceMs, asOf }: LatenessInput): Expectation | null {
  const awaited = facts.promise.pending ?? nextScheduledRun;
  if (awaited === null) return null;
  const newest = newestOf(facts);
  // The sync before it was still running: from its end on the next one could start.
  const by = Math.max(awaited, (newest && seenEndOf(newest, asOf)) ?? awaited) + graceMs;
  return asOf > by && !isRunning(facts) && isPast(awaited, facts) ? null : { awaited, by };
}

/** Since when it was seen, and for how long it has to be to know its rhythm; null: it was seen for long enough. */
export function youthOf(facts: StandingFacts, pace: Pace | null): Youth | null {
  const newest = newestOf(facts);
  return newest ? missingHistory(newest.start, pace, facts.habit) : null;
}

function byHabit(facts: StandingFacts, pace: Pace, asOf: number): Expectation | null {
  const newest = newestOf(facts);
  if (!newest || youthOf(facts, pace)) return null;
  const from = Math.max(newest.start, facts.promise.rest?.until ?? newest.start);
  return expectation(from, seenEndOf(newest, asOf) ?? newest.start, pace, facts.habit);
}
