/** P3: what is held to be final is read again, from requests that nothing else needs. */
import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { ago, answerOf, asked, historyOf, now, stretch } from './integrations.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const never = { last: null, current: null };
const looks = { day: never, week: never, month: never, asked: never };

/** All of it is known; the last look at the newest day was so many days ago. */
const lookedAt = (days: number, more: Partial<History> = {}) =>
  historyOf([stretch(1, 60, { closed: true })], {
    looks: { ...looks, day: { last: now - days * day, current: null } },
    ...more,
  });
/** A person wants all of it to be read again. */
const wanted = () =>
  lookedAt(0, {
    looks: { ...looks, asked: { last: null, current: { until: ago(59), began: now, place: null } } },
  });

interface Conditions {
  readonly limit?: number;
  readonly runMs?: number;
  readonly random?: number;
}

/** What is read after all heads: of each list, one page that leads on. @returns the ids, in order. */
function looksOf(
  histories: Readonly<Record<string, History>>,
  { limit = 100, runMs = Number.POSITIVE_INFINITY, random = 0 }: Conditions = {},
): string[] {
  const runs = Object.entries(histories).map(
    ([id, history]) => new IntegrationRun({ ...newIntegrationState(id), history }, 1),
  );
  const clock = { now: () => now, sleep: async () => {} };
  const limiter = new RateLimiter(limit, now);
  const queue = new PageQueue(runs, { clock, random: () => random, deadline: now + runMs, limiter });
  const read: string[] = [];
  for (let page = queue.next(new Set()); page; page = queue.next(new Set())) {
    const { integration, cursor } = page;
    read.push(integration.id);
    const answer = cursor === null ? answerOf([1, 2], { next: 'on' }) : answerOf([58, 60], { prev: 'back' });
    integration.take(answer, asked(cursor));
  }
  return read.slice(runs.length);
}

const due = () => lookedAt(1);

test('those whose look is due are looked at when all heads are read, and nobody else', () => {
  expect(looksOf({ a: due(), b: lookedAt(0.9), c: due() })).toEqual(['a', 'c']);
  expect(looksOf({ a: lookedAt(0.9) })).toEqual([]);
});

test('who has waited longest is looked at first, and who is asked for by a person before all', () => {
  expect(looksOf({ a: lookedAt(1), b: lookedAt(3), c: wanted(), d: lookedAt(2) })).toEqual([
    'c',
    'b',
    'd',
    'a',
  ]);
});

describe('looks take a fifth of a run', () => {
  const many = (of: () => History) =>
    Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}`, of()]));

  test('and no more, rounded by chance', () => {
    // Of ten requests in half a minute.
    expect(looksOf(many(due), { limit: 10, runMs: minute / 2 })).toHaveLength(2);
    expect(looksOf(many(due), { limit: 11, runMs: minute / 2 })).toHaveLength(2);
    expect(looksOf(many(due), { limit: 11, runMs: minute / 2, random: 0.9 })).toHaveLength(3);
  });

  test('which is none where the run is too short for five requests', () => {
    expect(looksOf(many(due), { limit: 4, runMs: minute / 2 })).toEqual([]);
  });

  test('of a quarter of an hour, where it has no deadline', () => {
    // One request a minute, and one at once.
    expect(looksOf(many(due), { limit: 1 })).toHaveLength(3);
    expect(looksOf(many(due), { limit: 1, runMs: 4 * minute })).toHaveLength(1);
    expect(looksOf(many(due), { limit: 1, runMs: 1000 * minute })).toHaveLength(3);
  });

  test('but for those that a person has asked for, which take what they need, and nothing from the others', () => {
    expect(looksOf(many(wanted), { limit: 4, runMs: minute / 2 })).toHaveLength(9);
    const both = { ...many(due), person: wanted(), other: wanted() };
    expect(looksOf(both, { limit: 10, runMs: minute / 2 })).toHaveLength(2 + 2);
  });
});
