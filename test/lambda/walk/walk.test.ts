/** What a walk makes of each page before its job does, and which gap comes next. */
import { describe, expect, test } from 'vitest';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import type { Order } from '../../../lambda/walk/sorting.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, hour, pageOf, stretchOf } from './pages.ts';

const walkOf = (history: Partial<History> = {}) => new Walk({ ...newHistory(), ...history });
const rising = [2, 3, 4, 5];
const falling = [5, 4, 3, 2];

describe('P4: the first page that shows an order', () => {
  test('is believed: where it is the first of the list, what is known stays', () => {
    const known = { stretches: [stretchOf(9, 8)], headAt: at(10) };
    const walk = walkOf(known);
    expect(walk.meet(pageOf(null, rising))).toBe(true);
    expect(walk.history).toMatchObject({ order: 'oldest_first', ...known });
  });

  test('oldest first, and further down: what was taken for the newest end was the oldest, and nothing is known', () => {
    const walk = walkOf({ stretches: [stretchOf(9, 8)], headAt: at(10) });
    walk.headRead = true;
    expect(walk.meet(pageOf('on', rising))).toBe(false);
    expect(walk.history).toMatchObject({
      order: 'oldest_first',
      proved: false,
      stretches: [],
      empty: false,
      headAt: null,
    });
    expect(walk.headRead).toBe(false);
  });

  test('in none, says so only with a second one', () => {
    const walk = walkOf();
    walk.headRead = true;
    expect(walk.meet(pageOf(null, [3, 9, 8]))).toBe(false);
    expect([walk.history.order, walk.headRead]).toEqual(['unordered', false]);
  });
});

describe('P4: a page against the order that others have shown', () => {
  test.each<[string, string | null, Order, number[]]>([
    ['on the way down', 'on', 'newest_first', rising],
    ['at the newest end', null, 'newest_first', rising],
    ['oldest first', 'on', 'oldest_first', falling],
  ])('%s, alone takes away its proof and no more; two of them disprove it', (_, cursor, order, hours) => {
    const known = { order, proved: true, stretches: [stretchOf(9, 8)], headAt: at(10) };
    const walk = walkOf(known);
    walk.headRead = true;
    expect(walk.meet(pageOf(cursor, hours))).toBe(true);
    expect(walk.history).toMatchObject({ ...known, proved: false });
    expect(walk.headRead).toBe(true);
    expect(walk.meet(pageOf(cursor, hours))).toBe(false);
    expect([walk.history.order, walk.headRead]).toEqual(['unordered', false]);
  });
});

describe('the range of a page', () => {
  const range = (order: Order | null, hours: readonly number[], asked = 23) =>
    walkOf({ order }).range(pageOf('here', hours, { at: at(asked) }));
  const span = (newest: number, oldest: number) => ({ newest: hour(newest), oldest: hour(oldest) });

  test('of a list in no order is that of all its rows, also such as lie ahead', () => {
    expect(range('unordered', [3, 9, 5], 7)).toEqual(span(9, 3));
  });

  test('of any other is that of the rows that have begun, at that very moment, too', () => {
    expect(range('newest_first', [9, 7, 5], 7)).toEqual(span(7, 5));
    expect(range('newest_first', [9, 7, 5], 6)).toEqual(span(5, 5));
    expect(range('newest_first', [9], 6)).toBeUndefined();
  });

  test.each<[string, Order | null, number[]]>([
    ['is in no order', null, [3, 9, 8]],
    ['strays too far from the order of the others', 'newest_first', [9, 2, 3, 1, 4, 8]],
    ['is in the other order', 'newest_first', rising],
    ['is in the other order', 'oldest_first', falling],
  ])('that %s tells no time', (_, order, hours) => {
    expect(range(order, hours)).toBeUndefined();
  });

  test('is told by any order where none is known yet', () => {
    expect(range(null, rising)).toEqual(span(5, 2));
    expect(range(null, falling)).toEqual(span(5, 2));
  });
});

describe('the newest end', () => {
  test('is the kept last page, oldest first', () => {
    expect(walkOf({ order: 'oldest_first', tail: 'last' }).newestEnd).toBe('last');
  });

  test('is the first page in any other order, though a last one was kept', () => {
    expect(walkOf({ order: 'newest_first', tail: 'last' }).newestEnd).toBeNull();
    expect(walkOf({ tail: 'last' }).newestEnd).toBeNull();
  });
});

describe('the gap that comes next', () => {
  const [upper, lower, whole] = [stretchOf(9, 8), stretchOf(6, 5), stretchOf(2, 1, { closed: true })];
  const stretches = [upper, lower, whole];

  test('is the newest that was not given up in this run', () => {
    const walk = walkOf({ stretches, headAt: at(10) });
    expect(walk.gap).toBe(upper);
    walk.giveUp(upper, 'A sentence.');
    expect([walk.gap, walk.obstacle]).toEqual([lower, 'A sentence.']);
    walk.giveUp(lower, 'Another.');
    expect(walk.gap).toBeUndefined();
  });

  test('is none where nobody can say what the newest end holds', () => {
    const walk = walkOf({ stretches, headAt: at(10) });
    walk.isHeadInDoubt = true;
    expect(walk.gap).toBeUndefined();
  });

  test('P16: is none where the list seemed to end above it, until that can be confirmed an hour later', () => {
    const seemedToEnd = (hours: number) =>
      walkOf({ stretches, headAt: at(hours), doubt: { kind: 'cut_short', since: at(10) } });
    expect(seemedToEnd(10).gap).toBeUndefined();
    expect(seemedToEnd(11).gap).toBe(upper);
    expect(walkOf({ stretches, doubt: { kind: 'cut_short', since: at(10) } }).gap).toBe(upper);
  });
});

describe('P4: an order is proved', () => {
  const whole = [stretchOf(9, 1, { closed: true })];
  const settled = (history: Partial<History>) => {
    const walk = walkOf({ doubt: { kind: 'cut_short', since: at(1) }, ...history });
    walk.settle();
    return [walk.history.proved, walk.history.doubt === null];
  };

  test('where no gap is left, and then there is none that it could be cut short above', () => {
    expect(settled({ order: 'newest_first', stretches: whole })).toEqual([true, true]);
  });

  test('but not where one is, nor where there is no order', () => {
    expect(settled({ order: 'newest_first', stretches: [stretchOf(9, 1)] })).toEqual([false, false]);
    expect(settled({ order: 'unordered', stretches: whole })).toEqual([false, false]);
  });
});
