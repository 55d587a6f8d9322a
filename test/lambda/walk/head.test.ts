import { describe, expect, test } from 'vitest';
import { head } from '../../../lambda/walk/head.ts';
import { gapsOf, type History, newHistory } from '../../../lambda/walk/history.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, back, hour, play, type ServedList, stretchOf } from './pages.ts';

/** Reads the head of a history from a list. */
function read(history: Partial<History>, list: ServedList) {
  const walk = new Walk(structuredClone({ ...newHistory(), ...history }));
  const asked = play(walk, head(walk), list);
  // As the run does after each job.
  walk.settle();
  return { walk, history: walk.history, asked };
}

const newestFirst = (...stretches: History['stretches']) => ({ order: 'newest_first' as const, stretches });
const oldestFirst = (...stretches: History['stretches']) => ({ order: 'oldest_first' as const, stretches });

describe('the newest end of a list that is newest first', () => {
  test('is one page, and begins a history that is whole up to when it was asked for', () => {
    const { history, walk, asked } = read({}, { first: [[[9, 8], { next: 'on', at: at(10) }]] });
    expect(asked).toEqual(['first']);
    expect(history).toMatchObject({ order: 'newest_first', headAt: at(10) });
    expect(history.stretches).toEqual([stretchOf(9, 8)]);
    expect([walk.headRead, gapsOf(history)]).toEqual([true, 1]);
  });

  test('joins what is known where it touches it', () => {
    const { history } = read(newestFirst(stretchOf(8, 3, { place: 'deep' })), {
      first: [[[9, 8], { next: 'on' }]],
    });
    expect(history.stretches).toEqual([stretchOf(9, 3, { place: 'deep' })]);
  });

  test('P3: leaves a gap where it does not', () => {
    const { history } = read(newestFirst(stretchOf(6, 3)), { first: [[[9, 8], { next: 'on' }]] });
    expect(history.stretches).toEqual([stretchOf(9, 8), stretchOf(6, 3)]);
  });

  describe('whose rows are older than what is known', () => {
    const older: ServedList = { first: [[[9, 8], { next: 'on', at: at(22) }]] };
    const since = (time: number) => ({ kind: 'moved_back' as const, since: at(time) });

    test('P4: is asked for again, and is doubted; nothing of what is known is given up', () => {
      const { history, walk, asked } = read(newestFirst(stretchOf(20, 15)), older);
      expect(asked).toEqual(['first', 'first']);
      expect(history).toMatchObject({ order: 'newest_first', doubt: since(22), headAt: null });
      expect(history.stretches).toEqual([stretchOf(20, 15), stretchOf(9, 8)]);
      expect(walk.headRead).toBe(false);
    });

    test('P4: proves the order wrong where it says the same an hour later', () => {
      const before = { ...newestFirst(stretchOf(20, 15)), doubt: since(21) };
      const { history, walk } = read(before, older);
      expect(history).toMatchObject({ order: 'unordered', doubt: null, stretches: [] });
      expect([walk.headRead, history.proved]).toEqual([false, false]);
    });

    test('was one wrong word where it shows what is known when asked again', () => {
      const before = { ...newestFirst(stretchOf(20, 15)), doubt: since(21) };
      const { history, walk } = read(before, {
        first: [
          [[9, 8], { next: 'on' }],
          [[21, 20], { next: 'on', at: at(22) }],
        ],
      });
      expect([history.doubt, history.order, walk.headRead]).toEqual([null, 'newest_first', true]);
    });
  });

  test('P15: that can not be read says nothing of when the history is whole', () => {
    const before = { ...newestFirst(stretchOf(8, 3)), headAt: at(9) };
    const { history, walk } = read(before, { first: ['refused'] });
    expect([walk.headRead, history.headAt, history.stretches]).toEqual([false, at(9), [stretchOf(8, 3)]]);
  });

  test.each<[string, ServedList[string], boolean]>([
    ['names no older one, and needs none', [[[9, 8]]], true],
    ['names an older one', [[[9, 8], { next: 'on' }]], false],
    ['has lost its header', [[[9, 8], { count: 10 }]], false],
  ])('is known to be all that there is where it %s: %j', (_, first, isAll) => {
    const { walk } = read(newestFirst(stretchOf(9, 8, { closed: true })), { first });
    expect(walk.headIsAll).toBe(isAll);
  });

  test('P4: a list that ends with it is whole, and its order is proved', () => {
    const { history } = read({}, { first: [[[9, 8]]] });
    expect([gapsOf(history), history.proved]).toEqual([0, true]);
  });

  test('P15: a list that never had a row is empty up to when it was asked for', () => {
    const { history, walk } = read({}, { first: [[[], { at: at(10) }]] });
    expect(history).toMatchObject({ empty: true, headAt: at(10), stretches: [] });
    expect(walk.headRead).toBe(true);
  });

  describe('of nothing but rows that start later than now', () => {
    const ahead: ServedList = { first: [[[15, 14], { at: at(10) }]] };

    test('P15: is, up to now, the end of a list without a row', () => {
      const { history, walk, asked } = read({}, ahead);
      expect(asked).toEqual(['first', 'first']);
      expect(history).toMatchObject({ empty: true, headAt: at(10), stretches: [] });
      expect([walk.headRead, walk.obstacle]).toEqual([true, null]);
    });

    test('is one request in each later run, until their time has come', () => {
      const known = read({}, ahead).history;
      expect(read(known, ahead).asked).toEqual(['first']);
      const { history } = read(known, { first: [[[15, 14], { at: at(16) }]] });
      expect([history.empty, history.stretches]).toEqual([false, [stretchOf(15, 14, { closed: true })]]);
    });

    test.each([[[9, 15]], [[15, 9]]])(
      'is none where one row has started, wherever the others stand: %j',
      (hours) => {
        const { history, walk } = read(newestFirst(stretchOf(8, 3)), {
          first: [[hours, { next: 'on', at: at(10) }]],
        });
        expect([walk.headRead, walk.obstacle]).toEqual([true, null]);
        expect(history.stretches[0]).toMatchObject({ newest: hour(9), oldest: hour(9) });
      },
    );

    test('P15: of a page in no order tells no time, though the one row that has started is known', () => {
      const known = newestFirst(stretchOf(8, 3));
      const { history, walk } = read(known, {
        first: [[[19, 12, 16, 13, 18, 14, 11, 8, 15], { next: 'on', at: at(10) }]],
        // What started at 9 stands further down.
        on: [[[3, 14, 9, 17, 2], { at: at(10) }]],
      });
      expect([history.order, history.headAt, walk.headRead]).toEqual(['unordered', null, false]);
    });

    test('P16: is a doubt where syncs were known that had started', () => {
      const { history, walk } = read({ ...newestFirst(stretchOf(8, 3)), headAt: at(9) }, ahead);
      expect(history).toMatchObject({
        empty: false,
        headAt: at(9),
        doubt: { kind: 'emptied', since: at(10) },
      });
      expect(walk.headRead).toBe(false);
    });

    test('P10: and of one without a usable start, which is set aside as everywhere, is as good as empty', () => {
      const { history, walk } = read({}, { first: [[[15], { count: 2, at: at(10) }]] });
      expect([walk.headRead, history.empty]).toEqual([true, true]);
    });

    test('P10: and of a page on which nothing can be placed is no empty list, and is told', () => {
      const { history, walk } = read(
        {},
        { first: [[[15], { next: 'second', at: at(10) }]], second: [[[], { count: 2, ...back }]] },
      );
      expect([walk.headRead, history.empty]).toEqual([false, false]);
      expect(walk.obstacle).toContain('later than now');
    });
  });

  test('P15: an order that shows itself only now is not proved by a list of one row, which was in any', () => {
    const one = { proved: true, stretches: [stretchOf(1, 1, { closed: true })], headAt: at(2) };
    const { history } = read(one, { first: [[[5, 6]]] });
    expect([history.order, history.proved, gapsOf(history)]).toEqual(['oldest_first', false, 1]);
  });

  test('P15: an order is no longer proved where a page speaks against it', () => {
    const known = { ...newestFirst(stretchOf(8, 3)), proved: true };
    const { history } = read(known, {
      first: [[[5, 9, 2, 7, 4], { next: 'second' }]],
      second: [[[8, 7, 6], { next: 'third', ...back }]],
    });
    expect([history.order, history.proved]).toEqual(['newest_first', false]);
  });

  test('P4: a list that was empty, and whose one page is out of order in every run, is in none', () => {
    const guessed = { order: 'oldest_first' as const, proved: true, empty: true, headAt: at(1) };
    const { history, asked } = read(guessed, { first: [[[5, 9, 2, 7, 4]]] });
    // The page says so twice: what would ask but once would hear it for the first time in each run.
    expect(asked).toEqual(['first', 'first']);
    expect([history.order, history.empty]).toEqual(['unordered', false]);
  });

  test('an empty history is no longer empty with its first sync', () => {
    const { history } = read({ empty: true }, { first: [[[9]]] });
    expect([history.empty, history.stretches]).toEqual([false, [stretchOf(9, 9, { closed: true })]]);
  });

  test('P10: is found behind pages whose rows have no usable start', () => {
    const { history, asked } = read(
      {},
      {
        first: [[[], { count: 10, next: 'second', at: at(10) }]],
        second: [[[], { count: 10, next: 'third', at: at(11) }]],
        third: [[[9, 8], { next: 'on', at: at(12) }]],
      },
    );
    expect(asked).toEqual(['first', 'second', 'third']);
    // What began after the first request may stand above all that was read.
    expect([history.headAt, history.stretches.length]).toEqual([at(10), 1]);
  });

  test('P8: is given up where there are too many of these, with a sentence that says so', () => {
    const list = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        index === 0 ? 'first' : `${index}`,
        [[[], { count: 10, next: `${index + 1}` }] as const],
      ]),
    );
    const { walk, asked } = read({}, list);
    expect(asked.length).toBeLessThan(110);
    expect([walk.headRead, walk.obstacle]).toEqual([false, expect.stringContaining('quarantine')]);
  });
});

