import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { addStretch, join, placeAt, touches } from '../../../lambda/walk/contact.ts';
import { newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { type Page, rangeOf } from '../../../lambda/walk/page.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { back, hour, pageOf, stretchOf } from './pages.ts';

function walkOf(...stretches: Stretch[]) {
  const walk = new Walk({ ...newHistory(), order: 'newest_first', stretches });
  return { walk, stretches };
}

const edges = ({ newest, oldest }: Stretch) => [newest, oldest];
const span = (newest: number, oldest: number) => [hour(newest), hour(oldest)];

describe('a stretch is touched by a range', () => {
  test.each([
    ['lies inside', [7, 6]],
    ['spans it', [20, 1]],
    ['shares its newest sync', [12, 9]],
    ['shares its oldest sync', [5, 2]],
  ])('that %s', (_, [newest = 0, oldest = 0]) => {
    expect(touches({ newest: hour(newest), oldest: hour(oldest) }, stretchOf(9, 5))).toBe(true);
  });

  test.each([
    ['newer', [12, 10]],
    ['older', [4, 2]],
  ])('but not by one that is %s than all of it', (_, [newest = 0, oldest = 0]) => {
    expect(touches({ newest: hour(newest), oldest: hour(oldest) }, stretchOf(9, 5))).toBe(false);
  });
});

describe('P12: a stretch is touched by the sync at its edge, spelled with fewer digits', () => {
  const fine = (number: number) => `${hour(number)}.183728` as Instant;
  const stretch = { ...stretchOf(9, 5), newest: hour(9), oldest: fine(5) };

  test('from above and from below', () => {
    expect(touches({ newest: hour(5), oldest: hour(2) }, stretch)).toBe(true);
    expect(touches({ newest: hour(12), oldest: fine(9) }, stretch)).toBe(true);
    expect(touches({ newest: fine(4), oldest: hour(2) }, stretch)).toBe(false);
  });

  test('which does not lie below it, and opens it again where it names an older one', () => {
    const { walk, stretches } = walkOf({ ...stretch, closed: true });
    join(walk, pageOf('here', [6, 5], back));
    expect(stretches[0]?.closed).toBe(true);
    join(walk, pageOf('here', [6, 5], { ...back, next: 'on' }));
    expect(stretches[0]?.closed).toBe(false);
  });
});

describe('a page joins the stretches that it touches', () => {
  test('and those that it was led past by a link: their rows have left the list, but a late one below them', () => {
    const above = stretchOf(12, 10);
    const { walk, stretches } = walkOf(above, stretchOf(8, 7), stretchOf(5, 4, { closed: true }));
    const joined = join(walk, pageOf('here', [2], back), above);
    expect(stretches).toEqual([joined]);
    expect(joined).toEqual(stretchOf(12, 2, { place: 'here' }));
  });

  test('and its place is the new one where it leads further down', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { place: 'before', refused: true }));
    const joined = join(walk, pageOf('here', [6, 5, 4], { next: 'on' }));
    expect(joined).toEqual(stretchOf(9, 4, { place: 'here' }));
    expect(walk.links.get(joined as Stretch)).toBe('on');
    expect(stretches).toEqual([joined]);
  });

  test('from above, and then the place further down stays', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { place: 'deep', refused: true }));
    join(walk, pageOf(null, [11, 10, 9], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(11, 5, { place: 'deep', refused: true })]);
  });

  test('and two of them become one, which goes on from where the lower one had come to', () => {
    const upper = stretchOf(12, 10, { place: 'upper' });
    const lower = stretchOf(8, 5, { place: 'lower', refused: true });
    const { walk, stretches } = walkOf(upper, lower, stretchOf(2, 1));
    walk.links.set(upper, 'from upper').set(lower, 'from lower');
    join(walk, pageOf('here', [10, 9, 8], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(12, 5, { place: 'lower', refused: true }), stretchOf(2, 1)]);
    expect(walk.links.get(upper)).toBe('from lower');
  });

  test('and the end that was seen below the lower one is that of both', () => {
    const end = { closed: true, deadEnd: true, place: 'last' };
    const { walk, stretches } = walkOf(stretchOf(12, 10), stretchOf(9, 5, end));
    join(walk, pageOf('here', [10, 9], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(12, 5, end)]);
  });

  test('and all that it spans become one', () => {
    const { walk, stretches } = walkOf(stretchOf(12, 11), stretchOf(9, 8), stretchOf(6, 5), stretchOf(2, 1));
    join(walk, pageOf('here', [13, 4], { next: 'on' }));
    expect(stretches.map(edges)).toEqual([span(13, 4), span(2, 1)]);
    expect(stretches[0]?.place).toBe('here');
  });

  test('and those above and below them stay as they are', () => {
    const { walk, stretches } = walkOf(
      stretchOf(15, 14),
      stretchOf(12, 10),
      stretchOf(8, 5),
      stretchOf(2, 1),
    );
    join(walk, pageOf('here', [10, 9, 8], { next: 'on' }));
    expect(stretches.map(edges)).toEqual([span(15, 14), span(12, 5), span(2, 1)]);
  });

  test('and a page inside takes the place of the newest end, which is never further', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { refused: true }));
    join(walk, pageOf('here', [7, 6], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(9, 5, { place: 'here' })]);
  });

  test('and a page inside leaves any other place as it is', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { place: 'deep' }));
    join(walk, pageOf('here', [7, 6], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(9, 5, { place: 'deep' })]);
  });

  test('and the kept page, read again, brings a new link; that the old one was refused is not forgotten', () => {
    const stretch = stretchOf(9, 5, { place: 'here', refused: true });
    const { walk } = walkOf(stretch);
    join(walk, pageOf('here', [6, 5], { next: 'on' }));
    expect([stretch.refused, walk.links.get(stretch)]).toEqual([true, 'on']);
  });

  test('P3: and that it names no older one closes nothing: that the list ends is another’s to believe', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5), stretchOf(2, 1, { place: 'deep' }));
    join(walk, pageOf('last', [5, 4], back));
    expect(stretches).toEqual([stretchOf(9, 4, { place: 'last' }), stretchOf(2, 1, { place: 'deep' })]);
  });

  test('and no other: a page that touches none joins none', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 8), stretchOf(5, 4));
    expect(join(walk, pageOf('between', [7, 6], { next: 'on' }))).toBeUndefined();
    expect(stretches).toEqual([stretchOf(9, 8), stretchOf(5, 4)]);
  });

  test('but for one that it follows by a link just read', () => {
    const above = stretchOf(9, 8);
    const { walk, stretches } = walkOf(above, stretchOf(5, 4));
    expect(join(walk, pageOf('on', [7, 6], { next: 'further' }), above)).toBe(above);
    expect(stretches.map(edges)).toEqual([span(9, 6), span(5, 4)]);
  });

  test('and a page without a row that can be placed joins none', () => {
    const { walk } = walkOf(stretchOf(9, 5));
    expect(join(walk, pageOf('odd', [], { count: 3, next: 'on' }))).toBeUndefined();
  });

  test('oldest first, and then the link towards older rows is the one before', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5));
    walk.history.order = 'oldest_first';
    join(walk, pageOf('here', [4, 5], { next: 'newer', prev: 'older' }));
    expect(stretches.map((each) => walk.links.get(each))).toEqual(['older']);
  });
});

