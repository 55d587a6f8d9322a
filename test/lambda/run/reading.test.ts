import { describe, expect, test } from 'vitest';
import { Reading } from '../../../lambda/run/reading.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { newHistory } from '../../../lambda/walk/history.ts';
import { type Page, refused } from '../../../lambda/walk/page.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { ago, historyOf, now, stretch } from './integrations.ts';

function readingOf(history: History = newHistory()) {
  const walk = new Walk(history);
  return { walk, history, reading: new Reading(walk) };
}

const page = (
  cursor: string | null,
  hours: readonly number[],
  links: Pick<Page, 'next' | 'prev'> = {},
): Page => ({
  cursor,
  at: now,
  count: hours.length,
  starts: hours.map(ago),
  ...links,
});

describe('what is read of an integration', () => {
  test('is nothing before its head is asked for', () => {
    const { reading } = readingOf();
    expect([reading.next(), reading.proceed(), reading.turnToOpenSyncs()]).toEqual([undefined, false, false]);
  });

  test('is its head, then its open syncs, then its gaps, until nothing is left', () => {
    const opens = [{ start: ago(5), place: 'there' }];
    const { walk, reading } = readingOf(historyOf([], { opens }));
    reading.startHead();
    expect(reading.next()).toEqual({ cursor: null });
    reading.answer(page(null, [1, 2], { next: 'second' }));
    expect([reading.next(), walk.headRead]).toEqual([undefined, true]);

    expect([reading.proceed(), reading.next()]).toEqual([true, { cursor: 'there' }]);
    reading.answer(page('there', [5, 6]));
    expect([reading.next(), walk.openSyncs.searched]).toEqual([undefined, true]);

    expect([reading.proceed(), reading.next()]).toEqual([true, { cursor: 'second' }]);
    reading.answer(page('second', [3, 4], { prev: 'first' }));
    expect(reading.proceed()).toBe(false);
  });

  test('is asked for once, however often one looks', () => {
    const { reading } = readingOf();
    reading.startHead();
    expect([reading.next(), reading.proceed(), reading.next()]).toEqual([
      { cursor: null },
      true,
      { cursor: null },
    ]);
  });

  test('is nothing more of a job that was stopped, and what that has read stands', () => {
    const { history, reading } = readingOf();
    reading.startHead();
    reading.next();
    reading.answer(page(null, [1, 2], { next: 'second' }));
    reading.proceed();
    reading.stop();
    expect(reading.next()).toBeUndefined();
    expect(history.stretches).toHaveLength(1);
  });

  test('P8: is not a head again and again where each of them is refused', () => {
    const { reading } = readingOf();
    reading.startHead();
    let heads = 0;
    while (reading.proceed() && heads < 10) {
      heads += 1;
      reading.answer(refused);
    }
    expect(heads).toBe(1);
  });

  test('P8: is not a full scan again and again where none comes to an end', () => {
    const { reading } = readingOf(historyOf([], { order: 'unordered' }));
    reading.startHead();
    let scans = 0;
    while (reading.proceed() && scans < 10) {
      scans += 1;
      reading.answer(refused);
    }
    expect(scans).toBe(2);
  });

  test('P4: begins again with the head where the order shows itself late', () => {
    const { walk, history, reading } = readingOf();
    reading.startHead();
    reading.next();
    // One row tells no order: it is taken for the newest end.
    reading.answer(page(null, [9], { next: 'second' }));
    reading.proceed();
    reading.answer(page('second', [8, 7], { prev: 'first' }));
    expect([history.order, walk.headRead, reading.proceed()]).toEqual(['oldest_first', false, true]);
    expect(reading.next()).toEqual({ cursor: null });
  });

  test('is a head again where one was stopped before its end, twice at the most', () => {
    const { reading } = readingOf();
    reading.startHead();
    reading.next();
    reading.stop();
    expect([reading.proceed(), reading.next(), reading.urgency]).toEqual([true, { cursor: null }, '9999']);
    reading.stop();
    expect([reading.proceed(), reading.next()]).toEqual([false, undefined]);
  });

  test('is no head again where one was stopped that has read the newest end already', () => {
    const { reading, walk } = readingOf();
    reading.startHead();
    reading.next();
    // It names no older page, and does not say that there is none: it is to be looked at once more.
    reading.answer(page(null, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect([walk.headRead, reading.next()]).toEqual([true, { cursor: null }]);
    reading.stop();
    expect([reading.proceed(), reading.urgency]).toEqual([true, ago(10)]);
  });

  test('is that head also where open syncs were looked for in between', () => {
    const { reading, walk } = readingOf(historyOf([], { opens: [{ start: ago(5), place: 'there' }] }));
    reading.startHead();
    reading.next();
    reading.stop();
    expect(reading.turnToOpenSyncs()).toBe(true);
    reading.answer(page('there', [5, 6]));
    expect(walk.openSyncs.searched).toBe(true);
    expect([reading.proceed(), reading.next(), reading.urgency]).toEqual([true, { cursor: null }, '9999']);
  });

  test('P4: is dropped where a page is in no order', () => {
    const { reading } = readingOf();
    reading.startHead();
    reading.next();
    reading.answer(page(null, [3, 1, 2], { next: 'second' }));
    expect(reading.next()).toBeUndefined();
    expect(reading.isScanning).toBe(true);
  });
});

describe('open syncs', () => {
  const opens = [{ start: ago(5), place: 'there' }];

  test('are not turned to while the head is being read', () => {
    const { reading } = readingOf(historyOf([], { opens }));
    reading.startHead();
    reading.next();
    expect(reading.turnToOpenSyncs()).toBe(false);
    reading.answer(page(null, [1, 2], { next: 'second' }));
    expect([reading.turnToOpenSyncs(), reading.next()]).toEqual([true, { cursor: 'there' }]);
  });

  test('are not turned to before the head is asked for', () => {
    const { reading, walk } = readingOf(historyOf([], { opens }));
    expect([reading.turnToOpenSyncs(), walk.openSyncs.searched]).toEqual([false, false]);
  });

  test('are looked for once a run', () => {
    const { reading } = readingOf(historyOf([], { opens }));
    reading.startHead();
    reading.next();
    reading.answer(page(null, [1, 2], { next: 'second' }));
    reading.turnToOpenSyncs();
    reading.answer(page('there', [5, 6]));
    expect(reading.turnToOpenSyncs()).toBe(false);
  });

  test('of a list in no order are met by its full scan, and not turned to', () => {
    const { reading, walk } = readingOf(historyOf([], { order: 'unordered', opens }));
    reading.startHead();
    expect([reading.next(), reading.turnToOpenSyncs()]).toEqual([undefined, false]);
    expect(walk.openSyncs.searched).toBe(false);
  });
});

describe('a second look', () => {
  const never = { last: null, current: null };
  /** All of it is known, and a look at the newest day is due. */
  const due = () =>
    historyOf([stretch(1, 60, { closed: true })], {
      looks: { day: { last: 0, current: null }, week: never, month: never, asked: never },
    });
  const headOf = (reading: Reading) => {
    reading.startHead();
    reading.next();
    reading.answer(page(null, [1, 2], { next: 'on' }));
  };

  test('is turned to when the head was read, and not before', () => {
    const { reading } = readingOf(due());
    expect(reading.turnToSecondLook(now)).toBe(false);
    reading.startHead();
    expect([reading.next(), reading.turnToSecondLook(now)]).toEqual([{ cursor: null }, false]);
    reading.answer(page(null, [1, 2], { next: 'on' }));
    expect([reading.turnToSecondLook(now), reading.next()]).toEqual([true, { cursor: 'on' }]);
  });

  test('is not turned to where the head could not be read', () => {
    const { reading } = readingOf(due());
    reading.startHead();
    reading.next();
    reading.answer(refused);
    reading.stop();
    expect(reading.turnToSecondLook(now)).toBe(false);
  });

  test('is not turned to where none is due', () => {
    const { reading } = readingOf(historyOf([stretch(1, 60, { closed: true })]));
    headOf(reading);
    expect([reading.turnToSecondLook(now), reading.next()]).toEqual([false, undefined]);
  });

  test('waits while something else is being read', () => {
    const history = { ...due(), stretches: [stretch(1, 60)] };
    const { reading } = readingOf(history);
    headOf(reading);
    reading.proceed();
    expect([reading.turnToSecondLook(now), reading.next()?.cursor]).toEqual([false, 'on']);
  });

  test('that comes to nothing is left for the next run', () => {
    const { reading, history } = readingOf(due());
    history.looks.day.current = { until: ago(59), began: now, place: 'kept' };
    headOf(reading);
    expect([reading.turnToSecondLook(now), reading.next()]).toEqual([true, { cursor: 'kept' }]);
    reading.answer(refused);
    expect([reading.turnToSecondLook(now), reading.next()]).toEqual([false, undefined]);
  });
});

test('what is read of a list in no order is as urgent as anything without an edge', () => {
  const { reading } = readingOf(historyOf([], { order: 'unordered' }));
  reading.startHead();
  reading.proceed();
  expect([reading.urgency, reading.isScanning]).toEqual(['', true]);
});

test('P6: a head is more urgent than gaps, of gaps the newest, and open syncs as the gap of their integration', () => {
  const urgencies: string[] = [];
  const opens = [{ start: ago(5), place: 'there' }];
  const { reading } = readingOf(historyOf([stretch(2, 3)], { opens }));
  reading.startHead();
  reading.next();
  urgencies.push(reading.urgency);
  reading.answer(page(null, [1, 2], { next: 'second' }));
  reading.proceed();
  urgencies.push(reading.urgency);
  reading.answer(page('there', [5, 6]));
  reading.proceed();
  urgencies.push(reading.urgency, ago(4));
  expect(urgencies).toEqual([...urgencies].sort().reverse());
  expect(urgencies.slice(1, 3)).toEqual([ago(3), ago(3)]);
});

test('P6: open syncs of an integration without a gap wait for the gaps of the others', () => {
  const opens = [{ start: ago(5), place: 'there' }];
  const { reading } = readingOf(historyOf([stretch(2, 6, { closed: true })], { opens }));
  reading.startHead();
  reading.next();
  reading.answer(page(null, [1, 2], { next: 'second' }));
  expect([reading.proceed(), reading.urgency]).toEqual([true, '']);
});