describe('the newest end of a list that is oldest first', () => {
  test('is looked for from the first page where nothing is known', () => {
    const { history, asked } = read(
      {},
      {
        first: [[[1, 2], { next: 'second' }]],
        second: [[[3, 4], { next: 'third', prev: 'first' }]],
        third: [[[5, 6], { prev: 'second', at: at(10) }]],
      },
    );
    expect(asked).toEqual(['first', 'second', 'third']);
    expect(history).toMatchObject({ order: 'oldest_first', tail: 'third', headAt: at(10) });
    expect(history.stretches).toEqual([stretchOf(6, 5, { place: 'third' })]);
  });

  test('P3: pages on the way there prove nothing: a purge pulls rows up past the cursor', () => {
    const { history } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'second' }]],
      second: [[[5, 6], { prev: 'first' }]],
    });
    expect(history.stretches.map(({ oldest }) => oldest)).toEqual([hour(5)]);
  });

  test('is one page in the steady state: the last one, which is kept', () => {
    const { history, asked } = read(
      { ...oldestFirst(stretchOf(6, 3, { closed: true })), tail: 'last' },
      { last: [[[5, 6, 7], { prev: 'before' }]] },
    );
    expect(asked).toEqual(['last']);
    expect(history.stretches).toEqual([stretchOf(7, 3, { place: 'last', closed: true })]);
    expect(history.tail).toBe('last');
  });

  test('has moved on where more has come than fits on that page', () => {
    const { history, asked } = read(
      { ...oldestFirst(stretchOf(6, 3, { closed: true })), tail: 'last' },
      {
        last: [[[5, 6, 7], { prev: 'before', next: 'new' }]],
        new: [[[8, 9], { prev: 'last' }]],
      },
    );
    expect(asked).toEqual(['last', 'new']);
    expect([history.tail, history.stretches.map(({ newest, oldest }) => [newest, oldest])]).toEqual([
      'new',
      [
        [hour(9), hour(8)],
        [hour(7), hour(3)],
      ],
    ]);
  });

  test.each<[string, ServedList, string[]]>([
    ['is refused', {}, ['last', 'first']],
    ['has no links, as in a list of one page', { last: [[[8, 9]]] }, ['last', 'first']],
    ['is empty, and names none before it', { last: [[[]]] }, ['last', 'first']],
    [
      'is empty by now, and the one before it as well',
      { last: [[[], { prev: 'before' }]], before: [[[]]] },
      ['last', 'before', 'first'],
    ],
  ])('is looked for from the first page where the kept one %s', (_, list, asked) => {
    const known = { ...oldestFirst(stretchOf(6, 3)), tail: 'last' };
    const result = read(known, { ...list, first: [[[3, 6, 7]]] });
    expect(result.asked).toEqual(asked);
    expect(result.history).toMatchObject({ tail: null, stretches: [{ newest: hour(7) }] });
  });

  test('is not looked for there again where the kept page is refused, and the first one, too', () => {
    const { walk, history } = read({ ...oldestFirst(stretchOf(6, 3)), tail: 'last' }, {});
    expect([walk.headRead, history.tail]).toEqual([false, null]);
  });

  test('P3: is the page before the kept one where a purge has emptied that', () => {
    const { history, asked } = read(
      { ...oldestFirst(stretchOf(6, 3)), tail: 'last' },
      { last: [[[], { prev: 'before' }]], before: [[[5, 6, 7], { prev: 'further' }]] },
    );
    expect(asked).toEqual(['last', 'before']);
    expect(history.tail).toBe('before');
  });

  test('P8: a circle is left, with a sentence that says so', () => {
    const { walk, asked } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'second' }]],
      second: [[[3, 4], { next: 'third' }]],
      third: [[[5, 6], { next: 'second' }]],
    });
    expect(asked).toEqual(['first', 'second', 'third']);
    expect([walk.headRead, walk.obstacle]).toEqual([false, expect.stringContaining('circle')]);
  });

  test('may name itself as the one after it, under ever new cursors', () => {
    const { walk, asked } = read(oldestFirst(), {
      first: [[[1, 2], { next: 'a' }]],
      a: [[[3, 4], { next: 'b' }]],
      b: [[[3, 4], { next: 'c' }]],
    });
    expect([walk.headRead, asked]).toEqual([true, ['first', 'a', 'b']]);
  });

  describe('of nothing but rows that start later than now, and without a link back', () => {
    const ahead = { at: at(10) };
    const known = { ...oldestFirst(stretchOf(4, 1, { closed: true })), headAt: at(5) };

    test('P16: is the page before it that tells the time, as that is now', () => {
      const { history, walk, asked } = read(known, {
        first: [[[1, 2, 3, 4], { next: 'second', ...ahead }]],
        second: [
          [[5, 6, 15], { next: 'third', prev: 'first', at: at(9) }],
          [[6, 7, 15], { next: 'third', prev: 'first', at: at(11) }],
        ],
        third: [[[16], { next: 'last', prev: 'second', ...ahead }]],
        last: [[[17, 18], { at: at(10.5) }]],
      });
      expect(asked).toEqual(['first', 'second', 'third', 'last', 'last', 'second']);
      expect([walk.headRead, history.headAt, history.doubt]).toEqual([true, at(10), null]);
      expect(history.stretches[0]).toMatchObject({ newest: hour(7), oldest: hour(6) });
    });

    test('P16: is no sign of an empty list where the page before it can not be read again', () => {
      const first = [[1, 2, 3, 4], { next: 'last', ...ahead }] as const;
      const list: ServedList = {
        first: [first, 'refused', first, 'refused'],
        last: [[[17, 18], ahead]],
      };
      expect(read({ ...known, empty: true }, list).history.empty).toBe(false);
      const { history } = read({ ...known, doubt: { kind: 'emptied', since: at(1) } }, list);
      expect([history.empty, history.doubt?.since, history.stretches.length]).toEqual([false, at(10), 1]);
    });
  });

  describe('P8: of a list on which nothing has begun yet', () => {
    const ahead = { at: at(1) };

    test('may do the same', () => {
      const { walk, asked } = read(oldestFirst(), {
        first: [[[5, 6], { next: 'a', ...ahead }]],
        a: [[[7, 8], { next: 'b', prev: 'first', ...ahead }]],
        b: [[[7, 8], { next: 'c', prev: 'first', ...ahead }]],
      });
      expect([walk.headRead, asked.slice(0, 4)]).toEqual([true, ['first', 'a', 'b', 'first']]);
    });

    test('is sought down to a first page that names itself as the one before it, under ever new cursors', () => {
      const self = [5, 6];
      const { walk, asked } = read(oldestFirst(), {
        first: [[self, { next: 'second', prev: 'a', ...ahead }]],
        second: [[[7, 8], { prev: 'a', ...ahead }]],
        a: [[self, { next: 'second', prev: 'b', ...ahead }]],
        b: [[self, { next: 'second', prev: 'c', ...ahead }]],
        c: [[self, { next: 'second', prev: 'd', ...ahead }]],
      });
      expect([walk.headRead, asked]).toEqual([true, ['first', 'second', 'a', 'b', 'second', 'a', 'b']]);
    });
  });

  test('P8: is given up where one page after another holds no row that tells its time', () => {
    const list = Object.fromEntries(
      Array.from({ length: 900 }, (_, page) => [
        `${page}`,
        [[[], { count: 10, next: `${page + 1}`, ...back }]],
      ]),
    );
    const { walk, asked } = read(oldestFirst(), {
      first: [[[], { count: 10, next: '0' }]],
      ...list,
    } as ServedList);
    expect([walk.headRead, walk.obstacle]).toEqual([false, expect.stringContaining('in quarantine')]);
    expect(asked.length).toBeLessThan(110);
  });
});

