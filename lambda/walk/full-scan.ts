/**
 * Lists in no order: nothing short of the whole list says anything. Two scans with equal keys prove that
 * neither was robbed of a row by a purge, since a row that pulls others up past the cursor is itself met by
 * the first scan and missed by the second.
 */
import { type Instant, instantOf } from '../rows/instant.ts';
import { type Cursor, type Page, refused } from './page.ts';
import { type Job, type Part, patience, type Walk } from './walk.ts';

const maxScans = 3;
/** The documented size of a page. */
const pageSize = 10;

interface Scan {
  readonly began: number;
  readonly starts: ReadonlySet<Instant>;
  /** The list was met in this order throughout, as far as rows were new to the scan. */
  readonly newestFirst: boolean;
  readonly oldestFirst: boolean;
  readonly pages: number;
  readonly last: Cursor | null;
}

/**
 * 1. Go on where a deadline cut the last scan short: every row is read in the end, though it proves nothing.
 * 2. Scan until two in a row agree on all syncs up to the moment at which the first of them began, or until
 *    one needed a single page, which is one moment of the list.
 * 3. Where the last scan met the rows in order after all, that order is proved again.
 */
export function* fullScan(walk: Walk): Job {
  const { history } = walk;
  if (history.order !== 'unordered') return;
  history.stretches = [];
  history.empty = false;
  if (history.sweepPlace !== null && !(yield* scanFrom(walk, history.sweepPlace))) history.sweepPlace = null;
  let before: Scan | undefined;
  for (let scans = 0; scans < maxScans; scans += 1) {
    const current: Scan | undefined = yield* scanFrom(walk, null);
    if (!current) return;
    const first = current.pages === 1 ? current : before;
    if (first && agree(first, current)) return prove(walk, first, current);
    before = current;
  }
  walk.obstacle = 'The rows are in no order, and changed in every sweep; the next run goes on.';
}

function* scanFrom(walk: Walk, place: Cursor | null): Part<Scan | undefined> {
  const { history } = walk;
  const starts = new Set<Instant>();
  const visited = new Set<Cursor | null>();
  let [newestFirst, oldestFirst] = [true, true];
  let [least, most]: [Instant?, Instant?] = [];
  let began: number | undefined;
  let [idle, pages] = [0, 0];
  let cursor = place;
  let last: Page | undefined;
  // The page after the last led nowhere; the last one is being read again for its link.
  let [emptied, rereading] = [false, false];
  // The page that named no other and does not state that there is none: it is read again, its header may be lost.
  let unstated: Cursor | null | undefined;

  for (;;) {
    const page = yield cursor;
    // The link decides, not the rows: an empty page may name a further one.
    if (page === refused || (page.count === 0 && page.next === undefined)) {
      if (!last) {
        if (page === refused) return undefined;
        began ??= page.at;
        break;
      }
      // A purge in between may have emptied it: the end is where a link read anew leads nowhere, too.
      if (rereading) return undefined;
      if (emptied && (page !== refused || walk.prompt)) break;
      if (idle++ > patience) return undefined;
      [emptied, rereading] = [true, true];
      cursor = last.cursor;
      continue;
    }
    if (page.next === undefined && !isLastByItself(page) && unstated !== page.cursor) {
      unstated = page.cursor;
      cursor = page.cursor;
      continue;
    }
    emptied &&= rereading;
    rereading = false;
    began ??= page.at;
    const known = starts.size;
    for (const start of page.starts) {
      if (starts.has(start)) continue;
      if (least !== undefined && start > least) newestFirst = false;
      if (most !== undefined && start < most) oldestFirst = false;
      if (least === undefined || start < least) least = start;
      if (most === undefined || start > most) most = start;
      starts.add(start);
    }
    idle = starts.size > known ? 0 : idle + 1;
    history.sweepPlace = page.cursor;
    visited.add(page.cursor);
    pages += 1;
    last = page;
    if (page.next === undefined) break;
    if (visited.has(page.next) || idle > patience) {
      walk.obstacle = 'The pages of this integration lead in a circle; what lies behind can not be reached.';
      return undefined;
    }
    cursor = page.next;
  }
  history.sweepPlace = null;
  return { began: began ?? 0, starts, newestFirst, oldestFirst, pages, last: last?.cursor ?? null };
}

const isLastByItself = ({ cursor, count, prev }: Page): boolean =>
  cursor === null ? count < pageSize : prev !== undefined;

/** No sync up to the moment at which the first began is in only one of them. */
function agree(first: Scan, second: Scan): boolean {
  const until = instantOf(first.began);
  return difference(first, second).every((start) => start > until);
}

function difference(first: Scan, second: Scan): Instant[] {
  const only = (here: Scan, there: Scan) => [...here.starts].filter((start) => !there.starts.has(start));
  return [...only(first, second), ...only(second, first)];
}

function prove(walk: Walk, first: Scan, last: Scan): void {
  const { history } = walk;
  // Where they differ, only what had started by then is proved.
  const until = difference(first, last).length === 0 ? undefined : instantOf(first.began);
  const starts = [...first.starts].filter((start) => until === undefined || start <= until).sort();
  const [oldest] = starts;
  const newest = starts.at(-1);
  if (oldest === undefined || newest === undefined) history.empty = true;
  else history.stretches = [{ newest, oldest, place: null, closed: true, refused: false, deadEnd: false }];
  if (last.starts.size > 1 && (last.newestFirst || last.oldestFirst)) {
    history.order = last.newestFirst ? 'newest_first' : 'oldest_first';
    history.tail = last.oldestFirst ? last.last : null;
    history.proved = true;
  }
  history.headAt = first.began;
  walk.headRead = true;
}
