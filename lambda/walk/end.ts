/** The end of a list: what states it, what only looks like it, and what becomes of the stretch above it. */
import { isUpTo } from './contact.ts';
import { confirms, doubts, withdraw } from './doubt.ts';
import { gapsBelow, type Stretch } from './history.ts';
import { type Page, pageSize } from './page.ts';
import type { Walk } from './walk.ts';

/**
 * Whether a page says by itself that there is none on the way to older rows: a page that was reached by a link has
 * one back and none on, and a list of fewer than ten rows needs no link. Oldest first, the first page is the end
 * by itself. Whatever else has no way on (no header at all, above all) may have lost it, and is asked again.
 */
export function statesEnd(walk: Walk, page: Page): boolean {
  if (walk.older(page) !== undefined) return false;
  if (walk.history.order === 'oldest_first') return page.cursor === null || page.next !== undefined;
  return page.cursor === null ? page.count < pageSize : page.prev !== undefined;
}

/**
 * The list was seen to end below the page, or where a link led to nothing.
 *
 * 1. Where nothing is known below, that is its end.
 * 2. Where the stretch is closed already, it is nothing new: older rows have left the list.
 * 3. Where a gap lies below what the list still shows, its rows are lost. That is a doubt until it is confirmed.
 */
export function endBelow(walk: Walk, stretch: Stretch, page: Page): void {
  const { history } = walk;
  const range = walk.range(page);
  const isLast = history.stretches.at(-1) === stretch;
  if (isLast && stretch.closed) return;
  if (isLast && (!range || isUpTo(range.oldest, stretch.oldest))) {
    stretch.closed = true;
    stretch.deadEnd = walk.older(page) !== undefined;
    withdraw(history, 'cut_short');
    return;
  }
  if (!confirms(walk, 'cut_short', page.at)) {
    walk.giveUp(stretch, doubts.cut_short);
    return;
  }
  history.lostGaps += gapsBelow(history, stretch);
  history.stretches.splice(history.stretches.indexOf(stretch) + 1);
  stretch.closed = true;
  stretch.deadEnd = walk.older(page) !== undefined;
}
