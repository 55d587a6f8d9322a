/**
 * One integration's walk in one run: its history, and what holds only while the run lasts.
 *
 * The jobs of a walk (`head`, `closeGaps`, `searchOpenSyncs`, `fullScan`) are generators: each yields the cursor of the
 * page that it wants next and is resumed with the answer. So the protocol reads from top to bottom, nothing
 * here waits or does I/O, and the run decides whose job goes on next.
 */
import { instantOf } from '../rows/instant.ts';
import { isUnconfirmed, withdraw } from './doubt.ts';
import { contradict, type DoubtKind, gapsOf, type History, type Stretch } from './history.ts';
import { OpenSyncs } from './open-syncs.ts';
import { type Cursor, hasBegun, hasSameRows, type Page, type Range, type Refused, rangeOf } from './page.ts';
import { type Order, sortingOf } from './sorting.ts';

/** Yields what to ask for next; null asks without a cursor. */
export type Job = Generator<Cursor | null, void, Page | Refused>;

/** As a job, but comes to a result. */
export type Part<T> = Generator<Cursor | null, T, Page | Refused>;

/** So many pages in a row that lead no further down: the walk is going nowhere. */
export const patience = 100;

/** So many pages of one run against the order that others have shown: the list is in none. */
const maxOutOfOrder = 2;

export class Walk {
  readonly history: History;
  /** The newest end was read in this run. */
  headRead = false;
  /**
   * The answer at hand was asked for right after the one before. A link that has waited for longer may have gone
   * stale, and that it is refused says nothing of the end of the list.
   */
  prompt = true;
  /** When the page that was read last was asked for, in milliseconds. */
  askedAt: number | undefined;
  /** The link on from the page with the newest rows, where that was read in this run. */
  firstLink: Cursor | undefined;
  /** That page, where it was read in this run, states that it is all there is, or the list has no row. */
  headIsAll = false;
  /** What keeps a gap from being closed in this run; a sentence for a person. */
  obstacle: string | null = null;
  /** Gaps below these were tried in this run, and can't be closed now. */
  readonly stuck = new Set<Stretch>();
  /** The link on from each stretch's place, where its page was read in this run. */
  readonly links = new Map<Stretch, Cursor>();
  readonly openSyncs: OpenSyncs;
  readonly doubtedFirst = new Set<DoubtKind>();
  #outOfOrder = 0;

  constructor(history: History) {
    this.history = history;
    this.openSyncs = new OpenSyncs(history);
  }

  /** Looks at every page before its job does. False: the order is disproved, and the job is to be dropped. */
  meet(page: Page): boolean {
    const { history } = this;
    this.askedAt = page.at;
    this.openSyncs.meet(page);
    if (hasBegun(page)) {
      // Wherever it was met: the list is not empty.
      history.empty = false;
      withdraw(history, 'emptied');
    }
    if (history.order === 'unordered') return true;
    const { order } = sortingOf(page.starts, history.order);
    if (order === undefined || order === history.order) return true;
    if (history.order === null && order === 'oldest_first' && page.cursor !== null) {
      // What was taken for the newest end was the oldest: begin again, with the order known.
      Object.assign(history, { order, proved: false, stretches: [], empty: false, headAt: null });
      this.headRead = false;
      return false;
    }
    // Whatever was proved before was proved of a list that is in any order, or speaks against this one.
    history.proved = false;
    if (history.order === null && order !== 'unordered') {
      history.order = order;
      return true;
    }
    // One page alone says little against an order that others have shown; it is taken as one that tells no time.
    this.#outOfOrder += 1;
    if (history.order !== null && this.#outOfOrder < maxOutOfOrder) return true;
    this.contradict();
    return false;
  }

  contradict(): void {
    contradict(this.history);
    this.headRead = false;
  }

  /**
   * From when to when the page is one moment of the list without a sync missing; undefined where it tells no time.
   * Rows that lie ahead are left out, since what has not yet been can't be whole; of the others, those that stray from
   * the order. One that lies ahead may stand anywhere, and makes no stray of another; but a page that speaks against the
   * order as a whole tells no time, however few of its rows have begun.
   */
  range(page: Page): Range | undefined {
    const known = this.history.order;
    if (known === 'unordered') return rangeOf(page.starts);
    if (speaksAgainst(sortingOf(page.starts, known).order, known)) return undefined;
    const asked = instantOf(page.at);
    const begun = page.starts.filter((start) => start <= asked);
    const { order, sorted } = sortingOf(begun, known);
    if (order === 'unordered' || speaksAgainst(order, known)) return undefined;
    return rangeOf(sorted);
  }

  /** The link towards older rows. */
  older(page: Page): Cursor | undefined {
    if (this.history.order !== 'oldest_first') return page.next;
    // The first page may name itself as the one before it.
    return page.prev === page.cursor ? undefined : page.prev;
  }

  /**
   * On the way to older rows, the page after this one shows the same rows again. Oldest first, that is where the
   * list ends: the first page may name itself as the one before it, under ever new cursors, too.
   */
  meetsAgain(page: Page, before: Page | undefined): boolean {
    return this.history.order === 'oldest_first' && before !== undefined && hasSameRows(page, before);
  }

  /** The page that holds the newest rows; null: the first one. */
  get newestEnd(): Cursor | null {
    return this.history.order === 'oldest_first' ? this.history.tail : null;
  }

  /** Nobody can say what the newest end holds: what lies below it is left for the next run. */
  isHeadInDoubt = false;

  /** The newest gap that can still be worked on, by the stretch above it. */
  get gap(): Stretch | undefined {
    if (this.isHeadInDoubt) return undefined;
    // Where the list seemed to end above it, the way down is not gone again before that can be confirmed.
    if (isUnconfirmed(this, 'cut_short', this.history.headAt)) return undefined;
    return this.history.stretches.find((stretch) => !stretch.closed && !this.stuck.has(stretch));
  }

  /** Gives up on a gap for this run. */
  giveUp(stretch: Stretch, obstacle: string): void {
    this.stuck.add(stretch);
    this.obstacle = obstacle;
  }

  /** To be called when a job has changed the history: no gap and no contradiction proves the order. */
  settle(): void {
    if (gapsOf(this.history) > 0 || this.history.order === 'unordered') return;
    this.history.proved = true;
    // There is no gap left that it could be about.
    withdraw(this.history, 'cut_short');
  }
}

/** @param shown by a page; undefined: it bears any. @param known by other pages. */
function speaksAgainst(shown: Order | undefined, known: Order | null): boolean {
  return shown !== undefined && known !== null && shown !== known;
}
