/** A page that was answered, as rows and as what the history is shown of them. */
import { isPlaced, type QuarantinedRow, readSyncRow, type SyncRow } from '../rows/sync-row.ts';
import type { Cursor, Page } from '../walk/page.ts';
import type { Answer } from './requester.ts';

/** How an answer was asked for; times in milliseconds. */
export interface Asked {
  readonly cursor: Cursor | null;
  readonly askedAt: number;
  readonly now: number;
  /** False: it was named by hand, and no list says whether there is such an integration. */
  readonly isListed: boolean;
}

/** A row that was read. */
export interface ReadRow {
  readonly row: SyncRow | QuarantinedRow;
  /** It lay in a stretch that was held to be whole before its page was read: it must not be new to the lake. */
  readonly isExpected: boolean;
}

export function readRows(
  integrationId: string,
  { results, links }: Extract<Answer, { kind: 'page' }>,
  { cursor, askedAt, now }: Asked,
): { readonly rows: readonly (SyncRow | QuarantinedRow)[]; readonly page: Page } {
  const rows = results.map((result) => readSyncRow(integrationId, result, now));
  const placed = rows.filter(isPlaced);
  const page = {
    cursor,
    at: askedAt,
    count: rows.length,
    starts: placed.map(({ start }) => start),
    open: placed.filter(({ final }) => !final).map(({ start }) => start),
    ...links,
  };
  return { rows, page };
}
