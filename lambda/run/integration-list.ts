/** The integrations of the workspace, as the list endpoint names them. */

import { type IntegrationRow, readIntegrationRow } from '../rows/integration-row.ts';
import type { QuarantinedRow } from '../rows/sync-row.ts';
import type { Cursor } from '../walk/page.ts';
import type { Requester } from './requester.ts';

export interface Listing {
  readonly rows: Map<string, IntegrationRow>;
  readonly quarantined: QuarantinedRow[];
  /** It was read to its end: what it does not name is not there. */
  whole: boolean;
  /** The cursor at which the last reading was refused. */
  refusedAt?: Cursor | null;
}

export const newListing = (): Listing => ({ rows: new Map(), quarantined: [], whole: false });

const path = '/cdi/integrations';
/** A list that names nothing new for so many pages is going in circles under ever new cursors. */
const maxIdlePages = 100;

/**
 * Adds to the listing what one reading of the list names. A cursor that is refused is the end of the list only
 * if a second reading is refused there too: integrations may have been removed meanwhile, and others skipped.
 * @throws as {@link Requester.request}
 */
export async function readList(requester: Requester, listing: Listing): Promise<void> {
  const visited = new Set<Cursor | null>();
  let cursor: Cursor | null = null;
  let idle = 0;
  listing.whole = false;
  while (!visited.has(cursor) && idle < maxIdlePages) {
    visited.add(cursor);
    const { answer } = await requester.request({ endpoint: 'list', path, cursor });
    if (answer.kind !== 'page') {
      listing.whole = listing.refusedAt === cursor;
      listing.refusedAt = cursor;
      return;
    }
    const known = listing.rows.size;
    for (const result of answer.results) {
      const row = readIntegrationRow(result);
      if ('line' in row) listing.rows.set(row.integrationId, row);
      else listing.quarantined.push(row);
    }
    idle = listing.rows.size > known ? 0 : idle + 1;
    listing.whole = answer.links.next === undefined || answer.results.length === 0;
    if (listing.whole || answer.links.next === undefined) return;
    cursor = answer.links.next;
  }
}
