import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Order, sortingOf } from '../../../lambda/walk/sorting.ts';
import { hour } from './pages.ts';

/** The order of a page of syncs that started at these hours, and the hours that are in that order. */
function sorting(hours: readonly number[], known?: Order | null) {
  const { order, sorted } = sortingOf(hours.map(hour), known);
  return [order, sorted.map((start) => hours.find((each) => hour(each) === start))];
}

describe('P4: the order of a page’s rows', () => {
  test.each<[string, number[], Order | undefined]>([
    ['newest first', [9, 8, 8, 3], 'newest_first'],
    ['oldest first', [3, 8, 8, 9], 'oldest_first'],
    ['newest first, of two', [9, 8], 'newest_first'],
    ['not told by one row', [9], undefined],
    ['not told by rows of the same moment', [9, 9, 9], undefined],
    ['not told by no row', [], undefined],
  ])('is %s: %j, and every row is in it', (_, hours, order) => {
    expect(sorting(hours)).toEqual([order, hours]);
  });

  test('is none, where they rise as much as they fall', () => {
    expect(sorting([3, 9, 8])).toEqual(['unordered', [3, 9, 8]]);
  });

  test('is not the known one where nothing speaks for it or against it', () => {
    expect(sorting([9], 'oldest_first')).toEqual([undefined, [9]]);
  });
});

describe('P4: a row that strays from the order', () => {
  test.each<[string, number[], Order, number[]]>([
    ['low down, where it was listed late', [9, 8, 7, 2, 6, 5], 'newest_first', [9, 8, 7, 6, 5]],
    ['at the top, where its start lies ahead', [4, 9, 8, 7], 'newest_first', [9, 8, 7]],
    ['at the end', [5, 6, 7, 8, 1], 'oldest_first', [5, 6, 7, 8]],
  ])('%s, is left out of it', (_, hours, order, sorted) => {
    expect(sorting(hours)).toEqual([order, sorted]);
  });

  test('may be one of four; of three, nobody can tell which one strays', () => {
    expect(sorting([3, 2, 9])[0]).toBe('unordered');
    expect(sorting([4, 3, 2, 9])).toEqual(['newest_first', [4, 3, 2]]);
  });

  test('may be one in four on a longer page, and not more, where other pages have shown the order', () => {
    const falling = [20, 18, 16, 14, 12, 10, 8, 6];
    const order = (page: readonly number[]) => sorting(page, 'newest_first')[0];
    // Two of ten, three of eleven, two of eight, three of twelve.
    expect(order([...falling, 21, 22])).toBe('newest_first');
    expect(order([...falling, 21, 22, 23])).toBe('unordered');
    expect(order([...falling.slice(2), 21, 22])).toBe('newest_first');
    expect(order([...falling, 5, 21, 22, 23])).toBe('newest_first');
  });

  test('may be one alone where none has shown it: so many pages in no order look sorted but for two', () => {
    // The first page of a list of eleven in no order.
    const byChance = [4, 9, 19, 14, 24, 29, 34, 49, 44, 54];
    expect(sorting(byChance)).toEqual(['unordered', byChance]);
    expect(sorting(byChance, 'newest_first')).toEqual(['unordered', byChance]);
    expect(sorting([4, 9, 14, 19, 24, 29, 34, 49, 44, 54])[0]).toBe('oldest_first');
    expect(sorting([54, 49, 44, 4, 34, 29, 24, 19, 14, 9])[0]).toBe('newest_first');
  });

  test('may be no second one on a page of six: then every row counts', () => {
    const two = [9, 8, 7, 6, 20, 21];
    expect(sorting(two)).toEqual(['unordered', two]);
    expect(sorting(two, 'newest_first')).toEqual(['unordered', two]);
  });

  test('may even be in doubt which one it is: the order does not hang on it', () => {
    const [order, sorted] = sorting([9, 8, 3, 4, 2]);
    expect(order).toBe('newest_first');
    expect(sorted).toHaveLength(4);
  });
});

describe('P4: the order that other pages have shown', () => {
  test.each<[Order, number[], number[]]>([
    ['newest_first', [3, 9, 8], [9, 8]],
    ['oldest_first', [3, 9, 8], [3, 8]],
  ])('%s is that of a page that rises as much as it falls: %j', (known, hours, sorted) => {
    expect(sorting(hours, known)).toEqual([known, sorted]);
  });

  test('is that of a page that bears it, though another would fit better', () => {
    expect(sorting([8, 9], 'newest_first')[0]).toBe('newest_first');
    expect(sorting([9, 8], 'oldest_first')[0]).toBe('oldest_first');
  });

  test('is not that of a page that does not bear it', () => {
    expect(sorting([6, 7, 8, 9], 'newest_first')).toEqual(['oldest_first', [6, 7, 8, 9]]);
    expect(sorting([9, 8, 7, 6], 'oldest_first')).toEqual(['newest_first', [9, 8, 7, 6]]);
    // As long a run up as down, and too many stray from either.
    const both = [4, 3, 2, 1, 5, 6, 7];
    expect(sorting(both)).toEqual(['unordered', both]);
    expect(sorting(both, 'newest_first')).toEqual(['unordered', both]);
    expect(sorting(both, 'oldest_first')).toEqual(['unordered', both]);
  });

  test('unordered, does not hide that a page is in order', () => {
    expect(sorting([9, 8, 7], 'unordered')).toEqual(['newest_first', [9, 8, 7]]);
  });
});

describe('P4: of any page', () => {
  const hours = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });
  /** The longest choice of rows that never rise, found the slow way. */
  const longestFall = (page: readonly number[]): number => {
    const lengths: number[] = [];
    page.forEach((each, index) => {
      const before = lengths.filter((_, other) => other < index && (page[other] ?? 0) >= each);
      lengths.push(Math.max(0, ...before) + 1);
    });
    return Math.max(0, ...lengths);
  };

  test('as many rows as can be are in the order, in their places', () => {
    fc.assert(
      fc.property(hours, (page) => {
        const [order, sorted] = sorting(page, 'newest_first') as [Order | undefined, number[]];
        if (order !== 'newest_first') return;
        expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
        expect(sorted).toHaveLength(longestFall(page));
        const left = page.values();
        expect(sorted.every((each) => left.some((other) => other === each))).toBe(true);
      }),
    );
  });

  test('the order is mirrored where the page is', () => {
    const mirrored = {
      newest_first: 'oldest_first',
      oldest_first: 'newest_first',
      unordered: 'unordered',
    } as const;
    fc.assert(
      fc.property(hours, (page) => {
        const { order } = sortingOf(page.map(hour));
        const { order: back } = sortingOf(page.toReversed().map(hour));
        expect(back).toBe(order && mirrored[order]);
      }),
    );
  });
});
