import { describe, expect, test } from 'vitest';
import { fullScan } from '../../../lambda/walk/full-scan.ts';
import { gapsOf, type History, newHistory } from '../../../lambda/walk/history.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, back, hour, play, type ServedList, stretchOf } from './pages.ts';

/** Scans a list that is in no order. */
function scan(list: ServedList, history: Partial<History> = {}) {
  const walk = new Walk(structuredClone({ ...newHistory(), order: 'unordered', ...history }));
  const asked = play(walk, fullScan(walk), list);
  return { walk, history: walk.history, asked };
}

const whole = (newest: number, oldest: number) => [stretchOf(newest, oldest, { closed: true })];

describe('P4: a list in no order', () => {
  test('is whole when two scans in a row have met the same syncs', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second', at: at(10) }]],
      second: [[[7, 1], back]],
    });
    expect(asked).toEqual(['first', 'second', 'first', 'second']);
    expect(history).toMatchObject({ order: 'unordered', stretches: whole(9, 1), headAt: at(10) });
    expect([walk.headRead, gapsOf(history), walk.obstacle]).toEqual([true, 0, null]);
  });

  test('is whole with one scan where it has one page, which is one moment of it', () => {
    const { history, asked } = scan({ first: [[[5, 9, 2]]] });
    expect([asked, history.stretches]).toEqual([['first'], whole(9, 2)]);
  });

  test('is known to be empty where it has no row', () => {
    const { history } = scan({ first: [[[]]] });
    expect(history).toMatchObject({ empty: true, stretches: [] });
  });

  test('is scanned again where a row was met by only one of two', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [
        [[7, 1], back],
        [[7, 3, 1], back],
      ],
    });
    expect(asked).toEqual(['first', 'second', 'first', 'second', 'first', 'second']);
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('P8: is left for the next run where every scan meets other rows, and nothing is proved', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [
        [[7, 1], back],
        [[7, 3], back],
        [[7, 4], back],
      ],
    });
    expect([asked.length, walk.headRead, gapsOf(history)]).toEqual([6, false, 1]);
    expect(walk.obstacle).toContain('no order');
  });

  test('is left for the next run where a scan can not begin', () => {
    const { walk, asked } = scan({});
    expect([asked, walk.headRead]).toEqual([['first'], false]);
  });
});

describe('P15: syncs that begin while a list is scanned', () => {
  // The first scan begins at 10 o'clock, the second at 14.
  const first = (hours: number[], time: number) => [hours, { next: 'second', at: at(time) }] as const;

  test('do not prove the scans wrong, and it is whole only up to when the first began', () => {
    const { history, asked } = scan({
      first: [first([5, 9, 2], 10), first([5, 13, 9, 2], 14)],
      second: [[[12, 7, 1], back]],
    });
    expect(asked).toHaveLength(4);
    // The one of 12 was met by both; but one of 13 may have been missed by the first, and so may others before it.
    expect([history.headAt, history.stretches]).toEqual([at(10), whole(9, 1)]);
  });

  test('are part of what is whole where both scans have met the same', () => {
    const { history } = scan({
      first: [first([5, 9, 2], 10), first([5, 9, 2], 14)],
      second: [[[12, 7, 1], back]],
    });
    expect([history.headAt, history.stretches]).toEqual([at(10), whole(12, 1)]);
  });

  test('may be all that there is: up to when the first began, the list was empty', () => {
    const { history } = scan({ first: [first([11], 10), first([11, 13], 14)], second: [[[12], back]] });
    expect(history).toMatchObject({ stretches: [], empty: true });
  });
});

describe('P4: a list that is in order after all', () => {
  test('newest first, has that order again, and it is proved', () => {
    const { history } = scan({ first: [[[9, 8], { next: 'second' }]], second: [[[8, 7, 6], back]] });
    expect(history).toMatchObject({
      order: 'newest_first',
      proved: true,
      tail: null,
      stretches: whole(9, 6),
    });
  });

  test('oldest first, too, and its last page is kept', () => {
    const { history } = scan({ first: [[[6, 7], { next: 'second' }]], second: [[[8, 9], back]] });
    expect(history).toMatchObject({ order: 'oldest_first', proved: true, tail: 'second' });
  });

  test('of one sync could be in any', () => {
    expect(scan({ first: [[[6]]] }).history).toMatchObject({ order: 'unordered', proved: false });
  });
});

describe('P3: a scan', () => {
  test('that was cut short goes on there first, so that every row is read in the end; it proves nothing', () => {
    const { history, asked } = scan(
      { first: [[[5, 9, 2], { next: 'second' }]], second: [[[7, 1], back]] },
      { sweepPlace: 'second' },
    );
    expect(asked).toEqual(['second', 'first', 'second', 'first', 'second']);
    expect([history.sweepPlace, history.stretches]).toEqual([null, whole(9, 1)]);
  });

  test('whose place is refused begins anew', () => {
    const { history, asked } = scan({ first: [[[5, 9, 2]]] }, { sweepPlace: 'gone' });
    expect([asked, history.sweepPlace]).toEqual([['gone', 'first'], null]);
  });

  test('keeps how far it has come', () => {
    const walk = new Walk({ ...newHistory(), order: 'unordered' });
    const job = fullScan(walk);
    job.next();
    job.next({ cursor: null, at: at(10), count: 2, starts: [hour(9), hour(2)], next: 'second' });
    job.next({ cursor: 'second', at: at(10), count: 1, starts: [hour(5)], next: 'third' });
    expect(walk.history.sweepPlace).toBe('second');
  });

  test('ends at a link that leads nowhere only when its page, read anew, leads nowhere again', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[]], [[7, 1], back]],
    });
    expect(asked.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
    expect(history.stretches).toEqual(whole(9, 1));
    const ending = scan({ first: [[[5, 9, 2], { next: 'second' }]], second: [[[]]] });
    expect([ending.asked.slice(0, 4), ending.history.stretches]).toEqual([
      ['first', 'second', 'first', 'second'],
      whole(9, 2),
    ]);
  });

  test('does not end at a link that had waited for so long that it may have gone stale', () => {
    const late = ['refused late', 'refused late', 'refused late', 'refused late'] as const;
    const { history } = scan({ first: [[[5, 9, 2], { next: 'second' }]], second: [...late, [[7, 1], back]] });
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('looks twice at each end that it meets, not only at the first', () => {
    const { asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[]], [[7, 1], { next: 'third' }]],
      third: [[[]]],
    });
    const scanned = ['first', 'second', 'third', 'second', 'third'];
    expect(asked).toEqual(['first', 'second', ...scanned, ...scanned]);
  });

  test('whose page can not be read anew proves nothing', () => {
    const { walk, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[7, 1], { next: 'third' }], 'refused'],
    });
    expect([asked, walk.headRead]).toEqual([['first', 'second', 'third', 'second'], false]);
  });

  test('that goes in circles is left, with a sentence that says so, and proves nothing', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[7, 1], { next: 'third' }]],
      third: [[[3, 4], { next: 'second' }]],
    });
    expect(asked).toEqual(['first', 'second', 'third']);
    expect([walk.obstacle, gapsOf(history), history.sweepPlace]).toEqual([
      expect.stringContaining('circle'),
      1,
      expect.anything(),
    ]);
  });

  test('forgets what was held to be whole before: nothing short of the whole list says anything', () => {
    const { history } = scan({}, { stretches: whole(9, 1), empty: false });
    expect(gapsOf(history)).toBe(1);
  });
});

test('a list that is in order is not scanned', () => {
  expect(scan({}, { order: 'newest_first' }).asked).toEqual([]);
});
