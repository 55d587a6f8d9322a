import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';
import { newHistory } from '../../../lambda/walk/history.ts';
import { answerOf, asked, historyOf, stretch } from './integrations.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

/** A queue of integrations that were never read: each wants its head. */
function queueOf(...ids: string[]) {
  return queueWithin(Number.POSITIVE_INFINITY, ...ids);
}

const runOf = (id: string, history = newHistory()) =>
  new IntegrationRun({ ...newIntegrationState(id), history });

/** @param runMs how long the run may take. */
function queueWithin(runMs: number, ...ids: string[]) {
  return queueIn(
    runMs,
    ids.map((id) => runOf(id)),
  );
}

function queueIn(runMs: number, due: IntegrationRun[]) {
  const clock = { time: began, now: () => clock.time, sleep: async () => {} };
  const limiter = new RateLimiter(10, began);
  const queue = new PageQueue(due, { clock, random: () => 0, deadline: began + runMs, limiter });
  const runs = (...under: string[]) => new Set(due.filter(({ id }) => under.includes(id)));
  const next = (...underWay: string[]) => queue.next(runs(...underWay))?.integration.id;
  const of = (id: string) => due.find((each) => each.id === id) ?? expect.fail(id);
  const join = (...ids: string[]) => {
    const named = ids.map((id) => runOf(id));
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

describe('P6: heads that have aged', () => {
  const hour = 60 * minute;

  /** The heads of `a` and `b` were read, and `a` is at its gap. @param askedAt by Braze's clock. */
  function longRun(askedAt: number) {
    const { next, of, clock } = queueOf('a', 'b');
    expect([next(), next('a')]).toEqual(['a', 'b']);
    of('a').take(answerOf([3], { next: '1' }), { ...asked(), askedAt });
    of('b').take(answerOf([3]), { ...asked(), askedAt });
    expect(next()).toBe('a');
    return { next, clock, endGap: () => of('a').take(answerOf([4], { prev: '0' }), asked('1')) };
  }

  test('are read once more when all else was read, side by side', () => {
    const { next, clock, endGap } = longRun(began);
    clock.time += 2 * hour;
    expect(next('a')).toBeUndefined();
    endGap();
    expect([next(), next('a'), next('a', 'b')]).toEqual(['a', 'b', undefined]);
  });

  test('have done so by our clock, also where it is hours ahead of Braze’s', () => {
    const { next, clock, endGap } = longRun(began - 2 * hour);
    endGap();
    clock.time += hour;
    expect(next()).toBeUndefined();
    clock.time += 1;
    expect(next()).toBe('a');
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

  test('are read at once where nothing else is: nobody waits for them', () => {
    const { next, limiter, clock } = queueWithin(minute / 2, ...ten);
    for (let count = 0; count < 10; count += 1) limiter.sent(clock.now());
    const asked: string[] = [];
    // What was asked for has come back each time, and one-page heads leave nothing to be read.
    for (let count = 0; count < 9; count += 1) asked.push(next(...asked) ?? '');
    expect(next()).toBe(asked[0]);
  });

  test('are none in a run that has nothing else to read: heads take all of it', () => {
    const whole = () => historyOf([stretch(1, 2, { closed: true })]);
    const eleven = [...ten, 'a'];
    const { next, limiter, clock } = queueIn(
      minute / 2,
      eleven.map((id) => runOf(id, whole())),
    );
    for (let count = 0; count < 10; count += 1) limiter.sent(clock.now());
    const asked: string[] = [];
    for (let id = next(...asked); id !== undefined; id = next(...asked)) asked.push(id);
    expect(asked).toEqual(eleven);
  });
});

describe('heads of those that the list has named meanwhile', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => String(index + 10));

  /** How many heads are asked for, one after the other, before the limit is waited for. */
  const headsAfter = (joinedAfter: number) => {
    const { next, join, limiter, clock } = queueWithin(minute / 2, ...twenty);
    const asked: string[] = [];
    const ask = (): boolean => {
      const id = next(...asked);
      if (id !== undefined) asked.push(id);
      return id !== undefined;
    };
    for (let count = 0; count < joinedAfter; count += 1) ask();
    for (let count = 0; count < 10; count += 1) limiter.sent(clock.now());
    while (ask());
    const before = asked.length;
    join('0', '1');
    while (ask());
    return [before, asked.slice(before)];
  };

  test('have a share of their own of what is left, where the run is at the rest already', () => {
    // Of no request that is left, none: the limit is used up.
    const [before, after] = headsAfter(9);
    expect([before, after]).toEqual([9, []]);
  });

  test('have the share of the others where the run is at its heads', () => {
    const { next, join } = queueWithin(minute / 2, ...twenty);
    const asked: string[] = [];
    for (let count = 0; count < 5; count += 1) asked.push(next(...asked) ?? '');
    join('0');
    for (let count = 0; count < 4; count += 1) asked.push(next(...asked) ?? '');
    expect(asked).toEqual(['10', '11', '12', '13', '14', '0', '15', '16', '17']);
  });
});

test('where nothing is left to be read, that uses up nobody’s turns to come back', () => {
  const { queue, next, join, of } = queueOf('a');
  queue.leaveOut(of('a'));
  for (let count = 0; count < 10; count += 1) expect(next()).toBeUndefined();
  join('b');
  queue.putAside(of('b'), true);
  expect(next()).toBe('b');
});
