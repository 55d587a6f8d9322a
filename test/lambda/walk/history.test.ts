import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { assertHistory } from '../../../lambda/walk/assert-history.ts';
import {
  contradict,
  countOpen,
  cut,
  gapsBelow,
  gapsOf,
  isHeld,
  isOver,
  newHistory,
} from '../../../lambda/walk/history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import { count, emptyTally } from '../../../lambda/walk/tally.ts';
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
    doubt: { kind: 'cut_short', since: at(9) } as const,
    lostGaps: 2,
    lateRows: 3,
  };
  contradict(history);
  expect(history).toMatchObject({
    stretches: [],
    proved: false,
    tail: null,
    empty: false,
    opens,
    doubt: null,
  });
  expect(history).toMatchObject({ order: 'unordered', lostGaps: 2, lateRows: 3 });
  expect([gapsOf(history), history.abandoned]).toEqual([1, { '2026-05-01': 1 }]);
});

describe('the gaps below a stretch', () => {
  test.each([
    ['none where the list ends below it', [stretchOf(9, 8, closed)], 0, 0],
    ['one where it does not', [stretchOf(9, 8)], 0, 1],
    ['those between and below', [stretchOf(9, 8), stretchOf(6, 5), stretchOf(3, 2)], 0, 3],
    ['only those between where the last is closed', [stretchOf(9, 8), stretchOf(6, 5, closed)], 0, 1],
    ['none above it', [stretchOf(9, 8), stretchOf(6, 5, closed)], 1, 0],
  ])('are %s', (_, stretches, index, gaps) => {
    const history = of(...stretches);
    expect(gapsBelow(history, history.stretches[index] ?? stretchOf(0, 0))).toBe(gaps);
  });
});

describe('P3: a history is cut below a page on which a row came late', () => {
  /** So much older, to the millisecond, is what stays proved below. */
  const justBefore = (instant: string) =>
    new Date(Date.parse(`${instant}Z`) - 1).toISOString().slice(0, 23) as Instant;
  const end = { closed: true, deadEnd: true, place: 'deep', refused: true } as const;

  test('what is newer stays proved, and so does what is older; the way on is through the gap, from that page', () => {
    const history = of(stretchOf(20, 18), stretchOf(15, 2, end));
    cut(history, hour(8), 'there');
    expect(history.stretches).toEqual([
      stretchOf(20, 18),
      stretchOf(15, 8, { place: 'there' }),
      { ...stretchOf(15, 2, end), newest: justBefore(hour(8)) },
    ]);
    expect(gapsOf(history)).toBe(2);
  });

  test('at its newest sync, which alone stays proved above', () => {
    const history = of(stretchOf(15, 2, end));
    cut(history, hour(15), null);
    expect(history.stretches).toEqual([
      stretchOf(15, 15),
      { ...stretchOf(15, 2, end), newest: justBefore(hour(15)) },
    ]);
  });

  test.each([
    ['its oldest sync is the page’s: there is nothing below that was held to be whole', 2],
    ['it lies in a gap', 17],
    ['it is newer than all that is known', 21],
    ['it is older than all that is known', 1],
  ])('but not where %s', (_, edge) => {
    const known = [stretchOf(20, 18), stretchOf(15, 2, end)];
    const history = of(...structuredClone(known));
    cut(history, hour(edge), 'there');
    expect(history.stretches).toEqual(known);
  });

  test('and nothing is left below where that was less than a millisecond', () => {
    const fine = (fraction: string) => `${hour(5)}.${fraction}` as Instant;
    const history = of({ ...stretchOf(9, 5, end), oldest: fine('0001') });
    cut(history, fine('0002'), 'there');
    expect(history.stretches).toEqual([{ ...stretchOf(9, 5, { place: 'there' }), oldest: fine('0002') }]);
  });

  test('to the beginning of the day where none of its rows was in the lake', () => {
    // The second of June from 1 to 10 o'clock, and most of the first.
    const history = of(stretchOf(34, 2, end));
    cut(history, hour(30), 'there', '2026-06-02');
    expect(history.stretches).toEqual([
      stretchOf(34, 30, { place: 'there' }),
      { ...stretchOf(34, 2, end), newest: justBefore('2026-06-02T00:00:00') },
    ]);
  });

  test('and of the day before, too, as far as the page reaches into it', () => {
    const history = of(stretchOf(34, 2, end));
    cut(history, hour(20), 'there', '2026-06-02');
    expect(history.stretches.map(({ newest }) => newest)).toEqual([hour(34), justBefore(hour(20))]);
  });

  test('and all below it is open where nothing older than the day is known', () => {
    const history = of(stretchOf(34, 26, end));
    cut(history, hour(30), 'there', '2026-06-02');
    expect(history.stretches).toEqual([stretchOf(34, 30, { place: 'there' })]);
  });

  test('what is left below stays where it is as old as the day’s last millisecond', () => {
    const history = of({ ...stretchOf(34, 26, end), oldest: justBefore('2026-06-02T00:00:00') });
    cut(history, hour(30), 'there', '2026-06-02');
    expect(history.stretches).toHaveLength(2);
  });

  test('and is sound wherever it is cut', () => {
    for (let edge = 0; edge <= 36; edge += 1) {
      for (const day of [undefined, '2026-06-01', '2026-06-02']) {
        const history = { ...of(stretchOf(34, 26), stretchOf(20, 2, end)), headAt: at(35) };
        cut(history, hour(edge), 'there', day);
        expect(() => assertHistory('a', history)).not.toThrow();
        expect(isHeld(history, hour(edge))).toBe((edge >= 26 && edge <= 34) || (edge >= 2 && edge <= 20));
      }
    }
  });
});

test('P5: in a list in no order a sync is over when a pass has met a newer one, though that is not proved yet', () => {
  const history = { ...of(stretchOf(5, 1, closed)), order: 'unordered' as const };
  const open = { ...history, opens: [{ start: hour(8), place: null }] };
  const met = (hours: number[]) => {
    const before = { began: at(10), pages: 5, tally: count(emptyTally, hours.map(hour)) };
    return countOpen({ ...open, scans: { ...newScans(), before } }, null);
  };
  expect([met([1, 5, 8]), met([1, 5, 8, 9])]).toEqual([1, 0]);
});

test('P5: a sync is over when any of the open ones has started later', () => {
  const opens = [3, 7].map((each) => ({ start: hour(each), place: null }));
  const over = [2, 5, 7, 8].map((each) => isOver({ ...newHistory(), opens }, hour(each)));
  expect(over).toEqual([true, true, false, false]);
});
