/** One pass through a list in no order, from its first page to its end, over as many runs as it takes. */
import { withdraw } from './doubt.ts';
import { statesEnd } from './end.ts';
import { expired, inCircle } from './obstacles.ts';
import { type Cursor, mayHaveBegun, type Page, refused } from './page.ts';
import { newPass, type Pass, takePage } from './scans.ts';
import { type Part, patience, type Walk } from './walk.ts';

/** More is no list, but a circle longer than a run can see. */
const maxPagesOfPass = 100_000;

/**
 * 1. Go on with the page that the pass under way has read last, or begin at the first one. A place that is of no use
 *    any more (refused, or behind the end by now): begin anew.
 * 2. Follow the link of each page. The pass and its place are kept after every one.
 * 3. The end is a page that states it (reached by a link, one back and none on), or what looks like one twice.
 *
 * @returns the pass, which is no longer the current one; undefined where it could not be brought to its end.
 */
export function* readWhole(walk: Walk): Part<Pass | undefined> {
  const { scans } = walk.history;
  if (scans.current) {
    const kept = yield* readOn(walk, scans.current);
    if (kept !== 'place lost') return kept;
    walk.obstacle = expired;
  }
  const anew = yield* readOn(walk, null);
  return anew === 'place lost' ? undefined : anew;
}

function* readOn(walk: Walk, kept: Pass | null): Part<Pass | 'place lost' | undefined> {
  const { history } = walk;
  const { scans } = history;
  const known = new Set(kept?.recent);
  const visited = new Set<Cursor | null>();
  let pass = kept;
  let last: Page | undefined;
  let idle = 0;
  // The page after the last led nowhere; the last one is being read again for its link.
  let [emptied, rereading] = [false, false];
  // The page that named no other and does not state that there is none: it is read again, its header may be lost.
  let unstated: Cursor | null | undefined;
  const drop = (): undefined => {
    scans.current = null;
    return undefined;
  };

  for (let cursor = kept?.place ?? null; ; ) {
    const page = yield cursor;
    // The link decides, not the rows: an empty page may name a further one.
    if (page === refused || (page.count === 0 && page.next === undefined)) {
      if (!last) {
        drop();
        if (kept || page === refused) return 'place lost';
        return newPass(page.at);
      }
      // A purge in between may have emptied it: the end is where a link read anew leads nowhere, too.
      if (rereading) return drop();
      if (emptied && (page !== refused || walk.prompt)) break;
      if (idle++ > patience) return drop();
      [emptied, rereading] = [true, true];
      cursor = last.cursor;
      continue;
    }
    if (page.next === undefined && !statesEnd(walk, page) && unstated !== page.cursor) {
      unstated = page.cursor;
      cursor = page.cursor;
      continue;
    }
    emptied &&= rereading;
    rereading = false;
    if (!pass) {
      pass = newPass(page.at);
      scans.current = pass;
      scans.headAt = page.at;
    }
    if (mayHaveBegun(page)) withdraw(history, 'emptied');
    const before = known.size;
    takePage(pass, page, known, scans.before);
    idle = known.size > before ? 0 : idle + 1;
    visited.add(page.cursor);
    last = page;
    if (page.next === undefined) break;
    if (visited.has(page.next) || idle > patience || pass.pages > maxPagesOfPass) {
      walk.obstacle = inCircle;
      return drop();
    }
    cursor = page.next;
  }
  drop();
  return pass ?? undefined;
}
