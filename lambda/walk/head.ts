/**
 * The newest end of the list: one page where the list is newest first, and in the steady state one as well
 * where it is oldest first. What is found there joins the newest stretch, or begins one above it.
 */
import { addStretch, join } from './contact.ts';
import { confirms, withdraw } from './doubt.ts';
import { endBelow, statesEnd } from './end.ts';
import { gapsBelow } from './history.ts';
import { inCircle } from './obstacles.ts';
import { type Cursor, hasBegun, isSameRange, mayHaveBegun, type Page, refused } from './page.ts';
import { type Job, type Part, patience, type Walk } from './walk.ts';

/** What lies at the newest end. */
interface Found {
  /** The page with the newest rows that tell their time; undefined where no row of the list does. */
  readonly page: Page | undefined;
  /** When the newest end was asked for, in milliseconds. */
  readonly at: number;
  /** Some that have begun, or may have. */
  readonly hasRows: boolean;
  /** Some of them do tell their time; it is the order of their pages that says nothing. */
  readonly isDisordered: boolean;
}

/**
 * 1. Find the page with the newest rows (`scout` where the list is oldest first). Rows without a usable start tell
 *    no time: where the page has no others, go on until one has.
 * 2. Where there is none, ask again: one empty answer proves nothing, and one page out of order does not either. Twice
 *    none is an empty list, where nothing was ever known; elsewhere it is a doubt. Rows that lie ahead make no
 *    difference: up to now, the list is as empty as without them.
 * 3. Join the page to what is known, or begin a new stretch: a page that neither touches the newest stretch nor
 *    leads on to it leaves a gap, whatever its header says.
 * 4. A page that names no older one and does not state that there is none is asked for again: its header may be lost.
 * 5. The history is whole up to the moment at which 1 was asked for.
 */
export function* head(walk: Walk): Job {
  const { history } = walk;
  if (history.order === 'unordered') return;
  let found = yield* newestRows(walk);
  // Twice out of order, it is in none: who asks but once a run would never hear it the second time.
  if (found && !found.page && (!history.empty || found.isDisordered)) found = yield* newestRows(walk);
  if (!found) return;
  const { page, at } = found;
  if (!page) return nothingThere(walk, found);

  const known = history.stretches[0]?.newest;
  const stretch = take(walk, page);
  if (!stretch) return;
  if (stretch !== history.stretches[0]) {
    // The newest end shows rows older than what is known. Where it goes on like this, the list is not sorted by start.
    const again = yield page.cursor;
    const second = again === refused ? undefined : take(walk, again);
    if (second !== history.stretches[0]) {
      if (confirms(walk, 'moved_back', at)) walk.contradict();
      else walk.isHeadInDoubt = true;
      return;
    }
  }
  withdraw(history, 'moved_back');
  walk.firstLink = walk.older(page);
  walk.headIsAll = statesEnd(walk, page);
  read(walk, at);
  if (walk.older(page) === undefined && stretch.newest !== known) yield* lookForEnd(walk, page);
}

/** The rows of a page become part of the history; no end is believed yet. */
function take(walk: Walk, page: Page) {
  const range = walk.range(page);
  return range && (join(walk, page) ?? addStretch(walk, page, range));
}

function* lookForEnd(walk: Walk, page: Page): Part<void> {
  let last = page;
  if (!statesEnd(walk, page)) {
    const again = yield page.cursor;
    if (again === refused || !take(walk, again) || walk.older(again) !== undefined) return;
    last = again;
  }
  const [top] = walk.history.stretches;
  if (top && !top.closed) endBelow(walk, top, last);
}

const unusable = `More than ${patience} pages in a row hold no row with a usable sync_start_time; they are in quarantine.`;

const unplaced =
  'None of the syncs that Braze lists tells when it started, but such as start later than now; the next run goes on.';

/**
 * The whole list was read, and nothing in it has a place in time. Where something once had, syncs may have come
 * and gone since: the history is whole up to the last time that the list still touched it, and no further.
 */
function nothingThere(walk: Walk, { at, hasRows }: Found): void {
  const { history } = walk;
  const [top] = history.stretches;
  // Rows there are, and none of them can be placed: where that is so of all, the run tells it as a failure.
  if (hasRows) {
    withdraw(history, 'emptied', 'cut_short', 'moved_back');
    walk.isHeadInDoubt = true;
    walk.obstacle = unplaced;
    return;
  }
  if (!top) {
    history.empty = true;
    walk.headIsAll = true;
    read(walk, at);
    return;
  }
  if (!history.empty && !confirms(walk, 'emptied', at)) {
    walk.isHeadInDoubt = true;
    return;
  }
  history.empty = true;
  history.scans.headAt = at;
  history.lostGaps += gapsBelow(history, top);
  history.stretches.splice(1);
  top.closed = true;
  walk.headIsAll = true;
  read(walk, history.headAt);
}

function read(walk: Walk, wholeUpTo: number | null): void {
  walk.history.headAt = wholeUpTo;
  walk.headRead = true;
  walk.settle();
}

