/**
 * What is remembered of an integration's history: the stretches of it that are proved whole, newest first,
 * and between and below them the gaps. Kept in the checkpoint; changed by the walk.
 */
import { type Instant, instantOf, millisecondsOf } from '../rows/instant.ts';
import type { Cursor } from './page.ts';
import { newScans, type Scans } from './scans.ts';
import type { Order } from './sorting.ts';

/** A piece of history in which no sync is missing. */
export interface Stretch {
  newest: Instant;
  oldest: Instant;
  /** The page from which the way on down continues: the last that was read. Null: the newest end of the list. */
  place: Cursor | null;
  /** The end of the list was seen below it: nothing older is left at the source. */
  closed: boolean;
  /** The link on from `place` led to nothing once, and `place` must be read anew before that means anything. */
  refused: boolean;
  /** Closed although its last page names an older one: that link was followed twice, and led to nothing. */
  deadEnd: boolean;
}

/** A sync whose row was not final when it was last read. */
export interface OpenSync {
  readonly start: Instant;
  /** The page that it stood on. Null: not known, look for it from the newest end. */
  readonly place: Cursor | null;
  /** When it was last read or looked for, in milliseconds; undefined: not since it is on the list. */
  readonly askedAt?: number | undefined;
  /** The lake holds a final row of it, which stays until there is a later one: the source shows it open again. */
  readonly again?: boolean;
}

/** What the source has said that would take something away, and has not confirmed. */
export interface Doubt {
  readonly kind: DoubtKind;
  /** When the source first said so, in milliseconds. */
  readonly since: number;
}

/**
 * - `emptied`: the list holds no row, and it did.
 * - `cut_short`: the list ends above a gap, or above rows that are known.
 * - `moved_back`: the newest row of the list is older than one that is known.
 */
export type DoubtKind = 'emptied' | 'cut_short' | 'moved_back';

/** How far a second look goes back: see `second-look.ts`. */
export type Reach = 'day' | 'week' | 'month' | 'asked';

/** A second look at what is held to be final: from the newest end down, over as many runs as it takes. */
export interface SecondLook {
  /** When the last one began that has come to its end, in milliseconds. */
  last: number | null;
  /** The one that is under way. */
  current: {
    /** It comes to its end where it meets a sync as old as that. */
    readonly until: Instant;
    /** In milliseconds. */
    readonly began: number;
    /** The page that was read last. Null: it begins at the newest end. */
    place: Cursor | null;
  } | null;
}

export interface History {
  /** As far as the pages show it; null while any order is possible. */
  order: Order | null;
  /** A walk to the end of the list has met this order throughout. */
  proved: boolean;
  stretches: Stretch[];
  /** The list holds no row; what the stretches hold has left it. */
  empty: boolean;
  /** When the newest end of the list was last read, in milliseconds; null: never. */
  headAt: number | null;
  /** Oldest first only: the last page of the list, where its newest end is looked for. */
  tail: Cursor | null;
  /** Unordered only: the passes through the whole list. */
  scans: Scans;
  opens: OpenSync[];
  /** How many syncs of a UTC day were given up: see `open-syncs.ts`. */
  abandoned: Record<string, number>;
  /** The record had no room for open syncs that had started by then: they were given up before their time. */
  givenUpTo: Instant | null;
  /** What the source has said that would take something away, and has not yet confirmed. */
  doubt: Doubt | null;
  /** Gaps that the source no longer had when they were to be read. */
  lostGaps: number;
  /** Rows that turned up where none was missing. */
  lateRows: number;
  looks: Record<Reach, SecondLook>;
  /** When the last look began that read the whole history again, in milliseconds. */
  recheckedAt: number | null;
}

const notYet = (): SecondLook => ({ last: null, current: null });

export const newHistory = (): History => ({
  order: null,
  proved: false,
  stretches: [],
  empty: false,
  headAt: null,
  tail: null,
  scans: newScans(),
  opens: [],
  abandoned: {},
  givenUpTo: null,
  doubt: null,
  lostGaps: 0,
  lateRows: 0,
  looks: { day: notYet(), week: notYet(), month: notYet(), asked: notYet() },
  recheckedAt: null,
});

/** Stretches of history not yet read. */
export function gapsOf({ stretches, empty }: History): number {
  const last = stretches.at(-1);
  if (!last) return empty ? 0 : 1;
  return stretches.length - (last.closed ? 1 : 0);
}

/** Whether a sync of that start would have to be known already. */
export function isHeld({ stretches }: History, start: Instant): boolean {
  return stretches.some(({ newest, oldest }) => oldest <= start && start <= newest);
}

/** A newer sync has started: whatever the row of this one says, it is over. Its row may still change. */
export function isOver({ stretches, opens, scans: { before, current } }: History, start: Instant): boolean {
  // What a list in no order is known to hold lags behind what was read of it.
  const met = [stretches[0]?.newest, before?.tally.newest, current?.own.newest];
  return met.some((newest) => newest && start < newest) || opens.some((other) => start < other.start);
}

/**
 * How many syncs are open: neither is their row final, nor are they over.
 * @param lastStart of the newest sync in the lake that has started, in milliseconds: it may be one that strays from its
 *   list's order, and lies in no stretch; null: not known.
 */
export function countOpen(history: History, lastStart: number | null): number {
  const newest = history.opens.reduce<Instant | undefined>(
    (latest, { start }) => (latest === undefined || start > latest ? start : latest),
    undefined,
  );
  if (newest === undefined || isOver(history, newest)) return 0;
  return lastStart !== null && millisecondsOf(newest) < lastStart ? 0 : 1;
}

/** Gaps below this stretch. */
export function gapsBelow({ stretches }: History, stretch: Stretch): number {
  return stretches.length - stretches.indexOf(stretch) - (stretches.at(-1)?.closed ? 1 : 0);
}

/**
 * A row turned up where none was missing: what lies below the page that it stood on is no longer held to be
 * joined to it, and the walk goes down there again until a page brings no surprise. What is newer stays proved.
 *
 * @param edge what is at least as new stays proved. @param place the page that it stood on.
 * @param day all of it is in question: what stays proved below ends where it begins.
 */
export function cut(history: History, edge: Instant, place: Cursor | null, day?: string): void {
  const { stretches } = history;
  const index = stretches.findIndex(({ newest, oldest }) => oldest < edge && edge <= newest);
  const stretch = stretches[index];
  if (!stretch) return;
  const beforeEdge = instantOf(millisecondsOf(edge) - 1);
  const beforeDay = day === undefined ? beforeEdge : instantOf(Date.parse(`${day}T00:00:00Z`) - 1);
  const below = beforeDay < beforeEdge ? beforeDay : beforeEdge;
  const upper: Stretch = { ...stretch, oldest: edge, place, closed: false, refused: false, deadEnd: false };
  const lower = below >= stretch.oldest ? [{ ...stretch, newest: below }] : [];
  stretches.splice(index, 1, upper, ...lower);
}

/** The list is in no order: only full scans prove anything from here on. */
export function contradict(history: History): void {
  history.order = 'unordered';
  history.proved = false;
  history.stretches = [];
  history.empty = false;
  history.tail = null;
  history.scans = newScans();
  history.doubt = null;
}