describe('a page that touches nothing becomes a stretch of its own', () => {
  const add = (walk: Walk, page: Page) =>
    addStretch(walk, page, rangeOf(page.starts) ?? { newest: hour(0), oldest: hour(0) });

  test('below what was held to be the end, which is open again', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { closed: true, deadEnd: true }));
    add(walk, pageOf('here', [2, 1]));
    expect(stretches).toEqual([stretchOf(9, 5), stretchOf(2, 1, { place: 'here' })]);
  });

  test.each([
    ['above all', [13, 12], 0],
    ['between two', [8, 7], 1],
    ['below all', [2, 1], 2],
  ])('%s, where it belongs by its time', (_, hours, index) => {
    const { walk, stretches } = walkOf(stretchOf(11, 10), stretchOf(5, 4));
    const added = add(walk, pageOf('here', hours, { next: 'on' }));
    expect([stretches.indexOf(added), stretches.length]).toEqual([index, 3]);
    expect([added.place, added.closed, walk.links.get(added)]).toEqual(['here', false, 'on']);
  });

  test('P3: and is not closed where it names no older one: what is known below stays', () => {
    const { walk, stretches } = walkOf(stretchOf(11, 10), stretchOf(5, 4));
    const added = add(walk, pageOf('last', [8, 7], back));
    expect(stretches).toEqual([stretchOf(11, 10), added, stretchOf(5, 4)]);
    expect(added).toEqual(stretchOf(8, 7, { place: 'last' }));
  });
});