describe('a link that leads nowhere', () => {
  const known = { ...oldestFirst(stretchOf(12, 3)), tail: 'last' };

  test('is the end of the list where its page, read anew, shows the same rows', () => {
    const { history, asked } = read(known, {
      last: [
        [[11, 12, 13], { prev: 'before', next: 'on', at: at(20) }],
        [[11, 12, 13], { prev: 'before', next: 'on', at: at(21) }],
      ],
    });
    expect(asked).toEqual(['last', 'on', 'last']);
    // Of the second look nothing is known beyond the first one's end.
    expect([history.tail, history.headAt]).toEqual(['last', at(20)]);
  });

  test('P3: is not the end where a purge has moved the rows of its page meanwhile', () => {
    const { history, asked } = read(known, {
      last: [
        [[11, 12, 13], { prev: 'before', next: 'on' }],
        [[12, 13, 14], { prev: 'before', next: 'anew' }],
      ],
      anew: [[[15, 16], { prev: 'last', at: at(21) }]],
    });
    expect(asked).toEqual(['last', 'on', 'last', 'anew']);
    expect([history.tail, history.headAt, history.stretches[0]?.newest]).toEqual(['anew', at(21), hour(16)]);
  });

  test('P3: is not the end where it had waited for so long that it may have gone stale', () => {
    const { asked } = read(known, {
      last: [
        [[11, 12, 13], { prev: 'before', next: 'on' }],
        [[11, 12, 13], { prev: 'before', next: 'anew' }],
      ],
      on: ['refused late'],
      anew: [[[14, 15], { prev: 'last' }]],
    });
    expect(asked).toEqual(['last', 'on', 'last', 'anew']);
  });

  test('is the end of the list where its page, read anew, names none', () => {
    const { history, asked } = read(known, {
      last: [
        [[11, 12, 13], { prev: 'before', next: 'on' }],
        [[12, 13, 14], { prev: 'before' }],
      ],
      on: [[[]]],
    });
    expect([asked, history.stretches[0]?.newest]).toEqual([['last', 'on', 'last'], hour(14)]);
  });

  test('P8: is not followed for ever where its page changes with every look', () => {
    const { walk, asked } = read(known, {
      last: [9, 10, 11, 12, 13, 14].map((newest) => [
        [newest - 1, newest],
        { prev: 'before', next: `${newest}` },
      ]),
    });
    expect([walk.headRead, asked.length]).toEqual([false, 7]);
  });
});

test('a list that is in no order has no newest end', () => {
  expect(read({ order: 'unordered' }, {}).asked).toEqual([]);
});
