/**
 * The second look: what is held to be final is read again, from the newest end down. A row that was final may have
 * changed since, and one may have come late; both are joined like any row, and nothing is concluded about the order.
 *
 * - `day`: within a day what is younger than a day.
 * - `week`: within a week what is younger than a week.
 * - `month`: within a month all that the source still has.
 * - `asked`: as far as a person wants it, now.
 */
import { type Instant, instantOf } from '../rows/instant.ts';
import { keptSince } from '../time/kept-since.ts';
import { join } from './contact.ts';
import { statesEnd } from './end.ts';
import type { History, Reach, SecondLook } from './history.ts';
import { type Cursor, type Page, refused } from './page.ts';
import { type Job, patience, type Walk } from './walk.ts';

const hourMs = 60 * 60 * 1000;
/**
 * A little more often and further than promised: a look takes a while, runs are apart, and what changes when it has
 * just left the first page is still seen within the day.
 */
const everyMs = { day: 23.5 * hourMs, week: 6.75 * 24 * hourMs, month: 27 * 24 * hourMs } as const;
const backMs = { day: 26 * hourMs, week: 7.25 * 24 * hourMs } as const;
/** A look whose kept places are refused again and again is left after so long. */
const maxLookMs = 3 * 24 * hourMs;
const beginning = '0001-01-01T00:00:00' as Instant;

/** A look that is due, and since when, in milliseconds. */
export interface DueLook {
  readonly reach: Reach;
  readonly since: number;
}

/** The look that comes next; undefined where none is due. @param now in milliseconds. */
export function nextLook({ looks, order, stretches }: History, now: number): DueLook | undefined {
  if (order === 'unordered') return undefined;
  if (looks.asked.current) return { reach: 'asked', since: looks.asked.current.began };
  if (stretches.length === 0) return undefined;
  const reach = (['day', 'week', 'month'] as const).find((each) => isDue(looks[each], each, now));
  return reach && { reach, since: looks[reach].last ?? 0 };
}

/** As {@link nextLook}, and begins it. */
export function dueLook(history: History, now: number): Reach | undefined {
  const reach = nextLook(history, now)?.reach;
  if (reach === undefined || reach === 'asked') return reach;
  history.looks[reach].current ??= {
    until: reach === 'month' ? beginning : instantOf(now - backMs[reach]),
    began: now,
    place: null,
  };
  return reach;
}

/** Whether a look is under way, or long enough ago. */
function isDue({ last, current }: SecondLook, reach: keyof typeof everyMs, now: number): boolean {
  return current !== null || (last !== null && now - last >= everyMs[reach]);
}

const ranks: Readonly<Record<Reach, number>> = { asked: 0, day: 1, week: 2, month: 3 };

/** Who is looked at first: what a person asks for, then what changes soonest; of equals, who has waited longest. */
export function compareLooks(a: DueLook, b: DueLook): number {
  return ranks[a.reach] - ranks[b.reach] || a.since - b.since;
}

/** Begins the look that a person asks for, or goes on with it where it is under way. @param ms undefined: all. */
export function askForLook({ looks }: History, now: number, ms: number | undefined): void {
  const until = ms === undefined ? beginning : instantOf(now - ms);
  const { current } = looks.asked;
  if (current && current.until <= until) return;
  looks.asked.current = { until, began: now, place: null };
}

/**
 * A history that has just become whole was read just now: looks are counted from here. So are those that were written
 * down under a clock that was ahead.
 */
export function countLooksFrom({ looks }: History, now: number): void {
  for (const reach of ['day', 'week', 'month'] as const)
    looks[reach].last = keptSince(looks[reach].last, now);
}

/**
 * 1. Read the page that the look came to, or begin at the newest end; where the place is of no use any more, begin
 *    there again.
 * 2. Go on down to a row as old as the look reaches, or to the end of the list.
 * 3. What came in meanwhile moves rows down, where this walk meets them again; what is removed at the old end is
 *    no loss to it. So one way down meets every row that was there when it began.
 */
export function* lookAgain(walk: Walk, reach: Reach): Job {
  const { history } = walk;
  const look = history.looks[reach];
  const { current } = look;
  if (!current) return;
  const visited = new Set<Cursor | null>();
  // The head of this run is the first page of the look, and all of it where it states that there is no other.
  const { firstLink, headIsAll } = walk;
  if (current.place === null && headIsAll) return finish(history, reach);
  let last: Page | undefined;
  // Pages that are read a second time, since the list looked as if it ended there: it named no other, or its link
  // led to nothing.
  let unstated: Cursor | null | undefined;
  let emptied: Cursor | null | undefined;
  let before: Page | undefined;
  let lowest: Instant | undefined;
  let cursor = current.place ?? firstLink ?? walk.newestEnd;
  // Where the pages lead nowhere, patience ends the loop, and not the end of the list.
  let isDone = false;
  for (let idle = 0; idle <= patience && !isDone; ) {
    const page = yield cursor;
    const leadsOn = page !== refused && walk.older(page) !== undefined;
    if (page === refused || (page.count === 0 && !leadsOn)) {
      if (!last) {
        // The place is of no use any more: the next run begins anew, but not for ever.
        current.place = null;
        const isLong = (history.headAt ?? 0) - current.began > maxLookMs;
        return isLong && reach !== 'asked' ? leave(history, reach) : undefined;
      }
      if (emptied === last.cursor) {
        isDone = true;
        continue;
      }
      emptied = last.cursor;
      // The same page comes next, and that is no circle.
      before = undefined;
      cursor = emptied;
      continue;
    }
    join(walk, page);
    current.place = page.cursor;
    visited.add(page.cursor);
    last = page;
    const range = walk.range(page);
    idle += 1;
    if (range && (lowest === undefined || range.oldest < lowest)) [lowest, idle] = [range.oldest, 0];
    // The first page may name itself as the one before it, under ever new cursors.
    isDone = walk.meetsAgain(page, before) || (range !== undefined && range.oldest <= current.until);
    if (isDone) continue;
    before = page;
    const older = walk.older(page);
    if (older === undefined) {
      isDone = unstated === page.cursor || statesEnd(walk, page);
      unstated = page.cursor;
      before = undefined;
      continue;
    }
    if (visited.has(older)) return leave(history, reach);
    cursor = older;
  }
  if (isDone) finish(history, reach);
  else leave(history, reach);
}

/** It can't come to its end: it is not begun again before the next one is due, and nothing says that it was read. */
function leave({ looks }: History, reach: Reach): void {
  const { current } = looks[reach];
  if (!current) return;
  looks[reach] = { last: current.began, current: null };
}

function finish(history: History, reach: Reach): void {
  const { looks } = history;
  const { current } = looks[reach];
  if (!current) return;
  looks[reach].current = null;
  const isWhole = current.until === beginning;
  if (isWhole) history.recheckedAt = current.began;
  // Who went further has looked at what others would.
  for (const other of ['day', 'week', 'month'] as const) {
    const covers =
      isWhole || (other !== 'month' && current.until <= instantOf(current.began - backMs[other]));
    if (covers && (looks[other].last ?? 0) < current.began) looks[other].last = current.began;
  }
}
