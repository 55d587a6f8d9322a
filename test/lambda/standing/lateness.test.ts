/** P18: when a sync is late, by what Braze has promised, else by habit, to the millisecond. */
import { describe, expect, test } from 'vitest';
import type { Pace } from '../../../lambda/standing/expectation.ts';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { type LatenessInput, latenessOf, youthOf } from '../../../lambda/standing/lateness.ts';
import { dayAt, dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { newPromise, type PromiseFacts } from '../../../lambda/standing/promise.ts';
import { clocksDifferMs } from '../../../lambda/standing/runs.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, syncAt, syncsUntil } from './judged.ts';

const graceMs = 10 * minuteMs;
const daily = syncsUntil(now - hourMs, 30);
const newest = daily.at(-1) as SyncFact;
const pace: Pace = { usualMs: dayMs, isSteady: true, starts: null };
/** A day after the newest, and what habit waits: two hours and as long as the longest took. */
const byHabit = { awaited: now + 23 * hourMs, by: now + 25 * hourMs + minuteMs, judgedBy: 'habit' };
const running = { finish: null, status: 'running' };
const brokenLately: PromiseFacts = { ...newPromise(), record: 'kkkkm', missed: now - dayMs };
const brokenMostly: PromiseFacts = { ...newPromise(), record: 'mmm', missed: now - dayMs };

function factsWith(syncs: readonly SyncFact[], promise: Partial<PromiseFacts> = {}): StandingFacts {
  const facts = newStandingFacts();
  const habit = habitOf(dayAt(now), daily);
  return { ...facts, recent: syncs.slice(-6), habit, promise: { ...newPromise(), ...promise } };
}

const lateness = ({ facts = factsWith(daily), ...others }: Partial<LatenessInput>) =>
  latenessOf({ facts, pace, nextScheduledRun: null, isActive: true, graceMs, asOf: now, ...others });

describe('a promise', () => {
  const promised = now + hourMs;
  const of = (
    promise: Partial<PromiseFacts>,
    asOf: number,
    syncs = daily,
    more: Partial<LatenessInput> = {},
  ) => lateness({ facts: factsWith(syncs, promise), nextScheduledRun: promised, asOf, ...more });

  test('that is always kept decides alone, and is late when its grace is over', () => {
    const known = { judgedBy: 'schedule', awaited: promised, by: promised + graceMs };
    expect(of({}, promised + graceMs)).toEqual({ ...known, late: false });
    expect(of({}, promised + graceMs + 1)).toEqual({ ...known, late: true });
  });

  test('that was seen first is the one that counts', () => {
    expect(of({ pending: now + minuteMs }, now)).toMatchObject({ awaited: now + minuteMs });
  });

  test('waits for the end of the sync before it', () => {
    const long = syncAt(now - hourMs, { finish: promised + dayMs });
    // Clocks may differ.
    for (const at of [promised + dayMs, promised + dayMs - clocksDifferMs])
      expect(of({}, at, [...daily, long])).toMatchObject({
        awaited: promised,
        by: promised + dayMs + graceMs,
      });
  });

  test('does not wait for an end that is still to come', () => {
    const odd = syncAt(now - hourMs, { finish: promised + dayMs });
    const at = promised + dayMs - clocksDifferMs - 1;
    expect(of({}, at, [...daily, odd])).toMatchObject({ by: promised + graceMs, late: true });
  });

  test('is not broken while a sync is running: Braze runs one at a time', () => {
    const one = syncAt(now - hourMs, running);
    expect(of({}, promised + dayMs, [...daily, one])).toMatchObject({ judgedBy: 'schedule', late: false });
  });

  test('that was kept and is not moved on promises nothing when its grace is over: then habit decides', () => {
    const kept = { nextScheduledRun: newest.start };
    const graceOver = (newest.finish ?? 0) + graceMs;
    expect(of({}, graceOver, daily, kept)).toMatchObject({ judgedBy: 'schedule', late: false });
    expect(of({}, graceOver + 1, daily, kept)).toEqual({ ...byHabit, late: false });
    expect(of({}, graceOver + 1, daily, { ...kept, isActive: false })).toBeNull();
  });

  test('of which most are broken is none', () => {
    expect(of(brokenMostly, promised + dayMs)).toEqual({ ...byHabit, late: false });
    expect(of(brokenMostly, promised + dayMs, daily, { isActive: false })).toBeNull();
  });
});

describe('where a promise was broken lately, both have to say that it is late', () => {
  const of = (nextScheduledRun: number, more: Partial<LatenessInput> = {}) =>
    lateness({ facts: factsWith(daily, brokenLately), nextScheduledRun, ...more });

  test('and the later of the two counts', () => {
    expect(of(now)).toEqual({ judgedBy: 'schedule', awaited: now, by: byHabit.by, late: false });
    const later = now + 9 * dayMs;
    expect(of(later)).toMatchObject({ awaited: later, by: later + graceMs });
  });

  test('but for one that is not active, of which habit says nothing', () => {
    expect(of(now, { isActive: false })).toMatchObject({ judgedBy: 'schedule', by: now + graceMs });
  });

  test('lately is ten distances of what comes rarely', () => {
    const weekly = { usualMs: 7 * dayMs, isSteady: true, starts: null };
    const broken = { ...brokenLately, missed: now - 60 * dayMs };
    const of60 = (pace: Pace) =>
      lateness({ facts: factsWith(daily, broken), nextScheduledRun: now, pace, asOf: now })?.by;
    expect(of60(pace)).toBe(now + graceMs);
    expect(of60(weekly)).toBeGreaterThan(now + graceMs);
  });

  test('and one that nobody knows the rhythm of yet is not judged', () => {
    const facts = { ...factsWith(daily.slice(-3), brokenLately), habit: null };
    const young = { facts, pace: { ...pace, starts: daily.slice(-3).map(({ start }) => start) } };
    expect(of(now, young)).toBeNull();
    expect(of(now, { ...young, isActive: false })).toMatchObject({ judgedBy: 'schedule' });
  });
});

describe('by habit', () => {
  test('it is late when patience is over', () => {
    expect(lateness({ asOf: byHabit.by })).toEqual({ ...byHabit, late: false });
    expect(lateness({ asOf: byHabit.by + 1 })).toEqual({ ...byHabit, late: true });
  });

  test('nothing is expected of one that is not active, that has no pace, or that has never synced', () => {
    expect(lateness({ isActive: false })).toBeNull();
    expect(lateness({ pace: null })).toBeNull();
    expect(lateness({ facts: factsWith([]) })).toBeNull();
  });

  test('nor of one that was not seen for long enough to know its rhythm', () => {
    const starts = daily.slice(-4).map(({ start }) => start);
    const facts = { ...factsWith(daily.slice(-4)), habit: null };
    expect(lateness({ facts, pace: { ...pace, starts } })).toBeNull();
    expect(youthOf(facts, { ...pace, starts })).toEqual({ from: starts[0], neededMs: 8 * dayMs });
    expect(youthOf(factsWith([]), pace)).toBeNull();
  });

  test('it is awaited from the end of its rest, where it rested after its newest sync', () => {
    const woke = (until: number | null) =>
      lateness({ facts: factsWith(daily, { rest: { since: now - 9 * dayMs, last: now, until } }) })?.awaited;
    expect(woke(now)).toBe(now + dayMs);
    expect([woke(newest.start - 1), woke(null)]).toEqual([byHabit.awaited, byHabit.awaited]);
  });

  test('nor does habit wait for an end that is still to come', () => {
    const odd = factsWith([...daily, syncAt(newest.start, { finish: now + 9 * dayMs })]);
    expect(lateness({ facts: odd, asOf: now })).toMatchObject({ by: byHabit.by });
  });

  test('the end of a long sync gives the next one its patience', () => {
    const long = { ...newest, finish: now + 2 * dayMs };
    const patienceMs = byHabit.by - byHabit.awaited;
    expect(lateness({ facts: factsWith([...daily.slice(0, -1), long]), asOf: now + 2 * dayMs })?.by).toBe(
      now + 2 * dayMs + patienceMs,
    );
    const open = { ...newest, ...running };
    expect(lateness({ facts: factsWith([...daily.slice(0, -1), open]), asOf: now + 9 * dayMs })).toEqual({
      ...byHabit,
      late: false,
    });
  });
});
