/**
 * Whether answers come without their Link header, as through a proxy that takes it away: then only the newest page of
 * every list can be read, and each looks like the whole of it, as a list of exactly ten rows does.
 */
import { instantOf } from '../rows/instant.ts';
import type { History } from '../walk/history.ts';
import { type Page, pageSize } from '../walk/page.ts';

/**
 * - `seen`: an answer had one.
 * - `none needed`: no answer was so long that it would have needed one.
 * - `missing`: a first page is full and names no other, though older rows are known than it shows.
 */
export type LinkEvidence = 'seen' | 'none needed' | 'missing';

/** Braze keeps a sync for 12 months at least; one that is older may have left the list. */
const keptMs = 300 * 24 * 60 * 60 * 1000;

/** @param page that was read just now. @param history before it is taken in. */
export function linkEvidence(before: LinkEvidence, page: Page, history: History): LinkEvidence {
  if (before === 'seen' || page.next !== undefined || page.prev !== undefined) return 'seen';
  if (page.cursor !== null || page.count < pageSize) return before;
  const oldest = history.stretches.at(-1)?.oldest;
  const isKept = oldest !== undefined && oldest > instantOf(page.at - keptMs);
  const showsAll = !isKept || page.starts.some((start) => start <= oldest);
  return showsAll ? before : 'missing';
}

/** Those whose Link header is missing, where no answer of the run had one. */
export function withoutLinks<T extends { readonly links: LinkEvidence }>(integrations: readonly T[]): T[] {
  if (integrations.some(({ links }) => links === 'seen')) return [];
  return integrations.filter(({ links }) => links === 'missing');
}

export const linkMissing =
  'Its first page is full and names no other, and no answer of this run had a Link header. Does a proxy take it ' +
  'away? Only the newest ten syncs can be read.';
