/** The facts made again from the lake, day by day from the newest back until nothing older can change them. */
import type { StandingFacts } from './facts.ts';
import { newStandingFacts } from './facts.ts';
import { habitMs, habitOf } from './habit.ts';
import { startOfDay } from './periods.ts';
import { runDays } from './run-days.ts';
import { type RunHabit, runHabitMs, runHabitOf } from './run-habit.ts';
import { newRuns, type Run } from './runs.ts';
import { type Fault, keptStarts, newSummary, type Summary, summaryOf } from './summary.ts';
import { compareFacts, type SyncFact } from './sync-fact.ts';
import { trim } from './trim.ts';

/** Days are read back so far and no further: what was before, the facts that were kept until now may know. */
export const mostDays = 400;
/** Whether it is settled is looked at again when so much more has been read. */
const growth = 1.25;

export class FactsRebuild {
  readonly #day: string;
  readonly #refusedShare: number;
  readonly #kept: StandingFacts | undefined;
  #rows: SyncFact[] = [];
  /** Where the oldest day that was taken begins. */
  #readFrom = Number.POSITIVE_INFINITY;
  #nextLookMs = 0;
  #isSettled = false;

  /** @param day the UTC day of the clock. @param kept what the lake does not know is taken over from there. */
  constructor(day: string, refusedShare: number, kept?: StandingFacts) {
    this.#day = day;
    this.#refusedShare = refusedShare;
    this.#kept = kept;
  }

  /** @param day every day once, from the newest that the lake has; days without rows may be left out. */
  take(day: string, rows: readonly SyncFact[]): void {
    this.#rows.push(...rows.toSorted((a, b) => compareFacts(b, a)));
    this.#readFrom = startOfDay(day);
  }

  /** Nothing older can change what was found. */
  get isSettled(): boolean {
    const readMs = startOfDay(this.#day) - this.#readFrom;
    if (this.#isSettled || readMs < this.#nextLookMs) return this.#isSettled;
    this.#nextLookMs = readMs * growth;
    this.#isSettled = this.#lookWhetherSettled();
    return this.#isSettled;
  }

  /** @param isCut there are older days that were not read. */
  finish(isCut = false): StandingFacts {
    const syncs = this.#rows.toReversed();
    const { recent, older } = isCut ? this.#beforeTheCut(syncs) : newStandingFacts();
    const facts = { ...this.#base, ...trim([...recent, ...syncs], older, this.#refusedShare) };
    const before: Record<string, RunHabit> = {};
    for (const since of runDays(facts)) {
      if (since === this.#day) continue;
      // What was usual before a run is not made of days that were not read.
      const isRead = !isCut || this.#readFrom <= startOfDay(since) - runHabitMs;
      const kept = isRead ? undefined : this.#kept?.before[since];
      before[since] = kept ?? runHabitOf(since, syncs);
    }
    return { ...facts, habit: habitOf(this.#day, syncs), before };
  }

  get #base(): StandingFacts {
    const { promise, unreadableSince, open, outbox } = this.#kept ?? newStandingFacts();
    return { ...newStandingFacts(this.#refusedShare), promise, unreadableSince, open, outbox };
  }

  /**
   * What the kept facts say of the time before what was read. Where their sums reach into that, they can't be taken
   * apart: then only what began before counts. A streak or a run that goes on from there is shorter by the syncs that
   * were read again, which are added anew.
   */
  #beforeTheCut(syncs: readonly SyncFact[]): Pick<StandingFacts, 'recent' | 'older'> {
    const kept = this.#kept ?? newStandingFacts();
    const isBefore = (start: number | null | undefined) =>
      (start ?? Number.POSITIVE_INFINITY) < this.#readFrom;
    const { older } = kept;
    if (older.to === null || isBefore(older.to))
      return { recent: kept.recent.filter(({ start }) => isBefore(start)), older };
    const { to, data, lastSuccess, streak, failed, refused } = older;
    const again = syncs.filter(({ start }) => start <= to).length;
    const fault = (one: Fault | null) => (isBefore(one?.since) ? one : null);
    const goingOn = <R extends Run>(one: R | null) =>
      one && isBefore(one.since) ? { ...one, count: Math.max(1, one.count - again) } : null;
    const standing = goingOn(older.runs.standing);
    const known: Summary = {
      ...newSummary(),
      data: data.filter(isBefore),
      lastSuccess: isBefore(lastSuccess) ? lastSuccess : null,
      streak: goingOn(streak),
      failed: fault(failed),
      refused: fault(refused),
      runs: {
        ...newRuns(),
        empty: goingOn(older.runs.empty),
        standing,
        watermark: standing && { at: standing.at, start: this.#readFrom - 1 },
      },
    };
    const last = Math.max(...known.data, known.lastSuccess ?? 0, known.streak?.since ?? 0);
    return { recent: [], older: { ...known, to: last > 0 ? last : null } };
  }

  /** Whatever happened before the oldest row, the sum is the same: nothing at all, or all that can go wrong. */
  #lookWhetherSettled(): boolean {
    const readFrom = this.#readFrom;
    const oldest = this.#rows.at(-1);
    if (!oldest || readFrom > startOfDay(this.#day) - habitMs) return false;
    const { recent, older } = this.finish();
    const added = this.#rows.slice(recent.length).toReversed();
    const afterTrouble = summaryOf(added, this.#refusedShare, troubled(oldest.start));
    if (!isSame(older, afterTrouble)) return false;
    const days = runDays({ recent, older, refusedShare: this.#refusedShare });
    return [...days].every((since) => readFrom <= startOfDay(since) - runHabitMs);
  }
}

/** A past in which everything was wrong, until a moment before. */
function troubled(until: number): Summary {
  const fault = { since: 0, quiet: 0 };
  const run = { since: 0, count: 1000 };
  return {
    to: 0,
    data: Array.from({ length: keptStarts }, () => 0),
    lastSuccess: 0,
    streak: { count: 1000, since: 0 },
    failed: fault,
    refused: fault,
    lastRefused: until,
    runs: {
      watermark: { at: Number.MAX_SAFE_INTEGER, start: until },
      empty: run,
      standing: { ...run, at: Number.MAX_SAFE_INTEGER },
      ahead: { ...run, byMs: Number.MAX_SAFE_INTEGER, stood: 1000, moved: 0 },
      whole: { ...run, rows: -1n },
      boundary: { ...run, last: until },
      nearLimit: { ...run, firstMs: 0, newestMs: 0 },
    },
  };
}

function isSame(a: Summary, b: Summary): boolean {
  const text = (summary: Summary) =>
    JSON.stringify(summary, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return text(a) === text(b);
}
