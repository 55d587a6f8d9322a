/**
 * Syncs that were not final when last read, and have not been met in this run. Each is looked for on its kept page
 * and from there older, since what comes in above moves it down the list; and where that leads nowhere, on one walk
 * from the newest end that all of them share. However many there are, they cost a page each and that walk.
 */
import type { Cursor } from '../braze/link.ts';
import type { Instant } from '../rows/instant.ts';
import { join } from './contact.ts';
import { type Range, rangeOf, refused } from './page.ts';
import { type Job, type Part, patience, type Walk } from './walk.ts';

/** Those that a deadline leaves out come first in the next run: the list is kept in the order of reading. */
export function* readOpenSyncs(walk: Walk): Job {
  const { history } = walk;
  if (history.order === 'unordered') return;
  const search = new Search(walk);
  for (const { start, place } of [...history.opens]) {
    const settled = walk.seen.has(start) || (place !== null && (yield* fromPlace(walk, start, place)));
    if (!settled) yield* search.down(start);
    // A commit in between may have found it final.
    const still = history.opens.filter((open) => open.start === start);
    history.opens = [...history.opens.filter((open) => open.start !== start), ...still];
  }
}

/** Whether that settles it: it was met, or is not where it would stand. */
function* fromPlace(walk: Walk, start: Instant, place: Cursor): Part<boolean> {
  const visited = new Set<Cursor>();
  let cursor = place;
  let before: Range | undefined;
  while (visited.size <= patience && !visited.has(cursor)) {
    visited.add(cursor);
    const page = yield cursor;
    if (page === refused || page.count === 0) return false;
    join(walk, page);
    const range = rangeOf(page);
    if (range && range.oldest <= start) return start <= range.newest;
    for (const open of walk.history.opens) if (open.start === start) open.place = page.cursor;
    const older = walk.older(page);
    if (older === undefined || walk.meetsAgain(range, before)) return true;
    before = range;
    cursor = older;
  }
  return false;
}

/** The walk from the newest end: it goes on for the next sync where it has stopped for the one before. */
class Search {
  readonly #walk: Walk;
  readonly #visited = new Set<Cursor | null>();
  /** What to ask for next; undefined where there is no way on. */
  #cursor: Cursor | null | undefined;
  /** Everything down to here has been met. */
  #downTo: Instant | undefined;
  #before: Range | undefined;
  #idle = 0;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#cursor = walk.newestEnd;
  }

  *down(start: Instant): Job {
    while (this.#cursor !== undefined && (this.#downTo === undefined || this.#downTo > start)) {
      this.#visited.add(this.#cursor);
      const page = yield this.#cursor;
      if (page === refused || page.count === 0) {
        this.#cursor = undefined;
        return;
      }
      join(this.#walk, page);
      const range = rangeOf(page);
      const older = this.#walk.older(page);
      const lower = range && (this.#downTo === undefined || range.oldest < this.#downTo);
      if (lower) this.#downTo = range.oldest;
      this.#idle = lower ? 0 : this.#idle + 1;
      const circles = older !== undefined && this.#visited.has(older);
      const ends = circles || this.#idle > patience || this.#walk.meetsAgain(range, this.#before);
      this.#cursor = ends ? undefined : older;
      this.#before = range;
    }
  }
}