function* newestRows(walk: Walk): Part<Found | undefined> {
  let page = yield* newestPage(walk);
  if (!page) return undefined;
  const { at } = page;
  let [hasRows, isDisordered] = [false, false];
  for (let pages = 1; !walk.range(page); pages += 1) {
    hasRows ||= mayHaveBegun(page);
    isDisordered ||= hasBegun(page);
    const nothing: Found = { page: undefined, at, hasRows, isDisordered };
    const older = walk.older(page);
    if (older === undefined) return nothing;
    const beyond: Page | undefined = pages > patience ? undefined : yield* follow(walk, page, older);
    if (!beyond) {
      walk.obstacle = unusable;
      return undefined;
    }
    // The same page again: there is none beyond it.
    if (beyond.cursor === page.cursor || walk.meetsAgain(beyond, page)) return nothing;
    page = beyond;
  }
  return { page, at, hasRows: true, isDisordered };
}

function* newestPage(walk: Walk): Part<Page | undefined> {
  if (walk.history.order === 'oldest_first') return yield* scout(walk);
  const first = yield null;
  if (first === refused) return undefined;
  // The order may have shown itself only now.
  return walk.older(first) === first.next ? first : yield* scout(walk, first);
}

/**
 * Oldest first: from the kept last page (or the first one) along `next` to where there is none. Rows seen on
 * the way go into the lake like all others but prove nothing, since a purge pulls rows up past the cursor
 * unseen; only a page that touches a stretch by its range joins it.
 */
function* scout(walk: Walk, first?: Page): Part<Page | undefined> {
  const { history } = walk;
  const visited = new Set<Cursor | null>();
  let page = first ?? (yield* keptTail(walk));
  let before: Page | undefined;
  let timed: Timed | undefined;
  let idle = 0;
  while (page) {
    join(walk, page);
    if (walk.range(page)) timed = { cursor: page.cursor, until: Number.POSITIVE_INFINITY };
    else if (timed) timed.until = Math.min(timed.until, page.at);
    if (page.count > 0) history.tail = page.cursor;
    idle = walk.range(page) ? 0 : idle + 1;
    if (idle > patience) {
      walk.obstacle = unusable;
      return undefined;
    }
    if (page.next === undefined && !isLastByItself(page)) {
      // It was reached by a link, and has none back: its header may be lost.
      const again: Page | typeof refused = yield page.cursor;
      if (again === refused) return undefined;
      page = { ...again, at: Math.min(page.at, again.at) };
    }
    // The last page may name itself as the one after it, under ever new cursors.
    if (page.next === undefined || walk.meetsAgain(page, before)) return yield* newestOf(walk, page, timed);
    before = page;
    visited.add(page.cursor);
    if (visited.has(page.next)) {
      walk.obstacle = inCircle;
      return undefined;
    }
    page = yield* follow(walk, page, page.next);
    if (page && page.cursor === history.tail) return page;
  }
  return undefined;
}

/** A page on the way whose rows tell their time. */
interface Timed {
  readonly cursor: Cursor | null;
  /** When the first of those behind it was asked for: what had started by then stands before that one. */
  until: number;
}

/**
 * The last page; where it holds nothing but rows ahead and names none before it, the last one that does tell the time.
 * A purge in between may have pulled rows up onto that one, so that it is read anew.
 */
function* newestOf(walk: Walk, last: Page, timed: Timed | undefined): Part<Page> {
  if (walk.range(last) || walk.older(last) !== undefined || !timed) return last;
  const again = yield timed.cursor;
  return again === refused ? last : { ...again, at: Math.min(timed.until, again.at) };
}

const isLastByItself = (page: Page): boolean => page.prev !== undefined || page.cursor === null;

/** The page behind a link, or the same one again if it proves to be the last although it names another. */
function* follow(walk: Walk, from: Page, link: Cursor): Part<Page | undefined> {
  const isBack = link === from.prev;
  const onwards = (page: Page) => (isBack ? page.prev : page.next);
  let [page, cursor] = [from, link];
  for (let tries = 0; tries < 3; tries += 1) {
    const beyond = yield cursor;
    // The link decides, not the rows: an empty page may name a further one.
    if (beyond !== refused && (beyond.count > 0 || (onwards(beyond) ?? cursor) !== cursor)) return beyond;
    const stale = beyond === refused && !walk.prompt;
    const again = yield page.cursor;
    if (again === refused || again.count === 0) return undefined;
    const anew = onwards(again);
    if (anew === undefined) return again;
    // A purge in between may have emptied what lies beyond. It would have moved the rows of this page, too.
    if (!stale && isSameRange(walk.range(page), walk.range(again))) return { ...again, at: page.at };
    [page, cursor] = [again, anew];
  }
  return undefined;
}

function* keptTail(walk: Walk): Part<Page | undefined> {
  const { history } = walk;
  if (history.tail !== null) {
    const kept = yield history.tail;
    const linked = kept !== refused && (kept.next ?? kept.prev) !== undefined;
    if (linked && kept.count > 0) return kept;
    // Rows were purged, and the list ends before it now.
    if (kept !== refused && kept.prev !== undefined) {
      const before = yield kept.prev;
      if (before !== refused && before.count > 0) return before;
    }
    // A list of one page has no links, wherever it is entered: only from its start is it seen whole.
    history.tail = null;
  }
  const first = yield null;
  return first === refused ? undefined : first;
}
