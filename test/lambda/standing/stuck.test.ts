/** P18: from when on a sync has been running for too long. */
import { expect, test } from 'vitest';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { dayAt, dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { stuckOf } from '../../../lambda/standing/stuck.ts';
import { now, syncAt } from './judged.ts';

const running = syncAt(now, { finish: null, status: 'running' });

/** One is running since now, after a month in which each took so long. */
const factsWith = (p95Ms: number | null): StandingFacts => ({
  ...newStandingFacts(),
  recent: [running],
  habit: { ...habitOf(dayAt(now), []), p95Ms },
});
const isStuckAfter = (facts: StandingFacts, ms: number) =>
  [stuckOf(facts, now + ms), stuckOf(facts, now + ms + 1)].map((stuck) => stuck?.since);

test('after three times the 95th percentile, and an hour at the least', () => {
  expect(isStuckAfter(factsWith(hourMs), 3 * hourMs)).toEqual([undefined, now + 3 * hourMs]);
  expect(isStuckAfter(factsWith(20 * minuteMs), hourMs)).toEqual([undefined, now + hourMs]);
  expect(isStuckAfter(factsWith(minuteMs), hourMs)).toEqual([undefined, now + hourMs]);
});

test('after a day where it is not known how long they take', () => {
  expect(isStuckAfter(factsWith(null), dayMs)).toEqual([undefined, now + dayMs]);
  expect(isStuckAfter({ ...factsWith(null), habit: null }, dayMs)).toEqual([undefined, now + dayMs]);
});

test('never, where none is running', () => {
  expect(stuckOf({ ...factsWith(minuteMs), recent: [syncAt(now)] }, now + 9 * dayMs)).toBeNull();
  expect(stuckOf({ ...factsWith(minuteMs), recent: [] }, now + 9 * dayMs)).toBeNull();
});
