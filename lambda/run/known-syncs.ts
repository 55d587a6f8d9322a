/**
 * Which rows of the lake an integration's record could not know of when the run began. Mostly this run has written them;
 * but it may have been one that was killed, or lost its lease, after its days and before its records: joining those
 * rows again changes nothing in the lake, and they are news to the record all the same.
 */
import type { Instant } from '../rows/instant.ts';
import type { SyncRow } from '../rows/sync-row.ts';
import type { History } from '../walk/history.ts';

export class KnownSyncs {
  readonly #held: readonly { readonly newest: Instant; readonly oldest: Instant }[];
  readonly #open: ReadonlySet<Instant>;
  /** Was news to this run already. */
  readonly #met = new Set<Instant>();

  /** @param history as the run before has left it. */
  constructor({ stretches, opens }: Pick<History, 'stretches' | 'opens'>) {
    this.#held = stretches.map(({ newest, oldest }) => ({ newest, oldest }));
    this.#open = new Set(opens.map(({ start }) => start));
  }

  /** @param rows all of a day. @param changed those that are not as they were in the lake. @returns starts of what is news. */
  newsOf(rows: readonly Pick<SyncRow, 'start' | 'final'>[], changed: ReadonlySet<Instant>): Set<Instant> {
    const news = new Set(changed);
    for (const { start, final } of rows) {
      if (this.#met.has(start) || !(this.#isUnknown(start) || (final && this.#open.has(start)))) continue;
      this.#met.add(start);
      news.add(start);
    }
    return news;
  }

  #isUnknown(start: Instant): boolean {
    return !this.#held.some(({ newest, oldest }) => start >= oldest && start <= newest);
  }
}
