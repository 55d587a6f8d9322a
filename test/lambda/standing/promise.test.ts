/** P18: what the list has promised, and whether it was kept, to the minute. */
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import {
  isPast,
  newPromise,
  type PromiseFacts,
  type PromiseLook,
  seePromise,
  trustIn,
} from '../../../lambda/standing/promise.ts';
import { now, syncAt, syncsUntil } from './judged.ts';

const graceMs = 10 * minuteMs;
/** Hourly, up to an hour before the promise, which is for `now`. */
const known = syncsUntil(now - hourMs, 5, hourMs);

const look = (changes: Partial<PromiseLook> = {}): PromiseLook => ({
  isAtRest: false,
  nextScheduledRun: now,
  at: now - minuteMs,
  recent: known,
  hasOlder: false,
  usualMs: hourMs,
  graceMs,
  ...changes,
});
const pending: PromiseFacts = { ...newPromise(), pending: now };
/** What became of it, seen two hours later. */
const later = (changes: Partial<PromiseLook>) =>
  seePromise(pending, look({ at: now + 2 * hourMs, nextScheduledRun: now + 3 * hourMs, ...changes }));
const startedAt = (start: number) => [...known, syncAt(start)];

describe('a promise', () => {
  test('is kept by a sync that starts from a minute before it until its grace is over', () => {
    const record = (start: number) => later({ recent: startedAt(start) }).record;
    expect(record(now - minuteMs)).toBe('k');
    expect(record(now + graceMs)).toBe('k');
    expect(record(now + graceMs + 1)).toBe('m');
    expect(isPast(now, { recent: startedAt(now - minuteMs) })).toBe(true);
    expect(isPast(now, { recent: startedAt(now - minuteMs - 1) })).toBe(false);
  });

  test('is still open where the sync started earlier than that', () => {
    const seen = later({ recent: startedAt(now - minuteMs - 1), nextScheduledRun: now });
    expect(seen).toMatchObject({ pending: now, record: '' });
  });

  test('is the next one where one was kept, unless a sync has started for that already', () => {
    expect(later({ recent: startedAt(now) }).pending).toBe(now + 3 * hourMs);
    const recent = [...startedAt(now), syncAt(now + 3 * hourMs)];
    expect(later({ recent }).pending).toBeNull();
    expect(later({ recent: startedAt(now), nextScheduledRun: null }).pending).toBeNull();
  });

  test('is not held against a sync that had to wait for the one before it', () => {
    const late = now + hourMs;
    const endingAt = (finish: number | null) =>
      later({ recent: [syncAt(now - hourMs, { finish }), syncAt(late)] }).record;
    expect([endingAt(now), endingAt(now + 1), endingAt(null)]).toEqual(['m', '', '']);
    // Nobody can have seen it end.
    expect(endingAt(now + 99 * dayMs)).toBe('m');
  });

  test('says nothing where the first sync since then is not kept', () => {
    const recent = [syncAt(now + hourMs)];
    expect(later({ recent, hasOlder: true }).record).toBe('');
    expect(later({ recent, hasOlder: false }).record).toBe('m');
  });

  test('is remembered with the time at which it was seen to be broken', () => {
    expect(later({ recent: startedAt(now + hourMs) }).missed).toBe(now + 2 * hourMs);
    expect(later({ recent: startedAt(now) }).missed).toBeNull();
    const before = { ...pending, missed: 5 };
    expect(seePromise(before, look({ at: now + hourMs, recent: startedAt(now) })).missed).toBe(5);
  });

  test('is one of the ten that are remembered', () => {
    const full = { ...pending, record: 'mkkkkkkkkk' };
    const seen = seePromise(full, look({ at: now + hourMs, recent: startedAt(now), nextScheduledRun: null }));
    expect(seen.record).toBe('kkkkkkkkkk');
  });
});

