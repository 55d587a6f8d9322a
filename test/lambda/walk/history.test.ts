import { describe, expect, test } from 'vitest';
import { contradict, gapsOf, isHeld, newHistory } from '../../../lambda/walk/history.ts';
import { at, hour, stretchOf } from './pages.ts';

const closed = { closed: true };
const of = (...stretches: ReturnType<typeof stretchOf>[]) => ({ ...newHistory(), stretches });

describe('the gaps of a history', () => {
  test.each([
    ['one, where nothing is known', newHistory(), 1],
    ['none, where it is known to be empty', { ...newHistory(), empty: true }, 0],
    ['the one below a single stretch', of(stretchOf(9, 5)), 1],
    ['none where that is closed', of(stretchOf(9, 5, closed)), 0],
    ['those between stretches, and the one below the last', of(stretchOf(9, 8), stretchOf(6, 5)), 2],
    ['only those between where the last is closed', of(stretchOf(9, 8), stretchOf(6, 5, closed)), 1],
  ])('are %s', (_, history, gaps) => {
    expect(gapsOf(history)).toBe(gaps);
  });
});

describe('P3: a sync must be known already', () => {
  const history = of(stretchOf(9, 8), stretchOf(6, 4));
  test.each([9, 8, 6, 5, 4])('at %i, inside a stretch, both ends included', (number) => {
    expect(isHeld(history, hour(number))).toBe(true);
  });
  test.each([10, 7, 3])('not so at %i, outside of all', (number) => {
    expect(isHeld(history, hour(number))).toBe(false);
  });
});

test('P3: a history that was contradicted holds nothing to be whole, and forgets no open sync', () => {
  const opens = [{ start: hour(5), place: 'there' }];
  const history = {
    ...of(stretchOf(9, 5, closed)),
    opens,
    order: 'oldest_first' as const,
    proved: true,
    headAt: at(10),
    tail: 'last',
    abandoned: { '2026-05-01': 1 },
  };
  contradict(history);
  expect(history).toMatchObject({ stretches: [], proved: false, tail: null, empty: false, opens });
  expect([gapsOf(history), history.abandoned]).toEqual([1, { '2026-05-01': 1 }]);
});
