/**
 * Syncs that were not final when last read, and have not been met in this run: the page of each by its kept
 * cursor, and from there older, since what comes in above moves them down the list.
 */
import type { Cursor } from '../braze/link.ts';
import type { Instant } from '../rows/instant.ts';
import { join } from './contact.ts';
import { type Range, rangeOf, refused } from './page.ts';
import { type Job, patience, type Walk } from './walk.ts';

/** Those that a deadline leaves out come first in the next run: the list is kept in the order of reading. */
export function* readOpenSyncs(walk: Walk): Job {
  const { history } = walk;
  if (history.order === 'unordered') return;
  for (const { start } of [...history.opens]) {
    if (!walk.seen.has(start)) yield* find(walk, start);
    // A commit in between may have found it final.
    const still = history.opens.filter((open) => open.start === start);
    history.opens = [...history.opens.filter((open) => open.start !== start), ...still];
  }
}

function* find(walk: Walk, start: Instant): Job {
  const keptPlace = walk.history.opens.find((open) => open.start === start)?.place ?? null;
  let cursor = keptPlace ?? walk.newestEnd;
  let restarted = keptPlace === null;
  let visited = new Set<Cursor | null>();
  let before: Range | undefined;
  while (visited.size <= patience && !visited.has(cursor)) {
    visited.add(cursor);
    const page = yield cursor;
    const range = page === refused ? undefined : rangeOf(page);
    if (page === refused || page.count === 0 || (range && range.newest < start)) {
      // Its place has moved in a way that leads nowhere: look once from the newest end.
      if (restarted) return;
      restarted = true;
      visited = new Set();
      cursor = walk.newestEnd;
      continue;
    }
    join(walk, page);
    for (const open of walk.history.opens) if (open.start === start) open.place = page.cursor;
    // Whether or not it is there: this is where it would stand.
    if (range && range.oldest <= start) return;
    const older = walk.older(page);
    if (older === undefined || walk.meetsAgain(range, before)) return;
    before = range;
    cursor = older;
  }
}
