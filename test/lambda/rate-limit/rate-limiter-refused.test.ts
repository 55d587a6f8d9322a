import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { answered, refused } from './requests.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

describe('P7: RateLimiter, refused', () => {
  test.each([
    ['silent', {}, [1000, 2000, 4000, 8000, 16_000, 32_000, 32_000]],
    ['with a time to wait', { retryIn: 7000 }, [7000, 7000, 7000, 7000, 15_000, 31_000, minute]],
    ['with a reset', { resetIn: 500 }, [500, 1000, 3000, 7000, 15_000, 31_000, minute]],
    ['that says at once', { retryIn: 0, resetIn: 9000 }, [0, 1000, 3000, 7000, 15_000, 31_000, minute]],
    ['with the longest time', { retryIn: minute }, [minute, minute]],
  ])('after a 429 %s it pauses, and longer each time', (_, notice, pauses) => {
    const pace = new RateLimiter(1000, began);
    for (const pause of pauses) {
      refused(pace, began, notice, 0);
      expect(pace.delay(began)).toBe(pause);
    }
    answered(pace, began + 10 * minute);
    refused(pace, began + 10 * minute, notice, 0);
    expect(pace.delay(began + 10 * minute)).toBe(pauses[0]);
  });

  test('a silent 429 spreads those that share the limit, within a minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (times, random) => {
          const pace = new RateLimiter(1000, began);
          for (let refusal = 0; refusal < times; refusal += 1) refused(pace, began, {}, random);
          const most = Math.min(1000 * 2 ** times, 64_000);
          expect(pace.delay(began)).toBeCloseTo(Math.min(minute, most * (0.5 + random / 2)), 3);
        },
      ),
    );
  });
});
