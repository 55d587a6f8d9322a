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

  test('differs where any of its figures does', () => {
    const tally = of(1, 2, 9);
    for (const other of [{ count: 4 }, { newest: hour(8) }, { oldest: hour(0) }, { digest: of(1).digest }])
      expect(isSameTally(tally, { ...tally, ...other })).toBe(false);
  });

  test('is the same in every version: a pass may have begun in an earlier one', () => {
    expect(of(1).digest).toBe('3fef06ce9f62c15d70a3d1dbd0b0dc00');
  });

  test('keeps its length over many syncs, whose sum exceeds 128 bits', () => {
    expect(of(...Array(500).keys()).digest).toMatch(/^[0-9a-f]{32}$/);
    expect(emptyTally.digest).toMatch(/^0{32}$/);
  });
});