describe('a promise that is replaced', () => {
  const replaced = (next: number | null, at: number, usualMs: number | null = hourMs) =>
    seePromise(pending, look({ at, nextScheduledRun: next, usualMs }));

  test('before it has come was withdrawn', () => {
    expect(replaced(now + 90 * minuteMs, now - 1)).toMatchObject({
      record: '',
      pending: now + 90 * minuteMs,
    });
    expect(replaced(null, now - 1)).toMatchObject({ record: '', pending: null });
  });

  test('before it has come by one that is whole distances later, was no promise of that sync', () => {
    expect(replaced(now + 2 * hourMs, now - 1)).toMatchObject({ record: 'm', pending: now + 2 * hourMs });
    expect(replaced(now - hourMs / 2, now - 1).record).toBe('');
    expect(replaced(now + 2 * hourMs, now - 1, null).record).toBe('');
  });

  test('when it has passed was broken, where what replaces it belongs to another plan', () => {
    expect(replaced(now + 90 * minuteMs, now)).toMatchObject({ record: 'm', pending: now + 90 * minuteMs });
  });

  test('when it has passed stays, where the plan goes on, or where nobody can know', () => {
    for (const next of [now, now + hourMs, now + 3 * hourMs, now - hourMs, null])
      expect(replaced(next, now)).toMatchObject({ record: '', pending: now });
    expect(replaced(now + 90 * minuteMs, now, null)).toMatchObject({ record: '', pending: now });
  });

  test('goes on in the same plan within a tenth of the distance', () => {
    const isOther = (next: number) => replaced(next, now).record === 'm';
    expect([isOther(now + 66 * minuteMs), isOther(now + 66 * minuteMs + 1)]).toEqual([false, true]);
    expect([isOther(now + 54 * minuteMs), isOther(now + 54 * minuteMs - 1)]).toEqual([false, true]);
  });

  test('and within an hour of local time, where it comes twice a day or more rarely', () => {
    const isOther = (usualMs: number, offMs: number) =>
      replaced(now + usualMs + offMs, now, usualMs).record === 'm';
    const most = 12 * hourMs * 0.1;
    expect([isOther(12 * hourMs, most), isOther(12 * hourMs, most + 1)]).toEqual([false, true]);
    expect([isOther(10 * hourMs, hourMs), isOther(10 * hourMs, hourMs + 1)]).toEqual([false, true]);
    expect(isOther(dayMs, 2.4 * hourMs)).toBe(false);
  });
});

describe('at rest', () => {
  const rest = { since: now - dayMs, last: now - hourMs, until: null };

  test('nothing is promised, and it is known since when', () => {
    const seen = seePromise({ ...pending, record: 'k' }, look({ isAtRest: true, at: now }));
    expect(seen).toEqual({
      pending: null,
      record: 'k',
      missed: null,
      rest: { since: now, last: now, until: null },
    });
  });

  test('it goes on resting until it is seen awake, and then rests anew', () => {
    const on = seePromise({ ...newPromise(), rest }, look({ isAtRest: true, at: now }));
    expect(on.rest).toEqual({ since: now - dayMs, last: now, until: null });
    const awake = seePromise(on, look({ at: now + hourMs }));
    expect(awake.rest).toEqual({ since: now - dayMs, last: now, until: now + hourMs });
    expect(seePromise(awake, look({ at: now + 2 * hourMs })).rest?.until).toBe(now + hourMs);
    const again = seePromise(awake, look({ isAtRest: true, at: now + 3 * hourMs }));
    expect(again.rest).toEqual({ since: now + 3 * hourMs, last: now + 3 * hourMs, until: null });
  });

  test('it was never, where it never was', () => {
    expect(seePromise(newPromise(), look()).rest).toBeNull();
  });
});

describe('promises are believed', () => {
  test('up to a quarter of broken ones', () => {
    const trust = (record: string) => trustIn({ record, missed: null }, hourMs, now);
    expect([trust(''), trust('mkkk'), trust('mkk'), trust('mmkkkkkkkk'), trust('mmmkkkkkkk')]).toEqual([
      'full',
      'full',
      'none',
      'full',
      'none',
    ]);
  });

  test('not always for 28 days after one was broken, or ten distances', () => {
    const trust = (agoMs: number, usualMs: number | null) =>
      trustIn({ record: 'kkkk', missed: now - agoMs }, usualMs, now);
    expect([trust(28 * dayMs, hourMs), trust(28 * dayMs + 1, hourMs)]).toEqual(['not always', 'full']);
    expect([trust(28 * dayMs, null), trust(28 * dayMs + 1, null)]).toEqual(['not always', 'full']);
    expect([trust(50 * dayMs, 5 * dayMs), trust(50 * dayMs + 1, 5 * dayMs)]).toEqual(['not always', 'full']);
  });
});
