/**
 * Rows that the lake must already have, since they lie in a stretch that was held to be whole. Where it has not had
 * one, it came late, or the lake has lost it, and its neighbours may be missing as well.
 */
import type { Instant } from '../rows/instant.ts';
import { cut, type History, isHeld } from '../walk/history.ts';
import type { Cursor, Page } from '../walk/page.ts';
import { sortingOf } from '../walk/sorting.ts';

export class ExpectedRows {
  readonly #history: History;
  /** By start, with the page that each was read on; since the last commit. */
  readonly #pages = new Map<Instant, { readonly cursor: Cursor | null; readonly oldest: Instant }>();

  constructor(history: History) {
    this.#history = history;
  }

  /** Whether the lake must have a sync of that start. A list in no order has no stretch that is known to be whole. */
  has(start: Instant): boolean {
    return this.#history.order !== 'unordered' && isHeld(this.#history, start);
  }

  /** Notes those of a page, before the walk takes it in. @param oldest undefined where the page tells no time. */
  note({ starts, cursor }: Page, oldest: Instant | undefined): void {
    if (oldest === undefined) return;
    const { sorted } = sortingOf(starts, this.#history.order);
    const page = { cursor, oldest };
    for (const start of sorted) if (this.has(start)) this.#pages.set(start, page);
  }

  /**
   * The lake has not had these rows of a day, and should have had them. They are counted; what lies below the page
   * that each stood on is to be read again, until a page brings no surprise. A row that strays from the order of its
   * page says nothing about its neighbours.
   * @param isDayLost none of the day's rows that were met stood in the lake: all of the day is to be read again.
   */
  cutLate(day: string, starts: readonly Instant[], isDayLost: boolean): void {
    const history = this.#history;
    history.lateRows += starts.length;
    const pages = starts.flatMap((start) => this.#pages.get(start) ?? []);
    for (const { cursor, oldest } of new Set(pages))
      cut(history, oldest, cursor, isDayLost ? day : undefined);
  }

  /** What was read is in the lake. */
  committed(): void {
    this.#pages.clear();
  }
}
