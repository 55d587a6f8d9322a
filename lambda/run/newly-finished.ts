/** Which rows tell of a sync that has finished since the run before: not those of a backfill. */
import { type Instant, instantOf } from '../rows/instant.ts';
import type { SyncRow } from '../rows/sync-row.ts';
import type { StandingFacts } from '../standing/facts.ts';
import type { History } from '../walk/history.ts';

/** Somebody who has not listened for so long has missed some, and finds them in the lake. */
const mostWaiting = 200;

export class NewlyFinished {
  readonly #isFirstRun: boolean;
  /** Null: it has had none. */
  readonly #newest: Instant | null;
  readonly #open: ReadonlySet<Instant>;

  /** @param history and the facts, as the run before has left them: a history may begin anew. */
  constructor({ headAt, stretches, opens }: History, { recent }: Pick<StandingFacts, 'recent'>) {
    this.#isFirstRun = headAt === null;
    const newest = recent.at(-1)?.start;
    this.#newest = stretches[0]?.newest ?? (newest === undefined ? null : instantOf(newest));
    this.#open = new Set(opens.map(({ start }) => start));
  }

  /**
   * Whoever was told stays told, since the record says so that knows of the sync: one that was read before in vain,
   * by a run that was killed, is news here although the lake has it.
   * @param waiting starts of those that nobody could be told of yet. @param rows all of a day.
   */
  join(waiting: readonly Instant[], rows: readonly Pick<SyncRow, 'start' | 'final'>[]): readonly Instant[] {
    if (this.#isFirstRun) return waiting;
    const finished = rows.filter(
      ({ final, start }) => final && (this.#newest === null || start > this.#newest || this.#open.has(start)),
    );
    return [...new Set([...waiting, ...finished.map(({ start }) => start)])].slice(-mostWaiting);
  }
}
