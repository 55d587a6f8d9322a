import { describe, expect, test } from 'vitest';
import { isSameRange, orderOf, rangeOf } from '../../../lambda/walk/page.ts';
import { hour, pageOf } from './pages.ts';

describe('P4: the order of a page’s rows', () => {
  test.each([
    ['newest first', [9, 8, 8, 3], 'newest_first'],
    ['oldest first', [3, 8, 8, 9], 'oldest_first'],
    ['none, where they rise and fall', [3, 9, 8], 'unordered'],
    ['not told by one row', [9], undefined],
    ['not told by rows of the same moment', [9, 9, 9], undefined],
    ['not told by no row', [], undefined],
  ])('is %s', (_, hours, order) => {
    expect(orderOf(pageOf(null, hours))).toBe(order);
  });
});

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
    expect(rangeOf(pageOf(null, hours, { count: 10 }))).toEqual(range);
  });

  test('is the same as another’s where both ends are', () => {
    const range = (newest: number, oldest: number) => ({ newest: hour(newest), oldest: hour(oldest) });
    expect(isSameRange(range(9, 3), range(9, 3))).toBe(true);
    expect(isSameRange(range(9, 3), range(9, 4))).toBe(false);
    expect(isSameRange(range(9, 3), range(8, 3))).toBe(false);
    expect(isSameRange(range(9, 3), undefined)).toBe(false);
  });
});
