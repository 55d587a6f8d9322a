import { describe, expect, test } from 'vitest';
import { count, emptyTally, isSameTally } from '../../../lambda/walk/tally.ts';
import { hour } from './pages.ts';

const of = (...hours: number[]) => count(emptyTally, hours.map(hour));

describe('what a pass has met', () => {
  test('is the same in whatever order it came, and however it was split', () => {
    expect(of(3, 1, 2)).toEqual(of(1, 2, 3));
    expect(count(count(emptyTally, [hour(2)]), [hour(3), hour(1)])).toEqual(of(1, 2, 3));
    expect(of(1, 2, 3)).toMatchObject({ count: 3, newest: hour(3), oldest: hour(1) });
  });

  test('differs where one sync differs between the same ends, though the count is the same', () => {
    expect(isSameTally(of(1, 2, 9), of(1, 3, 9))).toBe(false);
    expect(isSameTally(of(1, 2, 9), of(9, 2, 1))).toBe(true);
  });

  test('differs where a sync was counted twice', () => {
    expect(isSameTally(of(1, 2, 9), of(1, 2, 2, 9))).toBe(false);
  });

  test('keeps its length over many syncs, whose sum exceeds 128 bits', () => {
    expect(of(...Array(500).keys()).digest).toMatch(/^[0-9a-f]{32}$/);
    expect(emptyTally.digest).toMatch(/^0{32}$/);
  });
});
