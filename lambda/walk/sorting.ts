/**
 * The order of the rows of one page, which is one moment of the list. A list may be sorted but for a row here and
 * there: one that was listed late, or whose start was set by a clock that is off. Such a row strays: it is taken
 * like any other, and says nothing of where the page stands in the list.
 */
import type { Instant } from '../rows/instant.ts';

export type Order = 'newest_first' | 'oldest_first' | 'unordered';

export interface Sorting {
  /** Undefined where any order is possible. */
  readonly order: Order | undefined;
  /** The rows that are in that order; all of them where there is no order. */
  readonly sorted: readonly Instant[];
}

/**
 * So many rows of a page may stray from the order that other pages have shown, one in any case: more, and the page is in
 * no order.
 */
const maxStraysShare = 0.25;
/**
 * And so many where none has shown it yet: of pages of ten rows in no order, one in 700 looks sorted but for two of them,
 * and one in 22,000 but for one.
 */
const maxStraysOfFirst = 1;

/** @param known the order that other pages have shown: a page that bears it, with its strays, is in that order. */
export function sortingOf(starts: readonly Instant[], known?: Order | null): Sorting {
  const rising = longestRun(starts, (before, after) => before <= after);
  const falling = longestRun(starts, (before, after) => before >= after);
  const strays = (sorted: readonly Instant[]) => starts.length - sorted.length;
  const bears = (sorted: readonly Instant[]) =>
    strays(sorted) <= Math.max(1, Math.floor(starts.length * maxStraysShare));
  const isEither = rising.length === falling.length;
  if (isEither && rising.length === starts.length) return { order: undefined, sorted: starts };
  if (known === 'newest_first' && bears(falling)) return { order: known, sorted: falling };
  if (known === 'oldest_first' && bears(rising)) return { order: known, sorted: rising };
  if (isEither) return { order: 'unordered', sorted: starts };
  const [order, sorted] =
    rising.length > falling.length
      ? (['oldest_first', rising] as const)
      : (['newest_first', falling] as const);
  return strays(sorted) <= maxStraysOfFirst ? { order, sorted } : { order: 'unordered', sorted: starts };
}

/** The longest choice of rows, in their order on the page, of which each follows the one before it. */
function longestRun(
  starts: readonly Instant[],
  follows: (before: Instant, after: Instant) => boolean,
): Instant[] {
  // Patience sorting: `ends[n]` is the row that ends the best run of n + 1 rows so far.
  const ends: number[] = [];
  const previous: number[] = [];
  starts.forEach((start, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (follows(starts[ends[middle] ?? 0] ?? start, start)) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const run: Instant[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) run.push(starts[at] as Instant);
  return run.reverse();
}
