import { describe, expect, test } from 'vitest';
import { isSameRange, rangeOf } from '../../../lambda/walk/page.ts';
import { hour } from './pages.ts';

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
