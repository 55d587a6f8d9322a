/**
 * Syncs that were not final when last read, and have not been met in this run. Each is looked for on its kept page,
 * and from there older, since what comes in above moves it down the list; or from the newest end, where its place is
 * lost. All of them share that walk: however many there are, they cost their pages once.
 *
 * In a list in no order there is no such walk: each is looked for on its kept page, and else met by the next scan.
 */
import { type Instant, millisecondsOf } from '../rows/instant.ts';
import { join } from './contact.ts';
import { isScannedInEveryRun } from './full-scan.ts';
import { type Cursor, type Page, type Range, refused } from './page.ts';
import { type Job, patience, type Walk } from './walk.ts';

/** Newest first, so that one walk serves many; those that a deadline leaves out come first in the next run. */
export function* searchOpenSyncs(walk: Walk): Job {
  const { history, openSyncs } = walk;
  const chain = new Chain(walk);
  for (const { start, place } of openSyncs.due) {
    if (history.order !== 'unordered') yield* search(walk, chain, start, place);
    else if (place !== null && !isScannedInEveryRun(history) && !openSyncs.hasMet(start)) yield place;
    openSyncs.hadItsTurn(start);
  }
}

/**
 * 1. Where the walk stands a page above it, follow the link at hand.
 * 2. Ask for the page that it was on, unless that was asked for already: then it has moved down from there.
 * 3. Go on down until it is met, or must have been.
 */
function* search(walk: Walk, chain: Chain, start: Instant, place: Cursor | null): Job {
  const isDone = () => walk.openSyncs.hasMet(start) || chain.covers(start);
  if (!isDone() && chain.isNear(start)) yield* chain.down(start, 1);
  if (!isDone() && place !== null && !chain.hasAsked(place)) yield* chain.tryPlace(start, place);
  if (!isDone()) yield* chain.down(start);
}

/** Pages that follow each other without a seam: a sync in their range that none of them shows is not there. */
class Chain {
  readonly #walk: Walk;
  #visited = new Set<Cursor | null>();
  /** All that was asked for, also before the chain began where it does now. */
  readonly #asked = new Set<Cursor | null>();
  /** What to ask for next; undefined where there is no way on. */
  #cursor: Cursor | null | undefined;
  /** Where nothing was read yet: from the newest end. */
  #range: Range | undefined;
  /** The page that was read last. */
  #before: Page | undefined;
  #idle = 0;
  #hasBegunAnew = false;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#cursor = walk.newestEnd;
  }

  covers(start: Instant): boolean {
    return this.#range !== undefined && this.#range.oldest <= start && start <= this.#range.newest;
  }

  hasAsked(place: Cursor): boolean {
    return this.#asked.has(place);
  }

  /** Whether the next page is likely to show it: it reaches as far down as the one before it. */
  isNear(start: Instant): boolean {
    const range = this.#range;
    const before = this.#before && this.#walk.range(this.#before);
    if (!range || !before || this.#cursor === undefined || start > range.oldest) return false;
    const spanMs = millisecondsOf(before.newest) - millisecondsOf(before.oldest);
    return millisecondsOf(range.oldest) - millisecondsOf(start) <= spanMs;
  }

  /** Asks for the page that a sync was on. The chain goes on from there if it has not come so far. */
  *tryPlace(start: Instant, place: Cursor): Job {
    this.#asked.add(place);
    const page = yield place;
    const range = page === refused ? undefined : this.#walk.range(page);
    if (page === refused || !range || range.newest < start) return;
    join(this.#walk, page);
    const known = this.#range;
    if (known && start < known.oldest && known.oldest <= range.oldest) return;
    this.#begin(this.#walk.older(page), page);
  }

  #begin(cursor: Cursor | null | undefined, page: Page | undefined): void {
    this.#cursor = cursor;
    this.#range = page && this.#walk.range(page);
    this.#before = page;
    this.#visited = new Set();
    this.#idle = 0;
  }

  /** Goes on down until the sync is met, or must have been; or for so many pages at the most. */
  *down(start: Instant, most = Number.POSITIVE_INFINITY): Job {
    // Above where it began it says nothing.
    if (this.#range && start > this.#range.newest) this.#begin(this.#walk.newestEnd, undefined);
    for (let pages = 0; pages < most && this.#cursor !== undefined; pages += 1) {
      if (this.#range && this.#range.oldest <= start) return;
      this.#asked.add(this.#cursor);
      this.#visited.add(this.#cursor);
      const page = yield this.#cursor;
      // What the link named may have been purged since: the page above it has another one now.
      if (page === refused && this.#before && !this.#hasBegunAnew) {
        this.#hasBegunAnew = true;
        this.#begin(this.#walk.newestEnd, undefined);
        continue;
      }
      if (page === refused || (page.count === 0 && this.#walk.older(page) === undefined)) {
        this.#cursor = undefined;
        return;
      }
      join(this.#walk, page);
      const range = this.#walk.range(page);
      const lower = range && (!this.#range || range.oldest < this.#range.oldest);
      this.#idle = lower ? 0 : this.#idle + 1;
      const older = this.#walk.older(page);
      const circles = older !== undefined && this.#visited.has(older);
      const ends = circles || this.#idle > patience || this.#walk.meetsAgain(page, this.#before);
      this.#before = page;
      if (lower) this.#range = { newest: this.#range?.newest ?? range.newest, oldest: range.oldest };
      this.#cursor = ends ? undefined : older;
    }
  }
}
