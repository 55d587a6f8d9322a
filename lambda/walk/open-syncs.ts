/**
 * The open syncs of an integration: those whose row was not final when it was last read. This is the only place
 * that says which they are, on which page each stood, and which are given up: still open 7 days after their start.
 */
import { dayOf, type Instant, instantOf } from '../rows/instant.ts';
import type { History, OpenSync } from './history.ts';
import type { Cursor, Page } from './page.ts';

const abandonedAfterMs = 7 * 24 * 60 * 60 * 1000;

export class OpenSyncs {
  readonly #history: History;
  /** Rows that were not final when this run read them, with the page that each stood on. */
  readonly #read = new Map<Instant, Cursor | null>();
  /** Starts that stood on a page of this run. */
  readonly #seen = new Set<Instant>();
  /** This run has looked for all of them. */
  searched = false;

  constructor(history: History) {
    this.#history = history;
  }

  /** Newest first, beginning with the one that was left longest. */
  get inTurn(): OpenSync[] {
    const { opens } = this.#history;
    const sorted = [...opens].sort((a, b) => (a.start > b.start ? -1 : 1));
    const first = sorted.findIndex(({ start }) => start === opens[0]?.start);
    return [...sorted.slice(first), ...sorted.slice(0, first)];
  }

  hasMet(start: Instant): boolean {
    return this.#seen.has(start);
  }

  /** Every page of this run shows which of them are still open, and where they stand now. */
  meet({ cursor, starts, open = [] }: Page): void {
    for (const start of starts) this.#read.delete(start);
    for (const start of open) {
      this.#read.set(start, cursor);
      this.#seen.add(start);
    }
    const onPage = new Set(starts);
    for (const known of this.#history.opens) {
      if (!onPage.has(known.start)) continue;
      this.#seen.add(known.start);
      known.place = cursor;
    }
  }

  /** It has had its turn, and comes last from here on. */
  hadItsTurn(start: Instant): void {
    const history = this.#history;
    // A commit in between may have found it final.
    const still = history.opens.filter((open) => open.start === start);
    history.opens = [...history.opens.filter((open) => open.start !== start), ...still];
  }

  /** Counts what is too old, and asks about it no longer. */
  giveUp(now: number): void {
    const history = this.#history;
    const limit = instantOf(now - abandonedAfterMs);
    for (const { start } of history.opens.filter((open) => open.start <= limit)) {
      const day = dayOf(start);
      history.abandoned[day] = (history.abandoned[day] ?? 0) + 1;
    }
    history.opens = history.opens.filter((open) => open.start > limit);
  }

  /**
   * Takes over from the lake which syncs of a day are not final, also such as a run that crashed has left there.
   *
   * Young ones are asked about again. Of the old ones, those that this run has read are given up; those on the list
   * wait until they have been looked for; and the others were given up before, unless there are more of them than
   * were counted then: a run that crashed has left them, and they were never looked for.
   */
  takeFromLake(day: string, starts: readonly Instant[], now: number): void {
    const history = this.#history;
    const read = this.#read;
    const limit = instantOf(now - abandonedAfterMs);
    const listed = new Set(history.opens.map(({ start }) => start));
    const old = starts.filter((start) => start <= limit);
    const readNow = old.filter((start) => read.has(start));
    const others = old.filter((start) => !read.has(start) && !listed.has(start));
    const givenUp = new Set(
      others.length > (history.abandoned[day] ?? 0) ? readNow : [...readNow, ...others],
    );
    if (givenUp.size > 0) history.abandoned[day] = givenUp.size;
    else delete history.abandoned[day];

    const open = new Set(starts.filter((start) => !givenUp.has(start)));
    const kept = history.opens.filter(({ start }) => dayOf(start) !== day || open.has(start));
    const added = [...open].filter((start) => !listed.has(start)).map((start) => ({ start, place: null }));
    history.opens = [...kept, ...added].map(({ start, place }) => ({
      start,
      place: read.has(start) ? (read.get(start) ?? null) : place,
    }));
  }
}
