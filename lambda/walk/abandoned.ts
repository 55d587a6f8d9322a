/** Which syncs are asked about again, and which are given up: still open 7 days after their start. */

import { dayOf, type Instant, instantOf } from '../rows/instant.ts';
import type { History } from './history.ts';
import type { Cursor } from './page.ts';

const abandonedAfter = 7 * 24 * 60 * 60 * 1000;

/** Counts what is too old, and asks about it no longer. */
export function giveUpOldSyncs(history: History, now: number): void {
  const limit = instantOf(now - abandonedAfter);
  for (const { start } of history.opens.filter((open) => open.start <= limit)) {
    const day = dayOf(start);
    history.abandoned[day] = (history.abandoned[day] ?? 0) + 1;
  }
  history.opens = history.opens.filter((open) => open.start > limit);
}

export interface OpenOfDay {
  readonly day: string;
  /** All syncs of the day that are not final in the lake, however they came there: also by a run that crashed. */
  readonly starts: readonly Instant[];
  /** Those that this run has read, with the page that each stood on. */
  readonly read: ReadonlyMap<Instant, Cursor | null>;
  readonly now: number;
}

/**
 * Takes over from the lake which syncs of a day are not final.
 *
 * Young ones are asked about again. Of the old ones, those that this run has read are given up; those on the list
 * wait until they have been looked for; and the others were given up before, unless there are more of them than
 * were counted then: a run that crashed has left them, and they were never looked for.
 */
export function takeOpenSyncs(history: History, { day, starts, read, now }: OpenOfDay): void {
  const limit = instantOf(now - abandonedAfter);
  const listed = new Set(history.opens.map(({ start }) => start));
  const old = starts.filter((start) => start <= limit);
  const readNow = old.filter((start) => read.has(start));
  const others = old.filter((start) => !read.has(start) && !listed.has(start));
  const givenUp = new Set(others.length > (history.abandoned[day] ?? 0) ? readNow : [...readNow, ...others]);
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
