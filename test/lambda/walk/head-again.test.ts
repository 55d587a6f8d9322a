/** The newest end where it is asked for a second time, where it tells no time, and where it stays in doubt. */
import { describe, expect, test } from 'vitest';
import { head } from '../../../lambda/walk/head.ts';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, back, hour, play, type Served, type ServedList, stretchOf } from './pages.ts';

function read(history: Partial<History>, list: ServedList) {
  const walk = new Walk(structuredClone({ ...newHistory(), ...history }));
  const asked = play(walk, head(walk), list);
  return { walk, history: walk.history, asked };
}

const newestFirst = (...stretches: History['stretches']) => ({ order: 'newest_first' as const, stretches });
const oldestFirst = (...stretches: History['stretches']) => ({ order: 'oldest_first' as const, stretches });

/** Ten rows or more need a link: this page has lost its own. */
const headless = (hours: readonly number[]): Served => [hours, { count: 10 }];

describe('P3: a first page that names no older one, and is too long to be all', () => {
  test('is asked for again where it brings something new, and then it is the end', () => {
    const { history, asked } = read({}, { first: [headless([9, 8])] });
    expect([asked, history.stretches]).toEqual([['first', 'first'], [stretchOf(9, 8, { closed: true })]]);
  });

  test('is not asked for again where it brings nothing new', () => {
    const { history, asked } = read(newestFirst(stretchOf(9, 8)), { first: [headless([9, 8])] });
    expect([asked, history.stretches]).toEqual([['first'], [stretchOf(9, 8)]]);
  });

  test.each<[string, Served | 'refused']>([
    ['is refused', 'refused'],
    ['tells no time', [[], { count: 10 }]],
    ['names an older one', [[9, 8], { next: 'on' }]],
  ])('is no end where the second answer %s', (_, second) => {
    const { history, asked } = read({}, { first: [headless([9, 8]), second] });
    expect([asked, history.stretches]).toEqual([['first', 'first'], [stretchOf(9, 8)]]);
  });

  test('is no end of what was closed already', () => {
    const known = { ...newestFirst(stretchOf(9, 8, { closed: true })), lostGaps: 1 };
    const { history } = read(known, { first: [[[10, 9]]] });
    expect(history).toMatchObject({ lostGaps: 1, stretches: [stretchOf(10, 8, { closed: true })] });
  });
});

describe('P16: where nobody can say what the newest end holds', () => {
  test.each<[string, ServedList]>([
    ['shows older rows than are known, twice', { first: [[[9, 8], { next: 'on' }]] }],
    ['shows older rows, and is refused then', { first: [[[9, 8], { next: 'on' }], 'refused'] }],
    ['shows nothing that can be placed', { first: [[[], { count: 3 }]] }],
    ['shows nothing', { first: [[[]]] }],
  ])('since it %s, no gap is gone on with', (_, first) => {
    const { walk } = read({ ...newestFirst(stretchOf(20, 15)), headAt: at(21) }, first);
    expect([walk.headRead, walk.isHeadInDoubt, walk.gap]).toEqual([false, true, undefined]);
  });

  test('a list that was emptied, and is believed to be, has lost all its gaps', () => {
    const known = newestFirst(stretchOf(20, 15), stretchOf(12, 10), stretchOf(8, 1, { closed: true }));
    const doubt = { kind: 'emptied', since: at(21) } as const;
    const { history, walk } = read({ ...known, headAt: at(20), doubt, lostGaps: 1 }, { first: [[[]]] });
    expect(history).toMatchObject({
      empty: true,
      lostGaps: 3,
      headAt: at(20),
      stretches: [stretchOf(20, 15, { closed: true })],
    });
    expect([walk.headRead, walk.headIsAll]).toEqual([true, true]);
  });

  test('a list that never had a row is all that there is', () => {
    const { walk } = read({}, { first: [[[]]] });
    expect([walk.headRead, walk.headIsAll]).toEqual([true, true]);
  });
});

