/**
 * What is remembered of an integration's history: the stretches of it that are proved whole, newest first,
 * and between and below them the gaps. Kept in the checkpoint; changed by the walk.
 */
import type { Instant } from '../rows/instant.ts';
import type { Cursor, Order } from './page.ts';

/** A piece of history in which no sync is missing. */
export interface Stretch {
  newest: Instant;
  oldest: Instant;
  /** The page from which the way on down continues: the last that was read. Null: the newest end of the list. */
  place: Cursor | null;
  /** The end of the list was seen below it: nothing older is left at the source. */
  closed: boolean;
  /** The link on from `place` was refused once, and `place` must be read anew before that means anything. */
  refused: boolean;
}

/** A sync whose row was not final when it was last read. */
export interface OpenSync {
  readonly start: Instant;
  /** The page that it stood on. Null: not known, look for it from the newest end. */
  place: Cursor | null;
}

export interface History {
  /** As far as the pages show it; null while any order is possible. */
  order: Order | null;
  /** A walk to the end of the list has met this order throughout. */
  proved: boolean;
  stretches: Stretch[];
  /** The list was read whole and holds nothing that can be placed, nor did it ever. */
  empty: boolean;
  /** When the newest end of the list was last read, in milliseconds; null: never. */
  headAt: number | null;
  /** Oldest first only: the last page of the list, where its newest end is looked for. */
  tail: Cursor | null;
  /** Unordered only: how far a sweep has come that a deadline cut short. */
  sweepPlace: Cursor | null;
  /** The least recently read one first. */
  opens: OpenSync[];
  /** How many syncs of a UTC day were still open 7 days after their start. */
  abandoned: Record<string, number>;
}

export const newHistory = (): History => ({
  order: null,
  proved: false,
  stretches: [],
  empty: false,
  headAt: null,
  tail: null,
  sweepPlace: null,
  opens: [],
  abandoned: {},
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

/** What was held to be proved has turned out wrong: only whole sweeps prove anything from here on. */
export function contradict(history: History): void {
  history.order = 'unordered';
  history.proved = false;
  history.stretches = [];
  history.empty = false;
  history.tail = null;
}
