/**
 * How much a run still has to read, judged by what it has read: Braze names no number. The rows of the pages say how
 * often an integration syncs, and no history is held to go back further than what Braze keeps: so it is at the most.
 */
import type { RunEvent } from '../../lambda/run/run-events.ts';

export type PageEvent = Extract<RunEvent, { kind: 'page' }>;

/** Braze keeps a sync for a year or so. */
const keptMs = 365 * 86_400_000;
/** Where so many pages in a row are no older than those before, reading does not go from new to old. */
const mostAside = 3;
/** The first page is the newest; only the second says from where on is read. */
const fewest = 2;

interface Seen {
  pages: number;
  /** From each row to the next on its page: how many steps, and how long they are together. */
  steps: number;
  stepsMs: number;
  lowestMs: number;
  aside: number;
  isDone: boolean;
}

const unseen = (): Seen => ({
  pages: 0,
  steps: 0,
  stepsMs: 0,
  lowestMs: Number.POSITIVE_INFINITY,
  aside: 0,
  isDone: false,
});

export class Backlog {
  readonly #began: number;
  readonly #seen = new Map<string, Seen>();
  #done = 0;
  #total = 0;
  #longestPage = 1;

  /** @param now by the clock of the source, in milliseconds. */
  constructor(now: number) {
    this.#began = now;
  }

  take({ integrationId, rows, newest, oldest, isLast, done, total }: PageEvent): void {
    const seen = this.#seen.get(integrationId) ?? unseen();
    this.#seen.set(integrationId, seen);
    this.#done = done;
    this.#total = total;
    this.#longestPage = Math.max(this.#longestPage, rows);
    seen.pages += 1;
    seen.isDone = isLast;
    if (newest === undefined || oldest === undefined) return;
    const lowestMs = Date.parse(`${oldest}Z`);
    seen.steps += rows - 1;
    seen.stepsMs += Date.parse(`${newest}Z`) - lowestMs;
    seen.aside = lowestMs < seen.lowestMs ? 0 : seen.aside + 1;
    seen.lowestMs = Math.min(seen.lowestMs, lowestMs);
  }

  /** Nothing more is read of it in this run. */
  drop(integrationId: string): void {
    const seen = this.#seen.get(integrationId) ?? unseen();
    this.#seen.set(integrationId, { ...seen, isDone: true });
  }

  /**
   * How many pages are left, at the most; undefined: that can't be said. It is not, as long as one integration is not
   * known: it may have a hundred times as much as all the others.
   */
  get pagesLeft(): number | undefined {
    const seen = [...this.#seen.values()];
    const finished = seen.filter(({ isDone }) => isDone).length;
    // Of some nothing is read at all: those that Braze does not know, or that could not be kept.
    const known = Math.max(this.#done, finished) + seen.length - finished;
    if (seen.length === 0 || known < this.#total) return undefined;
    if (seen.some(({ pages, aside, isDone }) => !isDone && (pages < fewest || aside >= mostAside)))
      return undefined;
    return Math.round(seen.reduce((sum, each) => sum + this.#leftOf(each), 0));
  }

  /** How many whole days back everything is read that is not read to its end. */
  get daysBack(): number {
    const unfinished = [...this.#seen.values()].filter(({ isDone }) => !isDone);
    if (unfinished.length === 0 || this.#seen.size < this.#total) return 0;
    const reached = Math.max(...unfinished.map(({ lowestMs }) => lowestMs));
    return Number.isFinite(reached) ? Math.max(0, Math.floor((this.#began - reached) / 86_400_000)) : 0;
  }

  #leftOf({ isDone, steps, stepsMs, lowestMs }: Seen): number {
    if (isDone || stepsMs <= 0) return 0;
    const leftMs = Math.max(0, lowestMs - (this.#began - keptMs));
    return (leftMs * steps) / stepsMs / this.#longestPage;
  }
}
