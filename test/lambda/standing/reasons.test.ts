/** P18: the sentences that say why an integration stands as it does, where they depend on more than its state. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts, summaryOfAll } from '../../../lambda/standing/facts.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { Rest } from '../../../lambda/standing/promise.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { troublesOfItsSyncs } from '../../../lambda/standing/troubles.ts';
import { active, factsAfter, factsOf, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const before = daily.slice(0, -1);
const failed = { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null };
const quiet = { rowsSynced: 0n, timestampSynced: null };
const running = { ...failed, status: 'running', finish: null };
const partial = (rowsSynced: bigint, rowsFailed: bigint | null) => ({
  status: 'partial',
  rowsSynced,
  rowsFailed,
});

/** A day of syncs, one an hour up to now, the last of which are these. */
const ending = (...changes: Partial<SyncFact>[]) => [
  ...before,
  ...changes.map((change, index) => syncAt(now - (changes.length - index) * hourMs, change)),
];
const reasonsOf = (known: Known) =>
  Object.fromEntries(standingOf(known).troubles.map(({ kind, reason }) => [kind, reason]));

describe('of a failure it is said', () => {
  test('that a success without rows may be the end of it', () => {
    expect(reasonsOf({ syncs: ending(failed, quiet) })).toEqual({
      failed: 'The newest sync succeeded without a row; one more, or one with rows, and this is over.',
    });
  });

  test('that the last had no status', () => {
    expect(reasonsOf({ syncs: ending({ ...failed, status: null }) }).failed).toContain(
      'the last with no status.',
    );
  });

  test('that the last success was the last that has been read, where one may hide in a gap since then', () => {
    const success = before.at(-1) as SyncFact;
    const reason = (wholeFrom: number) =>
      reasonsOf({
        syncs: ending(failed),
        coverage: { gaps: 1, wholeFrom, gapAtRiskSince: null },
      }).failed;
    expect(reason(success.start)).toMatch(/The last success began/);
    expect(reason(success.start + 1)).toMatch(/The last success that has been read began/);
  });
});

describe('of refused rows it is said', () => {
  const refused = (changes: Partial<SyncFact>, refusedShare: number) => {
    const facts = { ...newStandingFacts(refusedShare), recent: [syncAt(now - hourMs, changes)] };
    const seen = {
      facts,
      summary: summaryOfAll(facts),
      lateness: null,
      stuck: null,
      asOf: now,
      wholeFrom: null,
    };
    return troublesOfItsSyncs(seen).map(({ reason }) => reason);
  };

  test('how many they were, and how large a share', () => {
    expect(refused(partial(3n, 1n), 0.01)).toEqual(['Braze refused 1 row of the newest sync, 25 % of them.']);
    expect(refused(partial(0n, 7n), 0.01)).toEqual([
      'Braze refused 7 rows of the newest sync, 100 % of them.',
    ]);
    expect(refused(partial(1n, 999n), 0.01)).toEqual([
      'Braze refused 999 rows of the newest sync, 99 % of them.',
    ]);
    expect(refused(partial(990n, 10n), 0.01)).toEqual([
      'Braze refused 10 rows of the newest sync, 1 % of them.',
    ]);
    expect(refused(partial(991n, 9n), 0.001)).toEqual([
      'Braze refused 9 rows of the newest sync, 0.9 % of them.',
    ]);
  });

  test('since when, where the newest sync is another, or nobody counted its rows', () => {
    const since =
      'Braze has refused more rows than are put up with since 2026-11-26 10:00 UTC, and no sync has brought rows since without that.';
    for (const newest of [quiet, failed, partial(0n, null), { ...partial(1n, 1n), status: 'error' }])
      expect(reasonsOf({ syncs: ending(partial(1n, 1n), newest) }).refused).toBe(since);
  });
});

test('of a sync that runs too long it is not said how long others took, where nobody knows', () => {
  expect(reasonsOf({ syncs: [syncAt(now - 2 * dayMs, running)] })).toEqual({
    stuck: 'A sync has been running for 2 days.',
  });
});

