/**
 * Two rows of one sync that can't be one observation lie side by side in a sorted list: on one page, or one at the
 * end of a page and the other at the beginning of the next. There, too, they are two rows of the source, and not one
 * row that has changed; what becomes of them must not hang on where the pages were cut.
 *
 * So the first and the last row of an integration's last page are remembered.
 */
import { areTwo, doubleReason, quarantinedAs, rowThatStands } from '../rows/same-sync.ts';
import type { QuarantinedRow, SyncRow } from '../rows/sync-row.ts';

interface Edges {
  readonly first: SyncRow;
  readonly last: SyncRow;
}

export class PageEdges {
  readonly #byIntegration = new Map<string, Edges>();

  /** @param rows of a page, in its order. @returns what one of its rows has shown to be a second row of its sync. */
  meet(rows: readonly SyncRow[]): QuarantinedRow[] {
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return [];
    const before = this.#byIntegration.get(first.integrationId);
    this.#byIntegration.set(first.integrationId, { first, last });
    // A page of one row, read again, is no page beside itself.
    if (!before || (before.first === before.last && first === last)) return [];
    const seams = [
      [before.last, first],
      [before.first, last],
    ] as const;
    return seams
      .filter(([one, other]) => areTwo(one, other))
      .map(([one, other]) => quarantinedAs(doubleReason, rowThatStands(one, other) === one ? other : one));
  }
}
