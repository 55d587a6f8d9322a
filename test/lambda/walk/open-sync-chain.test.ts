/** P7: what the walk that all open syncs share asks for, page by page, and where it ends. */
import { describe, expect, test } from 'vitest';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import { searchOpenSyncs } from '../../../lambda/walk/open-sync-search.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { back, hour, play, type ServedList, stretchOf } from './pages.ts';

/** Looks for syncs of these hours, each on the page that it was on, in this order, the list being newest first. */
function search(
  opens: readonly (readonly [hour: number, place: string | null])[],
  list: ServedList,
  history: Partial<History> = {},
) {
  const walk = new Walk({ ...newHistory(), order: 'newest_first', ...history });
  const newest = Math.max(...opens.map(([each]) => each));
  // The newest has its turn first, but for what was left longest.
  walk.history.opens = opens.map(([each, place], index) =>
    index > 0 && opens[0]?.[0] !== newest
      ? { start: hour(each), place, askedAt: 1 }
      : { start: hour(each), place },
  );
  return { asked: play(walk, searchOpenSyncs(walk), list), walk };
}

const page = (hours: readonly number[], next?: string) => [[hours, next ? { ...back, next } : back]] as const;
const pages: ServedList = {
  first: page([20, 19, 18], 'second'),
  second: page([17, 16, 15], 'third'),
  third: page([14, 13, 12], 'fourth'),
  fourth: page([11, 10, 9]),
};
const odd = (next: string) => [[[], { count: 3, ...back, next }]] as const;

describe('the walk from the newest end', () => {
  test('goes no further than to the page that the sync is on, be it the last row there', () => {
    expect(search([[13, null]], pages).asked).toEqual(['first', 'second', 'third']);
    expect(search([[12, null]], pages).asked).toEqual(['first', 'second', 'third']);
  });

  test('ends with the list: what is older is asked for on no page', () => {
    const opens = [
      [10, null],
      [5, null],
      [4, null],
    ] as const;
    expect(search(opens, pages).asked).toEqual(['first', 'second', 'third', 'fourth']);
  });

  const two = [
    [13, null],
    [10, null],
  ] as const;

  test('ends where a page is empty, and names no other', () => {
    const list = { ...pages, second: [[[], back]] as const };
    expect(search(two, list).asked).toEqual(['first', 'second']);
  });

  test('begins anew where a page is refused, once: what its link named may have been purged since', () => {
    const list = {
      ...pages,
      first: [...page([20, 19, 18], 'purged'), ...page([20, 19, 18], 'second')],
      purged: ['refused'],
    } as const;
    expect(search(two, list).asked).toEqual(['first', 'purged', 'first', 'second', 'third', 'fourth']);
    const always = { ...pages, second: ['refused'] } as const;
    expect(search(two, always).asked).toEqual(['first', 'second', 'first', 'second']);
    expect(search(two, { first: ['refused'] }).asked).toEqual(['first']);
  });

  test('goes on over an empty page that names an older one', () => {
    const list = { ...pages, second: [[[], { ...back, next: 'third' }]] as const };
    expect(search([[13, null]], list).asked).toEqual(['first', 'second', 'third']);
  });

  test('goes on over a page that tells no time, which is near to nothing', () => {
    const opens = [
      [18, null],
      [16, 'second'],
      [13, 'third'],
    ] as const;
    const list = { ...pages, first: page([20, 19], 'odd'), odd: odd('second') };
    expect(search(opens, list).asked).toEqual(['first', 'odd', 'second', 'third']);
  });

  test('joins each page to what is known, the last one, too', () => {
    const { walk } = search([[10, null]], pages, { stretches: [stretchOf(20, 12)] });
    expect(walk.history.stretches).toMatchObject([{ newest: hour(20), oldest: hour(12) }]);
    const { walk: meeting } = search(
      [[9, null]],
      { first: page([20, 9]) },
      { stretches: [stretchOf(20, 12)] },
    );
    expect(meeting.history.stretches).toMatchObject([{ newest: hour(20), oldest: hour(9) }]);
  });

  test('has seen what lies within it: a sync that is not there is looked for on no other page', () => {
    const opens = [
      [12, null],
      [15, 'elsewhere'],
    ] as const;
    const list = { ...pages, second: page([17, 16], 'third'), elsewhere: page([15]) };
    expect(search(opens, list).asked).toEqual(['first', 'second', 'third']);
    const newer = [
      [12, null],
      [19, null],
    ] as const;
    const without = { ...pages, first: page([20, 18], 'second') };
    expect(search(newer, without).asked).toEqual(['first', 'second', 'third']);
  });
});

describe('the walk from the page that a sync was on', () => {
  test('goes on from there, and not from further up', () => {
    const opens = [
      [18, 'first'],
      [10, 'third'],
    ] as const;
    expect(search(opens, pages).asked).toEqual(['first', 'third', 'fourth']);
  });

  test('does not begin on a page that lies below the sync, nor on one that tells no time', () => {
    const opens = [
      [16, 'second'],
      [12, 'low'],
    ] as const;
    expect(search(opens, { ...pages, low: page([10, 9]) }).asked).toEqual(['second', 'low', 'third']);
    expect(search(opens, { ...pages, low: odd('fourth') }).asked).toEqual(['second', 'low', 'third']);
  });

  test('does not begin again on a page that ends where it has come to', () => {
    const opens = [
      [15, 'second'],
      [12, 'again'],
    ] as const;
    const list = { ...pages, again: page([17, 16, 15], 'aside'), aside: page([14, 13, 12]) };
    expect(search(opens, list).asked).toEqual(['second', 'again', 'third']);
  });

  test('begins on a page above it for a sync that is newer than all of it', () => {
    const opens = [
      [13, 'third'],
      [19, 'own'],
    ] as const;
    const list = { ...pages, own: page([21, 20], 'below'), below: page([19, 18]) };
    expect(search(opens, list).asked).toEqual(['third', 'own', 'below']);
  });
});

describe('P8: the walk is left', () => {
  test('where it goes in a circle', () => {
    const list = { ...pages, third: page([14, 13], 'second') };
    expect(search([[9, null]], list).asked).toEqual(['first', 'second', 'third']);
  });

  test('where pages lead no further down, under ever new cursors', () => {
    const names = Array.from({ length: 300 }, (_, index) => [`${index}`, page([17, 16], `${index + 1}`)]);
    const { asked } = search([[9, null]], { first: page([17, 16], '0'), ...Object.fromEntries(names) });
    expect(asked).toHaveLength(102);
  });

  test('but not where each leads further, however many there are', () => {
    const names = Array.from({ length: 150 }, (_, index) => [`${index}`, page([-index], `${index + 1}`)]);
    const { asked } = search([[-149, null]], { first: page([17, 16], '0'), ...Object.fromEntries(names) });
    expect(asked).toHaveLength(151);
  });

  test('oldest first, where the first page names itself as the one before it', () => {
    const rising = (hours: readonly number[], prev: string) => [[hours, { next: 'newer', prev }]] as const;
    const list = { tail: rising([14, 15], '0'), 0: rising([11, 12], '1'), 1: rising([11, 12], '2') };
    const { asked } = search([[9, null]], list, { order: 'oldest_first', tail: 'tail' });
    expect(asked).toEqual(['tail', '0', '1']);
  });
});
