/** Whether a sync that was to start has not: by what Braze has promised, else by habit. */
import { type Expectation, expectation, type Pace } from './expectation.ts';
import { isRunning, newestOf, type StandingFacts } from './facts.ts';
import { isBelieved } from './promise.ts';

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
  const { facts, pace, isActive, asOf } = input;
  const isPromised = isBelieved(facts.promise) && (facts.promise.pending ?? input.nextScheduledRun) !== null;
  const expected = isPromised ? promised(input) : isActive && pace ? byHabit(facts, pace) : null;
  if (!expected) return null;
  return {
    ...expected,
    judgedBy: isPromised ? 'schedule' : 'habit',
    // One at a time: while a sync is running, no other can start.
    late: asOf > expected.by && !isRunning(facts),
  };
}

function promised({ facts, nextScheduledRun, graceMs }: LatenessInput): Expectation | null {
  const awaited = facts.promise.pending ?? nextScheduledRun;
  if (awaited === null) return null;
  const newest = newestOf(facts);
  // The sync before it was still running: from its end on the next one could start.
  const free = Math.max(awaited, newest?.finish ?? awaited);
  return { awaited, by: free + graceMs };
}

function byHabit(facts: StandingFacts, pace: Pace): Expectation | null {
  const newest = newestOf(facts);
  if (!newest) return null;
  const from = Math.max(newest.start, facts.promise.rest?.until ?? newest.start);
  return expectation(from, newest.finish ?? newest.start, pace, facts.habit);
}
