import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LimitNotice } from '../../../lambda/rate-limit/rate-limit-headers.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { answered, busiestMinute, refused as refuse } from './requests.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

const step = fc.record({
  /** Before the request, beyond what the pace asks for. */
  idle: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(3000), fc.nat(120_000)),
  latency: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(10_000), fc.nat(90_000)),
  /** Where between sending and answer the server meets it. */
  arrives: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  refused: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
  handedOver: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, fc.constant(true)),
  notice: fc.record<LimitNotice>(
    {
      limit: fc.integer({ min: 1, max: 500 }),
      remaining: fc.nat(500),
      resetIn: fc.nat(minute),
      retryIn: fc.nat(minute),
    },
    { requiredKeys: [] },
  ),
});

describe('P7: RateLimiter', () => {
  test('never lets more than the limit through in any 60 s, wherever on the way the server counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(step, { maxLength: 120, size: 'max' }),
        (limit, steps) => {
          let pace = new RateLimiter(limit, began);
          let now = began;
          const arrivals: number[] = [];
          for (const { idle, latency, arrives, refused, notice, handedOver } of steps) {
            now += idle;
            const delay = pace.delay(now);
            expect(delay).toBeGreaterThanOrEqual(0);
            expect(delay).toBeLessThanOrEqual(minute);
            now += delay;
            expect(pace.delay(now)).toBe(0);
            arrivals.push(now + arrives * latency);
            const sent = pace.sent(now);
            now += latency;
            if (refused) pace.refused(sent, now, notice, arrives);
            else pace.answered(sent, now, notice);
            if (handedOver) pace = new RateLimiter(limit, now, JSON.parse(JSON.stringify(pace.counts(now))));
          }
          expect(busiestMinute(arrivals)).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    [100, 200],
    [50, 200],
    [100, 0],
    [7, 200],
    [250, 200],
  ])('uses 98 percent of a limit of %i with a latency of %i ms', (limit, latency) => {
    const pace = new RateLimiter(limit, began);
    let requests = 0;
    for (let now = began; ; requests += 1) {
      now += pace.delay(now);
      const sent = pace.sent(now);
      now += latency;
      if (now >= began + 15 * minute) break;
      pace.answered(sent, now);
    }
    expect(requests).toBeGreaterThanOrEqual(0.98 * limit * 15);
    expect(requests).toBeLessThanOrEqual(limit * 15);
  });

  test('lets a whole burst through at once, and the next one when the first is 60 s old', () => {
    const pace = new RateLimiter(100, began);
    for (let request = 0; request < 100; request += 1) {
      expect(pace.delay(began)).toBe(0);
      answered(pace, began + request);
    }
    expect(pace.delay(began + 100)).toBe(minute - 100);
    expect(pace.delay(began + minute)).toBe(0);
  });

  test('a next run knows what the one before has used, to the second', () => {
    const first = new RateLimiter(3, began);
    for (const at of [1, 2, 30_500]) answered(first, began + at);
    const counts = first.counts(began + 31_000);
    expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(3);
    const second = new RateLimiter(3, began + 31_000, counts);
    expect(second.delay(began + 31_000)).toBe(30_000);
    expect(first.counts(began + 3 * minute)).toEqual({});
    expect(new RateLimiter(1, began).delay(began)).toBe(0);
  });

  test('P8: counts of a clock that was ahead, or of a limit that was higher, hold nobody up', () => {
    const far = String(began / 1000 + 1_000_000);
    const pace = new RateLimiter(2, began, { [far]: 1e9, [String(began / 1000 - 5)]: 50 });
    expect(pace.delay(began)).toBe(minute);
    expect(pace.delay(began + minute)).toBe(0);
  });

  test.each([
    ['requests', (pace: RateLimiter) => answered(pace, began)],
    ['a word that nothing remains', (pace: RateLimiter) => answered(pace, began, { remaining: 0 })],
    ['a refusal', (pace: RateLimiter) => refuse(pace, began, { retryIn: minute }, 1)],
  ])('P8: %s noted before the clock was set back hold nobody up for longer than the window', (_, note) => {
    const pace = new RateLimiter(1, began);
    note(pace);
    const setBack = began - 60 * minute;
    expect(pace.delay(setBack)).toBe(minute);
    expect(pace.delay(setBack + 1000)).toBe(minute - 1000);
    expect(pace.delay(setBack + minute)).toBe(0);
  });

  test('headers lower it, never raise it', () => {
    const lowered = new RateLimiter(100, began);
    answered(lowered, began, { limit: 2 });
    expect(lowered.delay(began)).toBe(0);
    answered(lowered, began);
    expect(lowered.delay(began)).toBe(minute);
    answered(lowered, began, { limit: 1000 });
    expect(lowered.delay(began)).toBe(0);

    const raised = new RateLimiter(2, began);
    for (let request = 0; request < 2; request += 1)
      answered(raised, began, { limit: 1000, remaining: 999, resetIn: 1 });
    expect(raised.delay(began)).toBe(minute);
  });

  test('waits for the reset where nothing remains, and a minute where none is told', () => {
    const pace = new RateLimiter(100, began);
    answered(pace, began, { remaining: 2, resetIn: 5000 });
    expect(pace.delay(began)).toBe(0);
    answered(pace, began);
    answered(pace, began);
    expect(pace.delay(began)).toBe(5000);
    expect(pace.delay(began + 5000)).toBe(0);
    answered(pace, began + 5000, { remaining: 0 });
    expect(pace.delay(began + 5000)).toBe(minute);
  });
});
