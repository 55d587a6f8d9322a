/** A page as the walk sees it: when its rows started and what it links to. What is in the rows is not its business. */
import { type Instant, instantOf } from '../rows/instant.ts';

/** Opaque: a place in the list, good for a request of the same list. */
export type Cursor = string;

/** The documented size of a page. A list of so many rows or fewer has no Link header. */
export const pageSize = 10;

export interface Page {
  /** What it was asked with; null: without a cursor, the first page of the list. */
  readonly cursor: Cursor | null;
  /** When it was asked for, in milliseconds: all that had started by then was in the list. */
  readonly at: number;
  /** How many rows there were, also such as can't be placed. */
  readonly count: number;
  /** The starts of the rows that can be placed, in the order of the page. */
  readonly starts: readonly Instant[];
  /** Of these, the starts of the rows that are not final. */
  readonly open?: readonly Instant[];
  readonly next?: Cursor;
  readonly prev?: Cursor;
}

/** `400 Invalid cursor`. */
export const refused = Symbol('refused');
export type Refused = typeof refused;

/**
 * Whether rows of it have started, or may have, since none of them can be placed. Else it is, up to now, as good as
 * empty: what can be placed lies ahead, and a row that can't be is left out here as it is on any other page.
 */
export function mayHaveBegun({ at, count, starts }: Page): boolean {
  return hasBegun({ at, starts }) || (count > 0 && starts.length === 0);
}

/** Whether it has a row that is known to have started. */
export function hasBegun({ at, starts }: Pick<Page, 'at' | 'starts'>): boolean {
  const asked = instantOf(at);
  return starts.some((start) => start <= asked);
}

export interface Range {
  readonly newest: Instant;
  readonly oldest: Instant;
}

/** From when to when these rows started, or undefined where there is none. */
export function rangeOf(starts: readonly Instant[]): Range | undefined {
  const [first] = starts;
  if (first === undefined) return undefined;
  let newest = first;
  let oldest = first;
  for (const start of starts) {
    if (start > newest) newest = start;
    if (start < oldest) oldest = start;
  }
  return { newest, oldest };
}

/** No two pages of a list share a row: where all starts are the same, it is one page, under whatever cursors. */
export const hasSameRows = ({ starts }: Pick<Page, 'starts'>, other: Pick<Page, 'starts'>): boolean =>
  starts.length > 0 &&
  starts.length === other.starts.length &&
  starts.every((start, index) => start === other.starts[index]);

export function isSameRange(one: Range | undefined, other: Range | undefined): boolean {
  return one?.newest === other?.newest && one?.oldest === other?.oldest;
}
