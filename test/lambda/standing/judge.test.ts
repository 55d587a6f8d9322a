/** P18: what a line of the table `standing` says beside the state. */
import { describe, expect, test } from 'vitest';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { active, factsAfter, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const before = daily.slice(0, -1);
const failed = { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null };
const running = { ...failed, status: 'running', finish: null };

test('the newest sync is told as it is, also while it is running', () => {
  const rows = { rowsSynced: 7n, rowsFailed: 2n, status: 'partial' };
  expect(standingOf({ syncs: [...before, syncAt(now - hourMs, rows)] })).toMatchObject({
    lastStart: now - hourMs,
    lastFinish: now - hourMs + minuteMs,
    lastStatus: 'partial',
    lastRowsSynced: 7n,
    lastRowsFailed: 2n,
  });
  expect(standingOf({ syncs: [...before, syncAt(now - hourMs, running)] })).toMatchObject({
    ...{ lastStart: now - hourMs, lastFinish: null, lastStatus: 'running' },
    ...{ lastRowsSynced: null, lastRowsFailed: null },
  });
});

test('of one without syncs nothing is told', () => {
  expect(standingOf({})).toMatchObject({
    ...{ lastStart: null, lastFinish: null, lastStatus: null, lastRowsSynced: null, lastRowsFailed: null },
    ...{ lastSuccess: null, syncsWithoutSuccess: 0, failingSince: null, usualMinutes: null },
    ...{ expectedBy: null, dueSince: null, judgedBy: null, late: null, minutesLate: null },
    ...{ traps: [], newestTimestampSynced: null, detailsUntil: null, troubles: [], unknown: [] },
  });
});

test('a streak without success is counted from the newest success on, and ends with the next', () => {
  const streak = [3, 2, 1].map((hours) => syncAt(now - hours * hourMs, failed));
  expect(standingOf({ syncs: [...before, ...streak] })).toMatchObject({
    lastSuccess: before.at(-1)?.start,
    syncsWithoutSuccess: 3,
    failingSince: now - 3 * hourMs,
  });
  expect(standingOf({ syncs: daily })).toMatchObject({
    lastSuccess: now - hourMs,
    syncsWithoutSuccess: 0,
    failingSince: null,
  });
});

test('its usual distance is told in minutes', () => {
  expect(standingOf({ syncs: daily }).usualMinutes).toBe(24 * 60);
});

describe('what is expected', () => {
  const promised = (nextScheduledRun: number, known: Known = {}) =>
    standingOf({ syncs: daily, listed: { ...active, nextScheduledRun }, ...known });

  test('by a promise is due since then, when it is late by more than its grace', () => {
    // A tenth of the usual distance is more than two hours, which are the most.
    expect(promised(now - 3 * hourMs, { syncs: syncsUntil(now - 27 * hourMs, 30) })).toMatchObject({
      judgedBy: 'schedule',
      dueSince: now - 3 * hourMs,
      expectedBy: now - hourMs,
      late: true,
      minutesLate: 60,
    });
    expect(promised(now)).toMatchObject({
      judgedBy: 'schedule',
      dueSince: null,
      expectedBy: now + 2 * hourMs,
      late: false,
      minutesLate: 0,
    });
  });

  test('by habit is due since no moment that anybody has named', () => {
    const late = standingOf({ syncs: syncsUntil(now - 28 * hourMs, 30) });
    expect(late).toMatchObject({ judgedBy: 'habit', dueSince: null, late: true });
    expect(late.minutesLate).toBe((now - (late.expectedBy ?? 0)) / minuteMs);
    expect(late.minutesLate).toBe(119);
  });

  test('is nothing where it rests or is gone', () => {
    const nothing = { expectedBy: null, dueSince: null, judgedBy: null, late: null, minutesLate: null };
    const syncs = syncsUntil(now - 9 * dayMs, 30);
    expect(standingOf({ syncs, listed: { ...active, status: 'disabled' } })).toMatchObject(nothing);
    expect(standingOf({ syncs, condition: 'gone' })).toMatchObject(nothing);
  });

  test('is judged by the moment of the head request, and by the clock where there was none', () => {
    const syncs = syncsUntil(now - 27 * hourMs, 30);
    const read = standingOf({ syncs, headAt: now - 2 * hourMs });
    expect(read).toMatchObject({ asOf: now - 2 * hourMs, late: false });
    const unread = standingOf({ syncs, headAt: null });
    expect(unread).toMatchObject({ asOf: null, state: 'unread', late: true });
  });

  test('by the list is nothing, where no list was read', () => {
    expect(standingOf({ syncs: daily, listed: null })).toMatchObject({ state: 'resting', judgedBy: null });
  });
});

test('a sync that hangs is no trouble of one that is gone', () => {
  const syncs = [...before, syncAt(now - 9 * hourMs, running)];
  expect(standingOf({ syncs }).troubles.map(({ kind }) => kind)).toEqual(['stuck']);
  expect(standingOf({ syncs, condition: 'gone' }).troubles.map(({ kind }) => kind)).toEqual(['gone']);
});

test('what its syncs do wrong is not said of one that nobody can read', () => {
  const syncs = [...before, syncAt(now - hourMs, failed)];
  const unread = standingOf({ syncs, headAt: now - hourMs / 2, now: now + 2 * dayMs });
  expect(unread).toMatchObject({ state: 'unread', troubles: [] });
  expect(unread.unknown).toEqual(['failed', 'refused', 'late', 'stuck', 'trap', 'not_exported']);
});

test('its traps are named, and the newest watermark, which a sync without one leaves as it was', () => {
  const whole = [3, 2, 1].map((hours) => now - hours * hourMs);
  const syncs = whole.map((start) => syncAt(start, { rowsSynced: 2000n, timestampSynced: start }));
  const without = syncAt(now - minuteMs, { ...failed, finish: now });
  expect(standingOf({ syncs: [...before, ...syncs, without] })).toMatchObject({
    traps: ['whole_table_again'],
    newestTimestampSynced: now - hourMs,
  });
});

test('Braze shows refused rows for 30 days from the end of their sync', () => {
  const refused = syncAt(now - hourMs, { status: 'partial', rowsSynced: 999n, rowsFailed: 1n });
  const until = (refused.finish ?? 0) + 30 * dayMs;
  const asOf = (headAt: number) => standingOf({ syncs: [...before, refused], headAt, now: headAt });
  expect(asOf(now).detailsUntil).toBe(until);
  expect(asOf(until - 1).detailsUntil).toBe(until);
  expect(asOf(until).detailsUntil).toBeNull();
});

test('or from a day after its start, where it is to end later than that', () => {
  const odd = syncAt(now - hourMs, { finish: now + 999 * dayMs, rowsFailed: 1n });
  expect(standingOf({ syncs: [...before, odd] }).detailsUntil).toBe(now - hourMs + 31 * dayMs);
});

test('it tells from whom it goes on, and which incidents are open', () => {
  const incident: OpenIncident = {
    ...{ id: 'x', kind: 'failed', trap: null, since: now - dayMs, reason: '', told: true },
  };
  const facts = { ...factsAfter({ syncs: daily }), open: [incident, { ...incident, id: 'y' }] };
  expect(standingOf({ facts, continues: 'b' })).toMatchObject({
    integrationId: 'a',
    continues: 'b',
    incidents: ['x', 'y'],
  });
});
