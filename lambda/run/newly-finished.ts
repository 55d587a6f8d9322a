/** Which rows tell of a sync that has finished since the run before: not those of a backfill. */
import { type Instant, millisecondsOf } from '../rows/instant.ts';
import { isSameSync, secondOf } from '../rows/same-sync.ts';
import type { SyncRow } from '../rows/sync-row.ts';
import type { StandingFacts } from '../standing/facts.ts';
import type { History } from '../walk/history.ts';

/** Somebody who has not listened for so long has missed some, and finds them in the lake. */
const mostWaiting = 200;

export class NewlyFinished {
  readonly #isFirstRun: boolean;
  /** Null: its history has none, or begins anew. */
  readonly #newest: Instant | null;
  /** The newest that was read, in milliseconds; `-Infinity`: none was. */
  readonly #newestRead: number;
  readonly #isUnordered: boolean;
  /** By second. */
  readonly #open: ReadonlyMap<string, readonly Instant[]>;

  /** @param history and the facts, as the run before has left them: a history may begin anew. */
  constructor({ headAt, order, stretches, opens }: History, { recent }: Pick<StandingFacts, 'recent'>) {
    this.#isFirstRun = headAt === null;
    this.#newest = stretches[0]?.newest ?? null;
    this.#newestRead = recent.at(-1)?.start ?? Number.NEGATIVE_INFINITY;
    this.#isUnordered = order === 'unordered';
    this.#open = Map.groupBy(
      opens.map(({ start }) => start),
      secondOf,
    );
  }

  /**
   * Whoever was told stays told, since the record says so that knows of the sync: one that was read before in vain,
   * by a run that was killed, is news here although the lake has it.
   * @param waiting starts of those that nobody could be told of yet. @param rows all of a day. @param changed starts of
   * those that are not as they were in the lake.
   */
  join(
    waiting: readonly Instant[],
    rows: readonly Pick<SyncRow, 'start' | 'final'>[],
    changed: ReadonlySet<Instant>,
  ): readonly Instant[] {
    if (this.#isFirstRun) return waiting;
    const finished = rows.filter(
      ({ final, start }) => final && (this.#wasOpen(start) || this.#isNew(start, changed.has(start))),
    );
    return [...new Set([...waiting, ...finished.map(({ start }) => start)])].slice(-mostWaiting);
  }

  /** It may have ended with a start that is spelled with fewer digits, or with more. */
  #wasOpen(start: Instant): boolean {
    return this.#open.get(secondOf(start))?.some((open) => isSameSync(open, start)) === true;
  }

  /** What a list in no order is known to hold lags behind what was read of it, by a day and more. */
  #isNew(start: Instant, isChanged: boolean): boolean {
    const isRead = millisecondsOf(start) <= this.#newestRead;
    if (this.#newest === null) return !isRead;
    if (start <= this.#newest) return false;
    return !this.#isUnordered || isChanged || !isRead;
  }
}
