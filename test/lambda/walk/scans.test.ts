/** What a pass through a list in no order keeps of a page. */
import { describe, expect, test } from 'vitest';
import { type EndedPass, newPass, takePage } from '../../../lambda/walk/scans.ts';
import { count, emptyTally } from '../../../lambda/walk/tally.ts';
import { at, hour, pageOf } from './pages.ts';

/** A pass that began at 20, after these pages. Each run knows nothing of those before but what the pass keeps. */
function passOf(pages: readonly (readonly number[])[], before: EndedPass | null = null) {
  const pass = newPass(at(20));
  pages.forEach((hours, index) => {
    takePage(pass, pageOf(`${index}`, hours), new Set(pass.recent), before);
  });
  return pass;
}

describe('a pass', () => {
  test('keeps where it is, how many pages it has read, and the ends of what it has met', () => {
    expect(passOf([[9, 3], [7]])).toMatchObject({
      place: '1',
      pages: 2,
      hasRows: true,
      newest: hour(9),
      oldest: hour(3),
      recent: [hour(9), hour(3), hour(7)],
    });
  });

  test('has no rows as long as its pages have none', () => {
    expect(passOf([[], []]).hasRows).toBe(false);
    const unplaced = newPass(at(20));
    takePage(unplaced, pageOf('odd', [], { count: 1 }), new Set(), null);
    expect(unplaced.hasRows).toBe(true);
  });

  test('counts syncs up to its own beginning, that very moment included, and up to that of the pass before it', () => {
    const before = { began: at(10), pages: 1, tally: emptyTally };
    const { own, common } = passOf([[21, 20, 11, 10, 9]], before);
    expect(own).toEqual(count(emptyTally, [20, 11, 10, 9].map(hour)));
    expect(common).toEqual(count(emptyTally, [10, 9].map(hour)));
  });

  test('remembers a row that is met again once, at the place where it stands now', () => {
    expect(
      passOf([
        [9, 3],
        [7, 9],
      ]).recent,
    ).toEqual([hour(3), hour(7), hour(9)]);
  });

  test('is in an order as far as rows are new to it', () => {
    const order = ({ newestFirst, oldestFirst }: ReturnType<typeof newPass>) => [newestFirst, oldestFirst];
    expect(order(passOf([[9, 7], [5]]))).toEqual([true, false]);
    expect(order(passOf([[5, 7], [9]]))).toEqual([false, true]);
    expect(order(passOf([[5, 9], [7]]))).toEqual([false, false]);
    expect(
      order(
        passOf([
          [9, 7],
          [9, 5],
        ]),
      ),
    ).toEqual([true, false]);
    expect(order(passOf([[9]]))).toEqual([true, true]);
  });

  test('a row that it has met and forgotten speaks against no order', () => {
    const again = (first: readonly number[]) => {
      const pass = passOf([first]);
      takePage(pass, pageOf('on', first.slice(-1)), new Set(), null);
      return pass;
    };
    expect(again([9, 7]).newestFirst).toBe(true);
    expect(again([7, 9]).oldestFirst).toBe(true);
  });
});
