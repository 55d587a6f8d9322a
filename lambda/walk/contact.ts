/**
 * How a page is joined to the stretches. Contact is a matter of time ranges, never of known rows: after a
 * crash the lake is ahead of the checkpoint, and that a row is known proves nothing about its neighbours.
 */
import type { Instant } from '../rows/instant.ts';
import { isSameSync } from '../rows/same-sync.ts';
import { withdraw } from './doubt.ts';
import type { Stretch } from './history.ts';
import type { Page, Range } from './page.ts';
import type { Walk } from './walk.ts';

/**
 * Joins the page to every stretch that its range touches; they become one, which is returned.
 * A page is one moment of a sorted list, so nothing is missing inside its range.
 *
 * @param below the page follows this stretch by a link that was just read: it joins on below it even where
 *   their ranges don't meet.
 */
export function join(walk: Walk, page: Page, below?: Stretch): Stretch | undefined {
  const range = walk.range(page);
  if (!range) return undefined;
  const { stretches } = walk.history;
  const touched = stretches.filter(
    (stretch) => stretch === below || touches(range, stretch) || isBetween(range, stretch, below),
  );
  const [top] = touched;
  const bottom = touched.at(-1);
  if (!top || !bottom) return undefined;

  const reaches = !isUpTo(bottom.oldest, range.oldest);
  if (reaches || opensAgain(walk, page, range, bottom)) {
    // Rows below what was held to be the end: it was none.
    top.oldest = range.oldest;
    top.closed = false;
    top.deadEnd = false;
    placeAt(walk, top, page);
    withdraw(walk.history, 'cut_short');
  } else {
    top.oldest = bottom.oldest;
    // The place of the lowest stretch is kept, since a run may have left it further down than this page. Only where it
    // is this very page, or the newest end (null), which is never further down, is the page taken as the place.
    if (bottom.place === page.cursor || bottom.place === null) {
      const rereads = bottom.place === page.cursor && bottom.refused;
      placeAt(walk, top, page);
      top.refused = rereads;
    } else if (top !== bottom) {
      takePlace(walk, top, bottom);
    }
    top.closed = bottom.closed;
    top.deadEnd = bottom.deadEnd;
  }
  if (range.newest > top.newest) top.newest = range.newest;
  const from = stretches.indexOf(top);
  stretches.splice(from + 1, stretches.indexOf(bottom) - from);
  return top;
}

/** The page leads from the stretch above past this one: its rows have left the list, and all that is left is read. */
function isBetween(range: Range, { newest, oldest }: Stretch, above: Stretch | undefined): boolean {
  return above !== undefined && newest < above.oldest && range.newest < oldest;
}

/** The last page of a closed stretch names an older one, where none was named when it was closed. */
function opensAgain(walk: Walk, page: Page, range: Range, bottom: Stretch): boolean {
  const isLast = bottom.closed && isSameSync(range.oldest, bottom.oldest);
  return isLast && !bottom.deadEnd && walk.older(page) !== undefined;
}

/** A page that touches nothing becomes a stretch of its own. */
export function addStretch(walk: Walk, page: Page, range: Range): Stretch {
  const stretch: Stretch = { ...range, place: null, closed: false, refused: false, deadEnd: false };
  placeAt(walk, stretch, page);
  const { stretches } = walk.history;
  const at = stretches.findIndex(({ newest }) => newest < range.newest);
  stretches.splice(at < 0 ? stretches.length : at, 0, stretch);
  // Rows below what was held to be the end: it was none.
  const above = stretches[stretches.indexOf(stretch) - 1];
  if (above) Object.assign(above, { closed: false, deadEnd: false });
  return stretch;
}

/** From here the way on down continues. */
export function placeAt(walk: Walk, stretch: Stretch, page: Page): void {
  stretch.place = page.cursor;
  stretch.refused = false;
  setLink(walk, stretch, walk.older(page));
}

export function touches(range: Range, stretch: Stretch): boolean {
  return isUpTo(range.oldest, stretch.newest) && isUpTo(stretch.oldest, range.newest);
}

/** Whether a sync started no later than another, also where it is the same one and spelled with fewer digits. */
export function isUpTo(one: Instant, other: Instant): boolean {
  return one <= other || isSameSync(one, other);
}

function takePlace(walk: Walk, stretch: Stretch, from: Stretch): void {
  stretch.place = from.place;
  stretch.refused = from.refused;
  setLink(walk, stretch, walk.links.get(from));
}

function setLink(walk: Walk, stretch: Stretch, link: string | undefined): void {
  if (link === undefined) walk.links.delete(stretch);
  else walk.links.set(stretch, link);
}
