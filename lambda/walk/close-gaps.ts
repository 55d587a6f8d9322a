/**
 * The way from a stretch down through the gap below it. From newer to older is the safe direction in either
 * order of the list: what moves in meanwhile makes rows repeat, and what leaves, leaves at the far end.
 */
import type { Instant } from '../rows/instant.ts';
import { join, placeAt, touches } from './contact.ts';
import { endBelow, statesEnd } from './end.ts';
import type { Stretch } from './history.ts';
import { cutOff, expired, inCircle, standstill } from './obstacles.ts';
import { type Cursor, type Page, refused } from './page.ts';
import { type Job, type Part, patience, type Walk } from './walk.ts';

/** Works on the gaps, newest first, until none is left that can be closed in this run. */
export function* closeGaps(walk: Walk): Job {
  for (let stretch = walk.gap; stretch; stretch = walk.gap) yield* descend(walk, stretch);
}

/** Where a descent stands: the page to ask for, and whether what was read last joins the stretch without a seam. */
interface Step {
  cursor: Cursor | null;
  /** The cursor is a link that was read in this run, not a place kept from an earlier one. */
  fresh: boolean;
  /** The page before this one belongs to the stretch. */
  contact: boolean;
}

/**
 * 1. Follow the link on from the last page; or, in a later run, read that page again first: only where it
 *    still touches the stretch does its link lead on without a seam.
 * 2. A page that touches the stretch, or follows it by a link just read, joins it, and is the new place.
 * 3. A page that is newer than all of it (syncs came in above, everything moved down): go on older, and keep
 *    that place too, or a burst of new syncs would stop all progress.
 * 4. A page that is older than all of it, or a kept cursor that is refused or leads past the end: the place
 *    is of no use any more. Start again from the newest end, through what is known.
 * 5. The end of the list is a page that states it (see {@link statesEnd}). What only looks like one (no header, a
 *    link to an empty page that names no other, a link that is refused) is the end where it looks the same after
 *    its page was read anew. (Along `prev`, a link that leads to nothing never is: the first page is.)
 * 6. When the stretch has met the one below, go on from where that one had come to.
 */
function* descend(walk: Walk, stretch: Stretch): Job {
  const link = walk.links.get(stretch);
  const step: Step =
    link === undefined
      ? { cursor: stretch.place ?? walk.newestEnd, fresh: false, contact: false }
      : { cursor: link, fresh: true, contact: true };
  const visited = new Set<Cursor | null>();
  let lowest: Instant | undefined;
  let idle = 0;
  let restarted = false;
  let before: Page | undefined;
  let last: Page | undefined;
  /** The page that named no older one, and is being read again. */
  let unstated: Cursor | null | undefined;

  for (;;) {
    if (visited.has(step.cursor)) return yield* lastResort(walk, stretch, inCircle);
    if (idle > patience) return yield* lastResort(walk, stretch, standstill);
    visited.add(step.cursor);
    const answer = yield step.cursor;

    if (answer === refused || (answer.count === 0 && walk.older(answer) === undefined)) {
      if (step.fresh) {
        // The second time, right after its page was read anew.
        const isFinal = stretch.refused && walk.prompt;
        if (isFinal && last && step.contact && walk.history.order !== 'oldest_first')
          return endBelow(walk, stretch, last);
        if (isFinal && last) return yield* lastResort(walk, stretch, cutOff);
        stretch.refused = true;
        visited.clear();
        // The same page comes next, and that is no circle.
        before = undefined;
        Object.assign(step, { cursor: stretch.place ?? walk.newestEnd, fresh: false, contact: false });
        continue;
      }
      if (step.cursor === walk.newestEnd) return walk.giveUp(stretch, cutOff);
      if (restarted) return walk.giveUp(stretch, cutOff);
      restarted = restart(walk, stretch, step);
      visited.clear();
      continue;
    }

    last = answer;
    const range = walk.range(answer);
    // Under ever new cursors, too, the first page may name itself as the one before it.
    if (unstated === undefined && walk.meetsAgain(answer, before))
      return yield* lastResort(walk, stretch, inCircle);
    before = answer;
    idle += 1;
    if (range && (lowest === undefined || range.oldest < lowest)) [lowest, idle] = [range.oldest, 0];

    const older = walk.older(answer);
    const isStray = !range && older === undefined && !step.contact;
    if (!range && !isStray) {
      // Nothing in it can be placed; the chain of links holds all the same.
    } else if (range && (touches(range, stretch) || (step.contact && range.newest < stretch.oldest))) {
      const wasRefused = stretch.refused;
      const below = walk.history.stretches[walk.history.stretches.indexOf(stretch) + 1];
      const joined = join(walk, answer, stretch);
      if (joined !== stretch || stretch.closed) return;
      if (below && !walk.history.stretches.includes(below) && stretch.place !== answer.cursor) return;
      moveOn(walk, stretch, answer, wasRefused && !step.fresh);
      step.contact = true;
    } else if (range && range.oldest > stretch.newest) {
      moveOn(walk, stretch, answer, stretch.refused && !step.fresh);
      step.contact = false;
    } else if (restarted) {
      return walk.giveUp(stretch, expired);
    } else {
      restarted = restart(walk, stretch, step);
      visited.clear();
      continue;
    }
    if (older !== undefined) {
      unstated = undefined;
      Object.assign(step, { cursor: older, fresh: true });
    } else if (statesEnd(walk, answer) || unstated === answer.cursor) {
      return endBelow(walk, stretch, answer);
    } else {
      unstated = answer.cursor;
      visited.delete(unstated);
      step.cursor = unstated;
    }
  }
}

/** @param rereads the page was read again because its link was refused: what comes next decides. */
function moveOn(walk: Walk, stretch: Stretch, page: Page, rereads: boolean): void {
  placeAt(walk, stretch, page);
  stretch.refused = rereads;
}

/** From the newest end again; the place is kept as the walk comes down to it. */
function restart(walk: Walk, stretch: Stretch, step: Step): true {
  stretch.place = null;
  stretch.refused = false;
  walk.links.delete(stretch);
  walk.obstacle = expired;
  Object.assign(step, { cursor: walk.newestEnd, fresh: false, contact: false });
  return true;
}

/** Oldest first, the way on may be barred where only the first page is left: it needs no cursor. */
function* lastResort(walk: Walk, stretch: Stretch, obstacle: string): Part<void> {
  if (walk.history.order === 'oldest_first') {
    const first = yield null;
    if (first !== refused && join(walk, first)) return endBelow(walk, stretch, first);
  }
  walk.giveUp(stretch, obstacle);
}
