import { describe, expect, test } from 'vitest';
import { hasBegun, hasSameRows, isSameRange, mayHaveBegun, rangeOf } from '../../../lambda/walk/page.ts';
import { at, hour, pageOf } from './pages.ts';

describe('the range of a page', () => {
  test.each([
    [
      'is from its oldest row to its newest, in whatever order they are',
      [7, 9, 3],
      { newest: hour(9), oldest: hour(3) },
    ],
    ['of one row is that row’s', [7], { newest: hour(7), oldest: hour(7) }],
    ['is unknown where no row can be placed', [], undefined],
  ])('%s', (_, hours, range) => {
    expect(rangeOf(hours.map(hour))).toEqual(range);
  });

  test('is the same as another’s where both ends are', () => {
    const range = (newest: number, oldest: number) => ({ newest: hour(newest), oldest: hour(oldest) });
    expect(isSameRange(range(9, 3), range(9, 3))).toBe(true);
    expect(isSameRange(range(9, 3), range(9, 4))).toBe(false);
    expect(isSameRange(range(9, 3), range(8, 3))).toBe(false);
    expect(isSameRange(range(9, 3), undefined)).toBe(false);
  });
});

describe('P15: the rows of a page have begun', () => {
  test('where one started at that very moment, or before', () => {
    const page = (asked: number) => pageOf('here', [9, 7], { at: at(asked) });
    expect([hasBegun(page(8)), hasBegun(page(7)), hasBegun(page(6))]).toEqual([true, true, false]);
    expect([mayHaveBegun(page(7)), mayHaveBegun(page(6))]).toEqual([true, false]);
  });

  test('may have where none of them can be placed, but not where there is none', () => {
    expect(mayHaveBegun(pageOf('here', [], { count: 3 }))).toBe(true);
    expect(mayHaveBegun(pageOf('here', []))).toBe(false);
    expect(mayHaveBegun(pageOf('here', [9], { count: 2, at: at(6) }))).toBe(false);
  });
});

describe('two pages show the same rows', () => {
  const same = (one: number[], other: number[]) => hasSameRows(pageOf('a', one), pageOf('b', other));

  test('where all of them started alike', () => {
    expect(same([9, 7], [9, 7])).toBe(true);
  });

  test.each([
    ['one differs', [9, 7], [9, 6]],
    ['one has more', [9, 7], [9, 7, 5]],
    ['one has fewer', [9, 7], [9]],
    ['neither has any', [], []],
  ])('but not where %s', (_, one, other) => {
    expect(same(one, other)).toBe(false);
  });
});
