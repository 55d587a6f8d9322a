import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

/** A queue of integrations that were never read: each wants its head. */
function queueOf(...ids: string[]) {
  return queueWithin(Number.POSITIVE_INFINITY, ...ids);
}

/** @param runMs how long the run may take. */
function queueWithin(runMs: number, ...ids: string[]) {
  const clock = { time: began, now: () => clock.time, sleep: async () => {} };
  const due = ids.map((id) => new IntegrationRun(newIntegrationState(id)));
  const limiter = new RateLimiter(10, began);
  const queue = new PageQueue(due, { clock, random: () => 0, deadline: began + runMs, limiter });
  const runs = (...under: string[]) => new Set(due.filter(({ id }) => under.includes(id)));
  const next = (...underWay: string[]) => queue.next(runs(...underWay))?.integration.id;
  const of = (id: string) => due.find((each) => each.id === id) ?? expect.fail(id);
  const join = (...ids: string[]) => {
    const named = ids.map((id) => new IntegrationRun(newIntegrationState(id)));
    due.push(...named);
    queue.join(named);
  };
  return { queue, clock, limiter, next, join, of };
}

describe('PageQueue', () => {
  test('passes over whoever has a request under way', () => {
    const { next } = queueOf('a', 'b', 'c');
    expect(next()).toBe('a');
    expect(next('a')).toBe('b');
    expect(next('a', 'b')).toBe('c');
    expect(next('a', 'b', 'c')).toBeUndefined();
    expect(next('a', 'c')).toBe('b');
  });

  test('one that was put aside comes back after a minute, then after two', () => {
    const { queue, clock, next, of } = queueOf('a', 'b');
    queue.putAside(of('a'), true);
    expect(next()).toBe('b');
    expect(next('b')).toBeUndefined();
    clock.time += minute;
    expect(next('b')).toBe('a');
    queue.putAside(of('a'), true);
    clock.time += 2 * minute - 1;
    expect(next('b')).toBeUndefined();
    clock.time += 1;
    expect(next('b')).toBe('a');
  });

  test('or as soon as nothing else is left', () => {
    const { queue, next, of } = queueOf('a', 'b');
    queue.putAside(of('a'), true);
    queue.leaveOut(of('b'));
    expect(next()).toBe('a');
  });

  test('one that is left out is not asked again', () => {
    const { queue, next, of } = queueOf('a', 'b');
    queue.leaveOut(of('a'));
    expect([next(), next('b'), next('b')]).toEqual(['b', undefined, undefined]);
  });

  test('one that is put aside again and again is left for the next run', () => {
    const { queue, next, of } = queueOf('a', 'b');
    queue.leaveOut(of('b'));
    const asked: (string | undefined)[] = [];
    for (let round = 0; round < 10 && (round === 0 || asked.at(-1) !== undefined); round += 1) {
      queue.putAside(of('a'), true);
      asked.push(next());
    }
    expect(asked).toEqual(['a', 'a', 'a', 'a', 'a', undefined]);
  });

  test('those that the list has named meanwhile are asked first, among the heads that are left', () => {
    const { next, join } = queueOf('b', 'd');
    expect(next()).toBe('b');
    join('c', 'a');
    expect([next('b'), next('a', 'b'), next('a', 'b', 'c')]).toEqual(['a', 'c', 'd']);
  });

  test('also where all heads were read before', () => {
    const { next, join } = queueOf('b');
    expect([next(), next('b')]).toEqual(['b', undefined]);
    join('a');
    expect(next('b')).toBe('a');
    join();
    expect(next('a', 'b')).toBeUndefined();
  });
});

describe('heads that are left over for want of quota', () => {
  const ten = Array.from({ length: 10 }, (_, index) => String(index));

  test('are read while others are under way, where the limit has room for them', () => {
    const { next } = queueWithin(minute / 2, ...ten);
    // Each wants its first page: nine of ten requests, and then the one that is left.
    const asked: string[] = [];
    for (let id = next(...asked); id !== undefined; id = next(...asked)) asked.push(id);
    expect(asked).toEqual(ten);
  });

  test('wait where the limit has none: nobody who is under way has to wait for them', () => {
    const { next, limiter, clock } = queueWithin(minute / 2, ...ten);
    const asked: string[] = [];
    for (let count = 0; count < 9; count += 1) asked.push(next(...asked) ?? '');
    for (let count = 0; count < 10; count += 1) limiter.sent(clock.now());
    expect(next(...asked)).toBeUndefined();
  });
});
