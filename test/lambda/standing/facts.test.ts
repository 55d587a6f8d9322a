import { describe, expect, test } from 'vitest';
import { isRunning, newestOver, newStandingFacts, summaryOfAll } from '../../../lambda/standing/facts.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { isPast, newPromise, seePromise, trustIn } from '../../../lambda/standing/promise.ts';
import { factsOf, now, syncAt, syncsUntil } from './judged.ts';

const open = { finish: null, rowsSynced: null, rowsFailed: null, timestampSynced: null };

describe('P18: a sync is running', () => {
  test.each([
    ['no sync is known', [], false],
    ['the newest has neither an end nor a final status', [syncAt(now, { ...open, status: 'running' })], true],
    ['it has no status at all yet', [syncAt(now, { ...open, status: null })], true],
    ['it has a final status and no end', [syncAt(now, { ...open, status: 'success' })], false],
    ['it has an end and a status that nobody knows', [syncAt(now, { status: 'odd' })], false],
    ['one before it has no end', [syncAt(now - hourMs, { ...open, status: 'running' }), syncAt(now)], false],
  ] as const)('where %s: %#', (_, syncs, running) => {
    expect(isRunning(factsOf(syncs))).toBe(running);
  });

  test('and the one before it is the newest that is over', () => {
    const before = syncAt(now - hourMs);
    const facts = factsOf([before, syncAt(now, { ...open, status: 'running' })]);
    expect(newestOver(facts)).toEqual(before);
    expect(newestOver(factsOf([syncAt(now, { ...open, status: 'running' })]))).toBeUndefined();
  });
});

describe('P18: a promise', () => {
  const look = {
    isAtRest: false,
    recent: syncsUntil(now - hourMs, 5, hourMs),
    hasOlder: false,
    usualMs: hourMs,
    graceMs: 10 * minuteMs,
    at: now - minuteMs,
    nextScheduledRun: now,
  };

  test('is kept by a sync within its grace, and broken by one after it', () => {
    const seen = seePromise(newPromise(), look);
    expect(seen).toMatchObject({ pending: now, record: '' });
    const then = { ...look, at: now + hourMs / 2, nextScheduledRun: now + hourMs };
    const keptBy = (start: number) => seePromise(seen, { ...then, recent: [...look.recent, syncAt(start)] });
    expect(keptBy(now + 5 * minuteMs)).toMatchObject({ pending: now + hourMs, record: 'k' });
    expect(keptBy(now + 15 * minuteMs)).toMatchObject({ pending: now + hourMs, record: 'm' });
  });

  test('stays the oldest one until a sync has started', () => {
    const seen = seePromise(newPromise(), look);
    const moved = seePromise(seen, { ...look, at: now + hourMs / 2, nextScheduledRun: now + hourMs });
    expect(moved).toMatchObject({ pending: now, record: '' });
  });

  test('is broken where it goes on to the next one before it has come', () => {
    const seen = seePromise(newPromise(), { ...look, nextScheduledRun: now + 9 * hourMs });
    const moved = seePromise(seen, { ...look, at: now + hourMs, nextScheduledRun: now + 10 * hourMs });
    expect(moved).toMatchObject({ pending: now + 10 * hourMs, record: 'm' });
  });

  test('of another plan is no broken one', () => {
    const seen = seePromise(newPromise(), look);
    const planned = { ...look, at: now - 30_000, nextScheduledRun: now + 5 * hourMs + 20 * minuteMs };
    expect(seePromise(seen, planned)).toMatchObject({ pending: planned.nextScheduledRun, record: '' });
  });

  test('promises nothing more once it was kept and stays where it was', () => {
    expect(isPast(now - hourMs, look)).toBe(true);
    expect(seePromise(newPromise(), { ...look, nextScheduledRun: now - hourMs }).pending).toBeNull();
  });

  test('of another plan breaks the one that has passed', () => {
    const seen = seePromise(newPromise(), look);
    const planned = { ...look, at: now + minuteMs, nextScheduledRun: now + hourMs / 2 };
    expect(seePromise(seen, planned)).toMatchObject({ pending: planned.nextScheduledRun, record: 'm' });
  });

  test.each([
    ['', null, 'full'],
    ['kkkkk', now - 29 * dayMs, 'full'],
    ['kkkkk', now - 27 * dayMs, 'not always'],
    ['m', now, 'none'],
    ['kkm', now, 'none'],
    ['kkkm', now, 'not always'],
    ['kkkkkkkkmm', now, 'not always'],
    ['kkkkkkkmmm', now - 300 * dayMs, 'none'],
  ] as const)('after %j, and one broken at %j, is believed: %s', (record, missed, trust) => {
    expect(trustIn({ record, missed }, hourMs, now)).toBe(trust);
  });

  test('of a weekly one that was broken is remembered for ten weeks', () => {
    expect(trustIn({ record: 'kkkk', missed: now - 60 * dayMs }, 7 * dayMs, now)).toBe('not always');
  });
});

test('P18: what is known of all that are over leaves out the one that is running, and no other', () => {
  const syncs = syncsUntil(now - hourMs, 3, hourMs);
  const facts = factsOf([...syncs, syncAt(now, { ...open, status: 'running' })]);
  expect(summaryOfAll(facts).data).toEqual(syncs.map(({ start }) => start));
  expect(summaryOfAll(factsOf(syncs)).data).toHaveLength(3);
});

test('P18: of one that is new nothing is open, and nothing waits to be told', () => {
  expect(newStandingFacts()).toMatchObject({ open: [], outbox: [], recent: [], before: {}, stale: false });
});
