import { describe, expect, test } from 'vitest';
import { endBelow, statesEnd } from '../../../lambda/walk/end.ts';
import { type History, newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, back, pageOf, stretchOf } from './pages.ts';

const walkOf = (history: Partial<History>) =>
  new Walk({ ...newHistory(), order: 'newest_first', headAt: at(20), ...history });

const few = [3, 2, 1];
const full = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
const onwards = { next: 'on' };

describe('P3: a page states that the list ends with it', () => {
  test.each<[string, string | null, readonly number[], { next?: string; prev?: string }, boolean]>([
    ['it was reached by a link, and has one back and none on', 'last', few, back, true],
    ['it holds ten rows, and has a link back and none on', 'last', full, back, true],
    ['it has a link on', 'last', few, { ...back, ...onwards }, false],
    ['it was reached by a link, and has none: its header may be lost', 'last', few, {}, false],
    ['it is the first, and so short that it needs no header', null, few, {}, true],
    ['it is the first, and has no row', null, [], {}, true],
    ['it is the first, with nine rows', null, full.slice(1), {}, true],
    ['it is the first, with ten rows and no header, which may be lost', null, full, {}, false],
    ['it is the first, with ten rows and a link back, which says nothing', null, full, back, false],
    ['it is the first, and short, and has a link on', null, few, onwards, false],
  ])('newest first: %s', (_, cursor, hours, links, states) => {
    expect(statesEnd(walkOf({}), pageOf(cursor, hours, links))).toBe(states);
  });

  test.each<[string, string | null, { next?: string; prev?: string }, boolean]>([
    ['it is the first', null, onwards, true],
    ['it is the first, and the only one', null, {}, true],
    ['it is the first, and names itself with a cursor', 'first', { ...onwards, prev: 'first' }, true],
    ['it was reached by a link, and has one back and none on to older rows', 'first', onwards, true],
    ['it was reached by a link, and has none: its header may be lost', 'first', {}, false],
    ['it has a link on to older rows', 'second', { ...onwards, prev: 'first' }, false],
  ])('oldest first: %s', (_, cursor, links, states) => {
    expect(statesEnd(walkOf({ order: 'oldest_first' }), pageOf(cursor, full.toReversed(), links))).toBe(
      states,
    );
  });
});

describe('the list ends below a stretch', () => {
  const hourAgo = { kind: 'cut_short', since: at(22) } as const;
  /** What becomes of the history, where the list ends with this page, asked for at 23 o'clock. */
  function ending(
    stretches: Stretch[],
    { hours = [6, 5], links = back as { next?: string }, top = 0, doubt = null as History['doubt'] },
  ) {
    const walk = walkOf({ stretches, doubt });
    const stretch = stretches[top] ?? stretchOf(0, 0);
    endBelow(walk, stretch, pageOf('last', hours, links));
    return { walk, history: walk.history };
  }

  test('and nothing is known below it: it is closed', () => {
    const { history, walk } = ending([stretchOf(9, 5)], { doubt: hourAgo });
    expect(history).toMatchObject({
      stretches: [stretchOf(9, 5, { closed: true })],
      doubt: null,
      lostGaps: 0,
    });
    expect(walk.obstacle).toBeNull();
  });

  test('though its last page names an older one: that link led to nothing, and is remembered to', () => {
    const { history } = ending([stretchOf(9, 5)], { links: { ...back, ...onwards } });
    expect(history.stretches).toEqual([stretchOf(9, 5, { closed: true, deadEnd: true })]);
  });

  test('and no row of that page tells its time: it is closed, too', () => {
    const { history } = ending([stretchOf(9, 5)], { hours: [] });
    expect(history.stretches).toEqual([stretchOf(9, 5, { closed: true })]);
  });

  test('and it is closed already: older rows have left the list, which is no doubt, and takes none away', () => {
    const known = [stretchOf(9, 2, { closed: true, deadEnd: true })];
    const { history, walk } = ending(structuredClone(known), { doubt: hourAgo });
    expect([history.stretches, history.doubt, history.lostGaps]).toEqual([known, hourAgo, 0]);
    expect(walk.obstacle).toBeNull();
  });

  describe('P3: P15: above a gap', () => {
    const gap = () => [stretchOf(12, 10), stretchOf(5, 4), stretchOf(2, 1, { closed: true })];

    test('is a doubt, and the gap is left for this run', () => {
      const { history, walk } = ending(gap(), {});
      expect(history).toMatchObject({
        stretches: gap(),
        doubt: { kind: 'cut_short', since: at(23) },
        lostGaps: 0,
      });
      expect([walk.stuck.size, walk.obstacle]).toEqual([1, expect.stringContaining('lost_gaps')]);
    });

    test('is a loss an hour later: the gaps below are counted, and what is known below has left the source', () => {
      const { history } = ending(gap(), { doubt: hourAgo });
      expect(history).toMatchObject({
        stretches: [stretchOf(12, 10, { closed: true })],
        doubt: null,
        lostGaps: 2,
      });
    });

    test('is counted with those that were lost before', () => {
      const walk = walkOf({ stretches: gap(), doubt: hourAgo, lostGaps: 3 });
      endBelow(walk, walk.history.stretches[0] ?? stretchOf(0, 0), pageOf('last', [12, 10], back));
      expect(walk.history.lostGaps).toBe(5);
    });

    test('loses what lies below, and no more', () => {
      const { history } = ending(gap(), {
        doubt: hourAgo,
        top: 1,
        hours: [5, 4],
        links: { ...back, ...onwards },
      });
      expect(history.stretches).toEqual([
        stretchOf(12, 10),
        stretchOf(5, 4, { closed: true, deadEnd: true }),
      ]);
      expect(history.lostGaps).toBe(1);
    });
  });

  test('P3: above syncs of it that were not yet joined to an end is a doubt, and in an hour a loss', () => {
    const cut = { hours: [7, 6] };
    const { history } = ending([stretchOf(9, 5)], cut);
    expect(history).toMatchObject({ stretches: [stretchOf(9, 5)], doubt: { kind: 'cut_short' } });
    const later = ending([stretchOf(9, 5)], { ...cut, doubt: hourAgo }).history;
    expect(later).toMatchObject({ stretches: [stretchOf(9, 5, { closed: true })], lostGaps: 1 });
  });

  test.each([[[5]], [[6, 4]]])('with its oldest sync, or below it (%j): it is closed', (hours) => {
    expect(ending([stretchOf(9, 5)], { hours }).history.stretches[0]?.closed).toBe(true);
  });
});
