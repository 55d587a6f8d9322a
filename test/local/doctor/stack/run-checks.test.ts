/** The last runs of a workspace. */
import { expect, test } from 'vitest';
import { ok } from '../../../../lambda/doctor/check.ts';
import { coverageChecks, leaseCheck } from '../../../../local/doctor/stack/run-checks.ts';

const now = Date.UTC(2026, 10, 28, 12);
const coverage = (checked_at: string | null, state = 'complete') => ({
  writtenAt: now - 1000,
  integrations: [{ state, checked_at }],
});

test.each([
  ['every 15 minutes', 'rate(15 minutes)', '2026-11-28 11:20:00', 'ok'],
  ['every 15 minutes, and it was too long ago', 'rate(15 minutes)', '2026-11-28 11:14:00', 'failed'],
  ['every minute, but a run may take a quarter of an hour', 'rate(1 minute)', '2026-11-28 11:20:00', 'ok'],
  ['once a day', 'cron(0 6 * * ? *)', '2026-11-26 06:00:00', 'ok'],
  ['only by hand', undefined, '2025-01-01 00:00:00', 'ok'],
])('they are due %s', (_, schedule, checkedAt, result) => {
  const [age] = coverageChecks(coverage(checkedAt), { now, schedule });
  expect(age).toMatchObject({ name: 'last good run', result });
});

test('a workspace without integrations is as fresh as its object, and one that is gone does not count', () => {
  const meant = { now, schedule: 'rate(15 minutes)' };
  const results = [{ writtenAt: now - 1000, integrations: [] }, coverage(null, 'gone')].map((each) =>
    coverageChecks(each, meant).map(({ result }) => result),
  );
  expect(results).toEqual([
    ['ok', 'ok'],
    ['ok', 'ok'],
  ]);
});

test('before the first has ended there is a warning', () => {
  expect(coverageChecks(undefined, { now, schedule: 'rate(1 day)' })).toMatchObject([{ result: 'warning' }]);
});

test('a lease that has not run out is that of a run at work', () => {
  expect(leaseCheck({ until: now + 1 }, now)).toEqual(ok('lease', 'a run is at work'));
  expect(leaseCheck(undefined, now).result).toBe('ok');
});
