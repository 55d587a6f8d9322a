/** P18: what is wrong with the reading of an integration, and of what nothing can be said. */
import { describe, expect, test } from 'vitest';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { lookAtReading } from '../../../lambda/standing/reading.ts';
import type { IncidentKind } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { active, factsAfter, factsOf, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const before = daily.slice(0, -1);
const running = { finish: null, status: 'running', rowsSynced: null, rowsFailed: null };
const kindsOf = (known: Known) => standingOf(known).troubles.map(({ kind }) => kind);

describe('a look at its syncs', () => {
  test('that fails is remembered from the first on, until one succeeds', () => {
    const facts = factsOf(daily);
    const first = lookAtReading(facts, 'failing', now);
    expect(first.unreadableSince).toBe(now);
    expect(lookAtReading(first, 'failing', now + hourMs)).toBe(first);
    expect(lookAtReading(first, 'present', now + hourMs).unreadableSince).toBeNull();
    expect(lookAtReading(first, 'gone', now + hourMs).unreadableSince).toBeNull();
  });

  test('that changes nothing leaves the facts as they are', () => {
    const facts = factsOf(daily);
    expect(lookAtReading(facts, 'present', now)).toBe(facts);
  });
});

describe('it is not exported', () => {
  const unreadable = { ...factsOf(daily), unreadableSince: now - hourMs };
  const failing = { facts: unreadable, condition: 'failing', headAt: now - 2 * dayMs } as const;

  test('when its looks have failed for an hour, and it counts as unread', () => {
    expect(kindsOf(failing)).toEqual(['not_exported']);
    const late = { ...unreadable, unreadableSince: now - hourMs + 1 };
    expect(kindsOf({ ...failing, facts: late })).toEqual([]);
    // Read a few hours ago, a daily one is not unread yet.
    expect(kindsOf({ ...failing, headAt: now - 5 * hourMs })).toEqual([]);
  });

  test('but not where nobody can be read: that is the workspace’s own matter', () => {
    expect(kindsOf({ ...failing, isAllDenied: true })).toEqual([]);
  });

  test('since it was last read, or since its looks fail', () => {
    const [last] = standingOf({ ...failing, failure: 'Braze answered 404.' }).troubles;
    expect(last).toMatchObject({ since: now - 2 * dayMs, reason: 'Braze answered 404.' });
    const [never] = standingOf({ ...failing, headAt: null }).troubles;
    expect(never).toMatchObject({ since: now - hourMs, reason: 'It could not be read.' });
  });
});

test('a gap is at risk beside all else that is wrong, but of one that is gone nothing more is read', () => {
  const coverage = { gaps: 1, wholeFrom: null, gapAtRiskSince: now - dayMs };
  expect(kindsOf({ syncs: daily, coverage })).toEqual(['gap_at_risk']);
  expect(kindsOf({ syncs: daily, coverage, condition: 'gone' })).toEqual(['gone']);
});

describe('what was found late or stuck a moment ago', () => {
  const incident = (kind: IncidentKind, since: number): OpenIncident => ({
    ...{ id: kind, kind, trap: null, since, reason: '', told: true },
  });
  const other = incident('failed', now);
  /** What can't be known where these incidents are open. */
  const unknownOf = (syncs: readonly SyncFact[], open: readonly OpenIncident[], more: Known = {}) =>
    standingOf({ ...more, facts: { ...factsAfter({ syncs }), open } }).unknown;

  test('still is late, where habit has changed its mind and no sync has started', () => {
    expect(unknownOf(daily, [other, incident('late', now - minuteMs)])).toEqual(['late']);
    expect(unknownOf([], [incident('late', now - minuteMs)])).toEqual([]);
    expect(unknownOf(daily, [other])).toEqual([]);
  });

  test('is over with the first sync that starts from then on', () => {
    const late = (since: number) => unknownOf(daily, [incident('late', since)]);
    expect([late(now - hourMs), late(now - hourMs + 1)]).toEqual([[], ['late']]);
  });

  test('is over where a promise decides', () => {
    const listed = { ...active, nextScheduledRun: now + hourMs };
    expect(unknownOf(daily, [incident('late', now - minuteMs)], { listed })).toEqual([]);
  });

  test('still is stuck while that sync is running, whatever is usual today', () => {
    const syncs = [...before, syncAt(now - hourMs, running)];
    expect(unknownOf(syncs, [other, incident('stuck', now - minuteMs)])).toEqual(['stuck']);
    expect(unknownOf(syncs, [incident('stuck', now - hourMs)])).toEqual([]);
    expect(unknownOf(daily, [incident('stuck', now - minuteMs)])).toEqual([]);
    expect(unknownOf([], [incident('stuck', now - minuteMs)])).toEqual([]);
    const both = [incident('stuck', now - minuteMs), incident('late', now - minuteMs)];
    expect(unknownOf(syncs, both)).toEqual(['late', 'stuck']);
  });

  test('is over when it rests or is gone', () => {
    const syncs = [...before, syncAt(now - hourMs, running)];
    const open = [incident('stuck', now - minuteMs), incident('late', now - minuteMs)];
    expect(unknownOf(syncs, open, { listed: { ...active, status: 'disabled' } })).toEqual([]);
    expect(unknownOf(syncs, open, { condition: 'gone' })).toEqual([]);
  });
});
