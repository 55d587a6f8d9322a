/**
 * Whether answers come without their Link header, as through a proxy that takes it away: then only the newest page of
 * every list can be read, and each looks like the whole of it. One list of exactly ten rows looks the same.
 */
import type { History } from '../walk/history.ts';
import type { Page } from '../walk/page.ts';

/**
 * - `seen`: an answer had one.
 * - `none needed`: no answer was so long that it would have needed one.
 * - `none where one may be missing`: a first page is full and names no other.
 * - `none where one is missing`: and older rows are known than it shows.
 */
export type LinkEvidence =
  | 'seen'
  | 'none needed'
  | 'none where one may be missing'
  | 'none where one is missing';

/** The documented size of a page; a longer list has a Link header. */
const pageSize = 10;

/** @param page that was read just now. @param history before it is taken in. */
export function linkEvidence(before: LinkEvidence, page: Page, history: History): LinkEvidence {
  if (before === 'seen' || page.next !== undefined || page.prev !== undefined) return 'seen';
  if (page.cursor !== null || page.count < pageSize) return before;
  const oldest = history.stretches.at(-1)?.oldest;
  const showsAll = oldest === undefined || page.starts.some((start) => start <= oldest);
  return showsAll ? 'none where one may be missing' : 'none where one is missing';
}

/** Those whose Link header is missing: where no answer of the run had one, and more than one list would need it. */
export function withoutLinks<T extends { readonly links: LinkEvidence }>(integrations: readonly T[]): T[] {
  if (integrations.some(({ links }) => links === 'seen')) return [];
  const lacking = integrations.filter(({ links }) => links.startsWith('none where'));
  const isSure = lacking.length > 1 || lacking.some(({ links }) => links === 'none where one is missing');
  return isSure ? lacking : [];
}

export const linkMissing =
  'Its first page is full and names no other, and no answer of this run had a Link header. Does a proxy take it ' +
  'away? Only the newest ten syncs can be read.';
