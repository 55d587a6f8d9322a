/**
 * How a page is joined to the stretches. Contact is a matter of time ranges, never of known rows: after a
 * crash the lake is ahead of the checkpoint, and that a row is known proves nothing about its neighbours.
 */
import type { Stretch } from './history.ts';
import { type Page, type Range, rangeOf } from './page.ts';
import type { Walk } from './walk.ts';

/**
 * Joins the page to every stretch that its range touches; they become one, which is returned.
 * A page is one moment of a sorted list, so nothing is missing inside its range.
 *
 * @param below the page follows this stretch by a link that was just read: it joins on below it even where
 *   their ranges don't meet.
 */
export function join(walk: Walk, page: Page, below?: Stretch): Stretch | undefined {
  const range = rangeOf(page);
  if (!range) return undefined;
  const { stretches } = walk.history;
  const touched = stretches.filter((stretch) => stretch === below || touches(range, stretch));
  const [top] = touched;
  const bottom = touched.at(-1);
  if (!top || !bottom) return undefined;

  const older = walk.older(page);
  // Kept apart: where only one is touched, it is top and bottom, and moves.
  const leadsBelow = range.oldest < bottom.oldest;
  if (leadsBelow) {
    top.oldest = range.oldest;
    placeAt(walk, top, page);
  } else {
    top.oldest = bottom.oldest;
    // Deeper down somebody may have come further. The newest end is never further.
    if (bottom.place === page.cursor || bottom.place === null) {
      const rereads = bottom.place === page.cursor && bottom.refused;
      placeAt(walk, top, page);
      top.refused = rereads;
    } else if (top !== bottom) {
      takePlace(walk, top, bottom);
    }
  }
  if (range.newest > top.newest) top.newest = range.newest;
  // The last page of the list: what is known below it has left the source.
  top.closed = older === undefined || (!leadsBelow && bottom.closed);
  const from = stretches.indexOf(top);
  stretches.splice(from + 1, top.closed ? stretches.length : stretches.indexOf(bottom) - from);
  return top;
}

/** A page that touches nothing becomes a stretch of its own. */
export function addStretch(walk: Walk, page: Page, range: Range): Stretch {
  const stretch: Stretch = { ...range, place: null, closed: false, refused: false };
  placeAt(walk, stretch, page);
  stretch.closed = walk.older(page) === undefined;
  const { stretches } = walk.history;
  const at = stretches.findIndex(({ newest }) => newest < range.newest);
  stretches.splice(at < 0 ? stretches.length : at, stretch.closed ? stretches.length : 0, stretch);
  return stretch;
}

/** From here the way on down continues. */
export function placeAt(walk: Walk, stretch: Stretch, page: Page): void {
  stretch.place = page.cursor;
  stretch.refused = false;
  setLink(walk, stretch, walk.older(page));
}

/** The end of the list is below this stretch: the stretches under it have left the source. */
export function close(walk: Walk, stretch: Stretch): void {
  stretch.closed = true;
  const { stretches } = walk.history;
  stretches.splice(stretches.indexOf(stretch) + 1);
}

export function touches(range: Range, stretch: Stretch): boolean {
  return range.oldest <= stretch.newest && range.newest >= stretch.oldest;
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
