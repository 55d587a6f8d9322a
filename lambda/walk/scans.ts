/**
 * What is kept of the passes through a list in no order: of the one under way, what lets it go on in another run, and
 * of the one before, what it is compared by.
 */
import { type Instant, instantOf } from '../rows/instant.ts';
import type { Cursor, Page } from './page.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** A pass that is under way, from the first page on. Times in milliseconds. */
export interface Pass {
  readonly began: number;
  /** The page that was read last. Null: the first one. */
  place: Cursor | null;
  /** How many were read, one that was read again included. */
  pages: number;
  hasRows: boolean;
  /** Syncs up to its own beginning. */
  own: Tally;
  /** Syncs up to the beginning of the pass before it. */
  common: Tally;
  /** The starts that were read last, lest one that moves down while no run is at work is counted twice. */
  recent: readonly Instant[];
  /** Of all that was met. */
  newest: Instant | null;
  oldest: Instant | null;
  /** The list was met in this order throughout, as far as rows were new to the pass. */
  newestFirst: boolean;
  oldestFirst: boolean;
}

/** A pass that came to its end. */
export interface EndedPass {
  readonly began: number;
  readonly pages: number;
  readonly tally: Tally;
}

export interface Scans {
  current: Pass | null;
  /** The last that came to its end. */
  before: EndedPass | null;
  /** How many in a row have not agreed with the one before. */
  disagreed: number;
  /** When two agreed last, or so many had not that it was left for another day; in milliseconds. */
  restingSince: number | null;
  /**
   * When the first page was last read, in milliseconds. Of a list in order it is kept only where all rows have left: up to
   * when such a history is whole does not move on.
   */
  headAt: number | null;
}

/** So many starts are remembered: ten pages. More rows that move down between two runs only cost another pass. */
const maxRecent = 100;

export const newScans = (): Scans => ({
  current: null,
  before: null,
  disagreed: 0,
  restingSince: null,
  headAt: null,
});

export const newPass = (began: number): Pass => ({
  began,
  place: null,
  pages: 0,
  hasRows: false,
  own: emptyTally,
  common: emptyTally,
  recent: [],
  newest: null,
  oldest: null,
  newestFirst: true,
  oldestFirst: true,
});

/** @param known starts that this run knows to be counted; those of the page are added. */
export function takePage(pass: Pass, page: Page, known: Set<Instant>, before: EndedPass | null): void {
  const added: Instant[] = [];
  for (const start of page.starts) {
    if (known.has(start)) continue;
    known.add(start);
    added.push(start);
    if (pass.oldest !== null && start > pass.oldest) pass.newestFirst = false;
    if (pass.newest !== null && start < pass.newest) pass.oldestFirst = false;
    if (pass.oldest === null || start < pass.oldest) pass.oldest = start;
    if (pass.newest === null || start > pass.newest) pass.newest = start;
  }
  pass.own = count(pass.own, upTo(added, pass.began));
  if (before) pass.common = count(pass.common, upTo(added, before.began));
  const onPage = new Set(page.starts);
  pass.recent = [...pass.recent.filter((start) => !onPage.has(start)), ...onPage].slice(-maxRecent);
  pass.place = page.cursor;
  pass.pages += 1;
  pass.hasRows ||= page.count > 0;
}

function upTo(starts: readonly Instant[], milliseconds: number): Instant[] {
  const until = instantOf(milliseconds);
  return starts.filter((start) => start <= until);
}