describe('P8: pages that tell no time', () => {
  const odd = (next: string, rest = {}): Served => [[], { count: 10, next, ...rest }];

  test('are followed a hundred times, and no further', () => {
    const names = Array.from({ length: 200 }, (_, index) => [`${index}`, [odd(`${index + 1}`, back)]]);
    const { asked } = read({}, { first: [odd('0')], ...Object.fromEntries(names) });
    expect(asked).toHaveLength(101);
    const rising = Array.from({ length: 200 }, (_, index) => [
      `${index}`,
      [odd(`${index + 1}`, { prev: 'back' })],
    ]);
    const oldest = read(oldestFirst(), { first: [odd('0')], ...Object.fromEntries(rising) });
    expect(oldest.asked).toHaveLength(101);
  });

  test('end where the link of the last one leads nowhere, and it says the same when asked again', () => {
    const { asked, walk } = read({}, { first: [odd('on')] });
    // All of it twice: one answer without a row that can be placed proves nothing.
    expect(asked).toEqual(['first', 'on', 'first', 'first', 'on', 'first']);
    expect([walk.headRead, walk.isHeadInDoubt]).toEqual([false, true]);
  });

  test('oldest first, at the last page: the way goes back from there', () => {
    const known = { ...oldestFirst(stretchOf(6, 3, { closed: true })), tail: 'last' };
    const { asked, walk } = read(known, {
      last: [odd('on', { prev: 'before' })],
      before: [[[5, 6, 7], { prev: 'further', next: 'last' }]],
    });
    expect([asked, walk.headRead]).toEqual([['last', 'on', 'last', 'before'], true]);
  });

  test('oldest first, go back over an empty page that names one before it', () => {
    const known = { ...oldestFirst(stretchOf(6, 3, { closed: true })), tail: 'last' };
    const { asked, walk } = read(known, {
      last: [[[], { count: 3, prev: 'emptied' }]],
      emptied: [[[], { prev: 'before' }]],
      before: [[[5, 6, 7], { prev: 'further', next: 'emptied' }]],
    });
    expect([asked, walk.headRead]).toEqual([['last', 'emptied', 'before'], true]);
  });

  test('oldest first, are gone back from along their own link, where they have one', () => {
    const { asked } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'second', at: at(10) }]],
      second: [[[20], { prev: 'before', at: at(10) }]],
      before: [[[1, 2], { next: 'second', at: at(10) }]],
    });
    expect(asked).toEqual(['first', 'second', 'before']);
  });
});

describe('oldest first, the last page', () => {
  test('of a list of one page is asked for once', () => {
    expect(read(oldestFirst(), { first: [[[1, 2]]] }).asked).toEqual(['first']);
  });

  test('P15: that has no link back is asked for again, and is the end as of the first time', () => {
    const { history, asked } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'last' }]],
      last: [
        [[3, 4], { at: at(10) }],
        [[3, 4], { at: at(11) }],
      ],
    });
    // And once more before it is taken for all that there is: it names none before it.
    expect([asked, history.headAt]).toEqual([['first', 'last', 'last', 'last'], at(10)]);
  });

  test('is not known where it is refused then', () => {
    const { walk, asked } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'last' }]],
      last: [[[3, 4]], 'refused'],
    });
    expect([asked, walk.headRead]).toEqual([['first', 'last', 'last'], false]);
  });

  const known = { ...oldestFirst(stretchOf(13, 1, { closed: true })), tail: 'last' };
  const leading: Served = [[11, 12, 13], { prev: 'before', next: 'on' }];

  test.each<[string, Served | 'refused']>([
    ['is refused', 'refused'],
    ['is empty', [[], { prev: 'before' }]],
  ])('is not known where its link leads nowhere and it %s when read anew', (_, second) => {
    const { walk, asked } = read(known, { last: [leading, second] });
    expect([asked, walk.headRead]).toEqual([['last', 'on', 'last'], false]);
  });

  test('is looked for behind an empty page that names a further one, and that one is not kept', () => {
    const { walk, asked, history } = read(known, {
      last: [leading],
      on: [[[], { prev: 'last', next: 'further' }]],
    });
    expect(asked).toEqual(['last', 'on', 'further', 'on']);
    expect([walk.headRead, history.tail]).toEqual([false, 'last']);
    const found = read(known, {
      last: [leading],
      on: [[[], { prev: 'last', next: 'further' }]],
      further: [[[14], { prev: 'on' }]],
    });
    expect([found.asked, found.history.tail]).toEqual([['last', 'on', 'further'], 'further']);
    expect(found.history.stretches[0]?.newest).toBe(hour(14));
  });
});