describe('where several things are wrong', () => {
  test('the state’s own is told', () => {
    const syncs = syncsUntil(now - 2 * dayMs, 30);
    const whole = syncs.map(({ start }) => syncAt(start, { rowsSynced: 2000n, timestampSynced: start }));
    const late = standingOf({ syncs: whole });
    expect(late.troubles.map(({ kind }) => kind)).toEqual(['trap', 'late']);
    expect(late.reason).toMatch(/^By its habit a sync was to start/);
    expect(late.since).toBe(now - dayMs);
  });

  // A success without rows has not ended the refusal, and a boundary is remembered for four weeks.
  const again = { ...partial(1n, 1n), timestampSynced: before.at(-1)?.timestampSynced ?? 0 };
  const newest = { rowsSynced: 0n };

  test('suspect tells of its traps alone', () => {
    const suspect = standingOf({ syncs: ending(again, again, newest) });
    expect(suspect.state).toBe('suspect');
    expect(suspect.troubles.map(({ kind }) => kind)).toEqual(['refused', 'trap']);
    expect(suspect.reason).toMatch(/^2 syncs sent rows again .* in the view\.$/);
  });

  test('a refusal that may be over makes nothing suspect', () => {
    const healthy = standingOf({ syncs: ending(partial(1n, 1n), newest) });
    expect([healthy.state, healthy.troubles.map(({ kind }) => kind)]).toEqual(['healthy', ['refused']]);
  });
});

describe('what happened before it rested', () => {
  const rested = (last: number) => {
    const rest: Rest = { since: last - hourMs, last, until: last + 1 };
    const facts = factsOf(ending(failed));
    return standingOf({ facts: { ...facts, promise: { ...facts.promise, rest } } }).troubles;
  };

  test('is no trouble until a sync has said so again', () => {
    expect([rested(now - hourMs), rested(now - hourMs - 1).length]).toEqual([[], 1]);
  });

  test('and then began with the rest’s end at the earliest', () => {
    expect(rested(now - hourMs - 1)[0]?.since).toBe(now - hourMs);
    const facts = factsOf(ending(failed, failed));
    const last = now - 90 * minuteMs;
    const rest: Rest = { since: last - hourMs, last, until: last + 1 };
    const woken = standingOf({ facts: { ...facts, promise: { ...facts.promise, rest } } });
    expect(woken.troubles[0]?.since).toBe(last);
  });
});

describe('of its older syncs it is said', () => {
  const short = / What is said of its older syncs may be short: .*$/;
  const stale = { ...factsAfter({ syncs: daily }), stale: true };

  test('that not all could be looked up', () => {
    expect(standingOf({ facts: stale }).reason).toMatch(short);
    expect(standingOf({ syncs: daily }).reason).not.toMatch(short);
  });

  test('but not where nothing is said of its syncs', () => {
    expect(standingOf({ facts: stale, condition: 'gone' }).reason).not.toMatch(short);
    expect(standingOf({ facts: stale, listed: { ...active, status: 'disabled' } }).reason).not.toMatch(short);
    expect(standingOf({ facts: stale, headAt: now - 9 * dayMs }).reason).not.toMatch(short);
  });
});

test('where another share of refused rows was set, all is told by the one before until all is made again', () => {
  const facts = factsOf(ending(partial(995n, 5n)));
  const lower = { refusedShare: 0.001, lateGraceMs: 10 * minuteMs };
  expect(standingOf({ facts: { ...facts, stale: true }, settings: lower })).toMatchObject({
    state: 'healthy',
    troubles: [],
  });
  const higher = { ...lower, refusedShare: 0.5 };
  const refusing = factsOf(ending(partial(3n, 1n)));
  expect(standingOf({ facts: { ...refusing, stale: true }, settings: higher })).toMatchObject({
    state: 'refusing',
    troubles: [{ kind: 'refused' }],
  });
});

test('the first sync is told as scheduled as long as that lies ahead', () => {
  const scheduled = (nextScheduledRun: number) =>
    standingOf({ listed: { ...active, nextScheduledRun } }).reason;
  expect(scheduled(now + minuteMs)).toMatch(/^It has never synced; the first sync is scheduled for/);
  expect([scheduled(now), scheduled(now - minuteMs)]).toEqual([
    'It has never synced.',
    'It has never synced.',
  ]);
});

test('one that synced once is too young for two weeks, as seen from the clock', () => {
  const seen = (agoMs: number) => standingOf({ syncs: [syncAt(now - agoMs)] }).reason;
  expect(seen(14 * dayMs - 1)).toMatch(
    /^It has not been seen for long enough to know its rhythm \(13 days of 14\)/,
  );
  expect(seen(14 * dayMs)).toMatch(/^Nothing is expected of it/);
});
