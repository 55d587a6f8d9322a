/** Which rows tell of a sync that has finished since the run before: not those of a backfill. */
import type { Instant } from '../rows/instant.ts';
import type { SyncRow } from '../rows/sync-row.ts';
import type { History } from '../walk/history.ts';

/** Somebody who has not listened for so long has missed some, and finds them in the lake. */
const mostWaiting = 200;

export class NewlyFinished {
  readonly #isFirstRun: boolean;
  /** Null: it has had none. */
  readonly #newest: Instant | null;
  readonly #open: ReadonlySet<Instant>;

  /** @param history as the run before has left it. */
  constructor({ headAt, stretches, opens }: History) {
    this.#isFirstRun = headAt === null;
    this.#newest = stretches[0]?.newest ?? null;
    this.#open = new Set(opens.map(({ start }) => start));
  }

  /** @param waiting starts of those that nobody could be told of yet. @param changed starts of the rows that are not as they were. */
  join(
    waiting: readonly Instant[],
    rows: readonly SyncRow[],
    changed: ReadonlySet<Instant>,
  ): readonly Instant[] {
    if (this.#isFirstRun) return waiting;
    const finished = rows.filter(
      ({ final, start }) =>
        final &&
        changed.has(start) &&
        (this.#newest === null || start > this.#newest || this.#open.has(start)),
    );
    return [...new Set([...waiting, ...finished.map(({ start }) => start)])].slice(-mostWaiting);
  }
}