describe('P3: a stretch that is closed opens again', () => {
  const doubt = { kind: 'cut_short', since: 0 } as const;
  /** A closed stretch, and what becomes of it where a page of these hours is met. */
  function meeting(hours: readonly number[], rest: { next?: string }, more: Partial<Stretch> = {}) {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { closed: true, place: 'before', ...more }));
    walk.history.doubt = doubt;
    join(walk, pageOf('here', hours, { ...back, ...rest }));
    return { stretches, walk, doubt: walk.history.doubt };
  }

  test.each([
    ['names an older one', { next: 'on' }],
    ['names none', {}],
  ])('where a page leads below it, whether that %s', (_, rest) => {
    const { stretches, doubt } = meeting([6, 4], rest, { deadEnd: true });
    expect([stretches, doubt]).toEqual([[stretchOf(9, 4, { place: 'here' })], null]);
  });

  test('where its last page names an older one, which it did not when it was closed', () => {
    const { stretches, walk, doubt } = meeting([6, 5], { next: 'on' });
    expect([stretches, doubt]).toEqual([[stretchOf(9, 5, { place: 'here' })], null]);
    expect(stretches.map((each) => walk.links.get(each))).toEqual(['on']);
  });

  test('also below one that the page joins to it from above', () => {
    const { walk, stretches } = walkOf(stretchOf(12, 10), stretchOf(9, 5, { closed: true }));
    join(walk, pageOf('here', [11, 9, 5], { next: 'on' }));
    expect(stretches).toEqual([stretchOf(12, 5, { place: 'here' })]);
  });

  test.each<[string, readonly number[], { next?: string }, Partial<Stretch>]>([
    ['lies above its oldest sync', [7, 6], { next: 'on' }, {}],
    ['is its last one and names none, as before', [6, 5], {}, {}],
    [
      'is its last one, whose link was followed before and led to nothing',
      [6, 5],
      { next: 'on' },
      { deadEnd: true },
    ],
  ])('but not where a page %s', (_, hours, rest, more) => {
    const { stretches, doubt: left } = meeting(hours, rest, more);
    expect([stretches, left]).toEqual([[stretchOf(9, 5, { closed: true, place: 'before', ...more })], doubt]);
  });

  test('a gap stays one, and its place with it, where the page above it names an older one', () => {
    const { walk, stretches } = walkOf(stretchOf(9, 5, { place: 'deep' }));
    walk.history.doubt = doubt;
    join(walk, pageOf('here', [6, 5], { next: 'on' }));
    expect([stretches, walk.history.doubt]).toEqual([[stretchOf(9, 5, { place: 'deep' })], doubt]);
  });
});

test('a place at the end of the list has no link on', () => {
  const { walk, stretches } = walkOf(stretchOf(9, 8));
  const [stretch] = stretches as [Stretch];
  walk.links.set(stretch, 'stale');
  placeAt(walk, stretch, pageOf('last', [8]));
  expect([stretch.place, walk.links.has(stretch)]).toEqual(['last', false]);
});
