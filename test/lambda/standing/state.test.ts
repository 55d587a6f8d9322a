/** P18: which state holds where several could, at which moment it begins to, and since when it has. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import { judge } from '../../../lambda/standing/judge.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { Rest } from '../../../lambda/standing/promise.ts';
import { defaultSettings } from '../../../lambda/standing/settings.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { active, factsAfter, factsOf, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const before = syncsUntil(now - dayMs - hourMs, 29);
const failed = { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null };
const refused = { status: 'partial', rowsSynced: 1n, rowsFailed: 1n };
const running = { ...failed, status: 'running', finish: null };
const disabled = { ...active, status: 'disabled' };
const failing = [...before, syncAt(now - hourMs, failed)];

const stateOf = (known: Known) => standingOf(known).state;
const sinceOf = (known: Known) => standingOf(known).since;
const withRest = (syncs: readonly SyncFact[], rest: Rest): StandingFacts => {
  const facts = factsOf(syncs);
  return { ...facts, promise: { ...facts.promise, rest } };
};

describe('an integration is unread', () => {
  test('when nobody has read it for three of its distances', () => {
    const hourly = syncsUntil(now - 8 * dayMs, 24 * 30, 4 * hourMs);
    const readAgo = (agoMs: number) => stateOf({ syncs: hourly, headAt: now - agoMs });
    expect([readAgo(12 * hourMs), readAgo(12 * hourMs + 1)]).toEqual(['late', 'unread']);
  });

  test('but not within an hour, however often it comes', () => {
    const often = syncsUntil(now - hourMs - minuteMs, 4000, 5 * minuteMs);
    const readAgo = (agoMs: number) => stateOf({ syncs: often, headAt: now - agoMs });
    expect([readAgo(hourMs), readAgo(hourMs + 1)]).toEqual(['healthy', 'unread']);
  });

  test('and after a day at the most, also where its distance is not known', () => {
    const readAgo = (syncs: readonly SyncFact[], agoMs: number) => stateOf({ syncs, headAt: now - agoMs });
    const weekly = syncsUntil(now - 2 * dayMs, 20, 7 * dayMs);
    expect([readAgo(weekly, dayMs), readAgo(weekly, dayMs + 1)]).toEqual(['healthy', 'unread']);
    expect([readAgo([], dayMs), readAgo([], dayMs + 1)]).toEqual(['new', 'unread']);
  });

  test('but not for the run that has read it, however long it has taken since', () => {
    const known = { syncs: daily, headAt: now - 2 * dayMs };
    expect([stateOf(known), stateOf({ ...known, isReadNow: true })]).toEqual(['unread', 'healthy']);
    expect(stateOf({ headAt: null, isReadNow: false })).toBe('unread');
  });

  test('when nobody had the time to look up what its syncs add up to', () => {
    const stale = { ...newStandingFacts(), stale: true };
    expect(standingOf({ facts: stale })).toMatchObject({
      state: 'unread',
      reason: 'It was read, and there was no time left to judge it: the next run does.',
    });
    expect(stateOf({ facts: newStandingFacts() })).toBe('new');
    expect(stateOf({ facts: { ...factsOf(daily), stale: true } })).toBe('healthy');
  });
});

describe('the first of several states', () => {
  test('is gone before unread, and unread before paused', () => {
    expect(stateOf({ condition: 'gone', headAt: null })).toBe('gone');
    expect(stateOf({ headAt: null, listed: disabled })).toBe('unread');
  });

  test('is what the newest sync that is over came to, before that one is stuck', () => {
    const stuck = syncAt(now - 5 * hourMs, running);
    expect(stateOf({ syncs: [...before, syncAt(now - 6 * hourMs, failed), stuck] })).toBe('failing');
    expect(stateOf({ syncs: [...before, syncAt(now - 6 * hourMs, refused), stuck] })).toBe('refusing');
    expect(stateOf({ syncs: [...before, syncAt(now - 6 * hourMs), stuck] })).toBe('stuck');
  });

  test('is late before suspect, and suspect before healthy', () => {
    const whole = (last: number) =>
      syncsUntil(last, 30).map(({ start }) => syncAt(start, { rowsSynced: 2000n, timestampSynced: start }));
    expect(stateOf({ syncs: whole(now - 2 * dayMs) })).toBe('late');
    expect(stateOf({ syncs: whole(now - hourMs) })).toBe('suspect');
  });

  test('is resting where nothing is expected, and healthy where something is', () => {
    const once = [syncAt(now - 60 * dayMs)];
    expect(stateOf({ syncs: once })).toBe('resting');
    expect(stateOf({ syncs: once, listed: { ...active, nextScheduledRun: now + dayMs } })).toBe('healthy');
  });
});

describe('what a sync came to before its integration rested', () => {
  const rest = (last: number): Rest => ({ since: last - hourMs, last, until: last + 1 });

  test.each([
    ['failing', failed],
    ['refusing', refused],
  ] as const)('is not counted against it: %s', (state, change) => {
    const syncs = [...before, syncAt(now - hourMs, change)];
    const restedUntil = (last: number) => stateOf({ facts: withRest(syncs, rest(last)) });
    expect([restedUntil(now - hourMs - 1), restedUntil(now - hourMs)]).toEqual([state, 'healthy']);
  });
});

describe('a state has held', () => {
  test('since its trouble began, where it is one', () => {
    expect(sinceOf({ syncs: failing })).toBe(now - hourMs);
    expect(sinceOf({ syncs: [...before, syncAt(now - hourMs, refused)] })).toBe(now - hourMs);
    expect(sinceOf({ syncs: syncsUntil(now - 27 * hourMs, 30) })).toBe(now - 3 * hourMs);
    const whole = [3, 2, 1].map((hours) => now - hours * hourMs);
    const sendsAll = whole.map((start) => syncAt(start, { rowsSynced: 2000n, timestampSynced: start }));
    expect(sinceOf({ syncs: [...before, ...sendsAll] })).toBe(now - 3 * hourMs);
  });

  test('since its incident began, where that is open: it may have been found to begin earlier', () => {
    const incident: OpenIncident = {
      ...{ id: 'x', kind: 'failed', trap: null, since: now - 9 * dayMs, reason: '', told: true },
    };
    const refusal: OpenIncident = { ...incident, kind: 'refused', since: now - 99 * dayMs };
    const facts = { ...factsOf(failing), open: [refusal, incident] };
    expect(sinceOf({ facts })).toBe(now - 9 * dayMs);
  });

  test('since the running sync was too long', () => {
    expect(sinceOf({ syncs: [...before, syncAt(now - 4 * hourMs, running)] })).toBe(now - 3 * hourMs);
  });

  test('since it was first seen at rest, or since now', () => {
    const rest = { since: now - 5 * dayMs, last: now - dayMs, until: null };
    expect(sinceOf({ facts: withRest(daily, rest), listed: disabled })).toBe(now - 5 * dayMs);
    expect(sinceOf({ syncs: daily, listed: disabled, headAt: now - minuteMs })).toBe(now - minuteMs);
  });

  test('since now, where it was not looked at whether it rests', () => {
    const others = { condition: 'present', failure: null, isAllDenied: false, continues: null } as const;
    const coverage = { gaps: 0, wholeFrom: null, gapAtRiskSince: null };
    const at = { headAt: now - minuteMs, isReadNow: false, now, settings: defaultSettings };
    const input = { integrationId: 'a', facts: factsOf(daily), listed: disabled, coverage, ...others, ...at };
    expect(judge(input)).toMatchObject({ state: 'paused', since: now - minuteMs });
  });

  test('since it was gone', () => {
    expect(sinceOf({ syncs: daily, condition: 'gone' })).toBe(now);
  });

  test('since it was last read, where nobody can read it', () => {
    const headAt = now - 2 * dayMs;
    expect(sinceOf({ syncs: daily, headAt })).toBe(headAt);
    expect(sinceOf({ headAt: null })).toBeNull();
    const facts = { ...factsAfter({}), unreadableSince: now - dayMs };
    expect(sinceOf({ facts, headAt: null, condition: 'failing' })).toBe(now - dayMs);
  });

  test('since nobody knows when, where all is well, nothing is expected, or nothing was there', () => {
    expect(sinceOf({ syncs: daily })).toBeNull();
    expect(sinceOf({ syncs: [syncAt(now - 60 * dayMs)] })).toBeNull();
    expect(sinceOf({})).toBeNull();
  });
});
