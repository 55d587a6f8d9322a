import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

/** A queue of integrations that were never read: each wants its head. */
function queueOf(...ids: string[]) {
  const clock = { time: began, now: () => clock.time, sleep: async () => {} };
  const due = ids.map((id) => new IntegrationRun(newIntegrationState(id)));
  const queue = new PageQueue(due, {
    clock,
    random: () => 0.5,
    deadline: Number.POSITIVE_INFINITY,
    limiter: new RateLimiter(100, began),
  });
  const runs = (...under: string[]) => new Set(due.filter(({ id }) => under.includes(id)));
  const next = (...underWay: string[]) => queue.next(runs(...underWay))?.integration.id;
  const of = (id: string) => due.find((each) => each.id === id) ?? expect.fail(id);
  return { queue, clock, next, of };
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
});
