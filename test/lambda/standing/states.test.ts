import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { StandingState } from '../../../lambda/standing/standing.ts';
import { active, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const failed = { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null };
const newestIs = (changes: Parameters<typeof syncAt>[1]) => [
  ...syncsUntil(now - dayMs - hourMs, 29),
  syncAt(now - hourMs, changes),
];
const running = { ...failed, status: 'running', finish: null };

const cases: readonly (readonly [StandingState, string, Known, string])[] = [
  [
    'gone',
    'the source has it no longer, whatever it did before',
    { syncs: newestIs(failed), condition: 'gone' },
    'It is gone from Braze; its history is kept.',
  ],
  [
    'unread',
    'it was never read',
    { headAt: null, failure: 'Braze answered 404.', condition: 'failing' },
    'It has never been read. Braze answered 404.',
  ],
  [
    'unread',
    'nobody has looked at it for a day',
    { syncs: daily, headAt: now - 25 * hourMs },
    'It was last read 25 hours ago: how it stands now is not known.',
  ],
  [
    'paused',
    'its word is another, and nothing is scheduled, though its newest sync failed',
    { syncs: newestIs(failed), listed: { ...active, status: 'disabled' } },
    'Its status at Braze is disabled, and nothing is scheduled.',
  ],
  [
    'failing',
    'the newest sync that is over was no success',
    { syncs: newestIs(failed) },
    'The newest sync ended without success, the last with error. The last success began 25 hours ago.',
  ],
  [
    'failing',
    'a sync ended with a word that nobody knows, and none ever succeeded',
    { syncs: [syncAt(now - dayMs, failed), syncAt(now - hourMs, { ...failed, status: 'odd' })] },
    'The newest 2 syncs ended without success, the last with odd. It has never succeeded.',
  ],
  [
    'failing',
    'none succeeded in what has been read of it, which is not all',
    {
      syncs: [syncAt(now - dayMs, failed), syncAt(now - hourMs, failed)],
      coverage: { gaps: 1, wholeFrom: now - dayMs, gapAtRiskSince: null },
    },
    'The newest 2 syncs that have been read ended without success, the last with error. In what has been read of it, it has never succeeded.',
  ],
  [
    'failing',
    'the last success lies below a stretch that has not been read',
    {
      syncs: [syncAt(now - 2 * dayMs), syncAt(now - dayMs, failed), syncAt(now - hourMs, failed)],
      coverage: { gaps: 1, wholeFrom: now - hourMs, gapAtRiskSince: null },
    },
    'The newest 2 syncs that have been read ended without success, the last with error. The last success that has been read began 2 days ago.',
  ],
  [
    'failing',
    'the last success lies above all that has not been read',
    {
      syncs: newestIs(failed),
      coverage: { gaps: 1, wholeFrom: now - 10 * dayMs, gapAtRiskSince: null },
    },
    'The newest sync ended without success, the last with error. The last success began 25 hours ago.',
  ],
  [
    'refusing',
    'a hundredth of the rows is refused',
    { syncs: newestIs({ status: 'partial', rowsSynced: 99n, rowsFailed: 1n }) },
    'Braze refused 1 row of the newest sync, 1 % of them.',
  ],
  [
    'stuck',
    'a sync runs for more than three times the usual, and an hour',
    { syncs: [...syncsUntil(now - dayMs - hourMs, 29), syncAt(now - 4 * hourMs, running)] },
    'A sync has been running for 4 hours; nearly all of the others took up to 1 minute.',
  ],
  [
    'late',
    'a promise has passed by ten minutes and a tenth of the usual distance',
    { syncs: syncsUntil(now - 27 * hourMs, 30), listed: { ...active, nextScheduledRun: now - 3 * hourMs } },
    'Braze had scheduled a sync for 2026-11-26 09:00 UTC, and none has started in 3 hours.',
  ],
  [
    'late',
    'by its habit it was to start one usual distance and some patience ago',
    { syncs: syncsUntil(now - 27 * hourMs, 30) },
    'By its habit a sync was to start about 2026-11-26 09:00 UTC, and none has in 3 hours.',
  ],
  ['new', 'it has never synced', {}, 'It has never synced.'],
  [
    'new',
    'its first sync is scheduled',
    { listed: { ...active, nextScheduledRun: now + hourMs } },
    'It has never synced; the first sync is scheduled for 2026-11-26 13:00 UTC.',
  ],
  [
    'resting',
    'it was synced once, long ago, and nothing is scheduled',
    { syncs: [syncAt(now - 60 * dayMs)] },
    'Nothing is expected of it: no schedule is known, and no rhythm. The newest sync started 60 days ago.',
  ],
  [
    'resting',
    'it comes steadily, and a weekend has not been seen yet',
    { syncs: syncsUntil(now - 5 * minuteMs, 3 * 96, 15 * minuteMs) },
    'It has not been seen for long enough to know its rhythm (2 days of 8). The newest sync started 5 minutes ago.',
  ],
  [
    'resting',
    'it comes on workdays, and two of its weeks have not been seen yet',
    {
      syncs: syncsUntil(now - hourMs, 13).filter(
        ({ start }) => ![0, 6].includes(new Date(start).getUTCDay()),
      ),
    },
    'It has not been seen for long enough to know its rhythm (10 days of 14). The newest sync started 60 minutes ago.',
  ],
  [
    'healthy',
    'it came when it was awaited, of a daily one that starts a little earlier each day',
    { syncs: syncsUntil(now - hourMs, 30, dayMs - 40_000) },
    'The newest sync started 60 minutes ago, as usual about every 24 hours.',
  ],
  [
    'healthy',
    'fewer than a hundredth of the rows is refused',
    { syncs: newestIs({ status: 'partial', rowsSynced: 199n, rowsFailed: 1n }) },
    'The newest sync started 60 minutes ago, as usual about every 24 hours.',
  ],
  [
    'healthy',
    'its newest start lies a few seconds ahead of the clock',
    { syncs: [...syncsUntil(now - dayMs, 29), syncAt(now + 20_000)] },
    'The newest sync started just now, as usual about every 24 hours.',
  ],
  [
    'healthy',
    'its newest start lies far ahead of the clock, which is said',
    { syncs: [...syncsUntil(now - dayMs, 29), syncAt(now + 8 * hourMs)] },
    'The newest sync started ahead of the clock (2026-11-26 20:00 UTC), as usual about every 24 hours.',
  ],
];

describe('P18: the first state that holds', () => {
  test.each(cases)('is %s where %s', (state, _, known, reason) => {
    const standing = standingOf(known);
    expect(standing).toMatchObject({ state, reason });
  });
});

test('P18: what was refused, failed or stuck before it rested is not held against it when it wakes', () => {
  const resting = standingOf({ syncs: newestIs(failed), listed: { ...active, status: 'disabled' } });
  expect(resting.troubles).toEqual([]);
});

test('P18: one that is not active is not judged by habit, but a promise counts whatever the word', () => {
  const syncs = syncsUntil(now - 3 * dayMs, 30);
  const listed = { ...active, status: 'something else', nextScheduledRun: now - dayMs };
  expect(standingOf({ syncs, listed })).toMatchObject({ state: 'late', judgedBy: 'schedule' });
  expect(standingOf({ syncs, listed: { ...listed, nextScheduledRun: now + dayMs } }).state).toBe('healthy');
});
