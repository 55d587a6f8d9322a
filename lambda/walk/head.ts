/**
 * The newest end of the list: one page where the list is newest first, and in the steady state one as well
 * where it is oldest first. What is found there joins the newest stretch, or begins one above it.
 */
import { addStretch, close, join } from './contact.ts';
import { type Cursor, isSameRange, type Page, type Range, rangeOf, refused } from './page.ts';
import { type Job, type Part, patience, type Walk } from './walk.ts';

/**
 * 1. Find the page with the newest rows (`scout` where the list is oldest first).
 * 2. Rows without a usable start tell no time: where the page has no others, go on until one has.
 * 3. Join it, or begin a new stretch. The history is whole up to the moment at which 1 was asked for.
 */
export function* head(walk: Walk): Job {
  const { history } = walk;
  if (history.order === 'unordered') return;
  let page = yield* newestPage(walk);
  if (!page) return;
  const { at } = page;

  for (let pages = 1; !rangeOf(page); pages += 1) {
    const older = walk.older(page);
    if (older === undefined) return nothingToPlace(walk, at);
    const beyond: Page | undefined = pages > patience ? undefined : yield* follow(walk, page, older);
    if (!beyond) {
      walk.obstacle = unusable;
      return;
    }
    // The same page again: there is none beyond it.
    if (beyond.cursor === page.cursor) return nothingToPlace(walk, at);
    page = beyond;
  }

  const range = rangeOf(page);
  if (!range) return;
  const stretch = join(walk, page) ?? addStretch(walk, page, range);
  if (stretch !== history.stretches[0]) {
    // The newest end shows rows older than what is known: this list is not sorted by start.
    walk.contradict();
    return;
  }
  history.empty = false;
  read(walk, at);
}

const unusable = `More than ${patience} pages in a row hold no row with a usable sync_start_time; they are in quarantine.`;

/**
 * The whole list was read, and nothing in it has a place in time. Where something once had, syncs may have come
 * and gone since: the history is whole up to the last time that the list still touched it, and no further.
 */
function nothingToPlace(walk: Walk, at: number): void {
  const { history } = walk;
  const [top] = history.stretches;
  if (top) close(walk, top);
  else history.empty = true;
  read(walk, top ? history.headAt : at);
}

function read(walk: Walk, wholeUpTo: number | null): void {
  walk.history.headAt = wholeUpTo;
  walk.headRead = true;
  walk.settle();
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
  let before: Range | undefined;
  while (page) {
    join(walk, page);
    history.tail = page.cursor;
    const range = rangeOf(page);
    // The last page may name itself as the one after it, under ever new cursors.
    if (page.next === undefined || walk.meetsAgain(range, before)) return page;
    before = range;
    visited.add(page.cursor);
    if (visited.has(page.next)) {
      walk.obstacle = loop;
      return undefined;
    }
    page = yield* follow(walk, page, page.next);
    if (page && page.cursor === history.tail) return page;
  }
  return undefined;
}

/** The page behind a link, or the same one again if it proves to be the last although it names another. */
function* follow(walk: Walk, from: Page, link: Cursor): Part<Page | undefined> {
  let [page, cursor] = [from, link];
  for (let tries = 0; tries < 3; tries += 1) {
    const beyond = yield cursor;
    if (beyond !== refused && beyond.count > 0) return beyond;
    const stale = beyond === refused && !walk.prompt;
    const again = yield page.cursor;
    if (again === refused || again.count === 0) return undefined;
    const anew = cursor === page.prev ? again.prev : again.next;
    if (anew === undefined) return again;
    // A purge in between may have emptied what lies beyond. It would have moved the rows of this page, too.
    if (!stale && isSameRange(rangeOf(page), rangeOf(again))) return { ...again, at: page.at };
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

export const loop = 'The cursors of this integration lead in a circle; what lies behind can not be reached.';
