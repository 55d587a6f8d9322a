import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { busiestMinute } from './requests.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

interface Drive {
  readonly limit: number;
  readonly atOnce: number;
  readonly until: number;
  /** Of each request in turn: how long its answer takes, and where on the way the server counts it, from 0 to 1. */
  readonly way: (request: number) => readonly [latency: number, counted: number];
}

/** Sends as many as the limiter lets through, a few at once. @returns when the server counted each. */
function drive({ limit, atOnce, until, way }: Drive): number[] {
  const limiter = new RateLimiter(limit, began);
  const underWay: { sent: ReturnType<RateLimiter['sent']>; answeredAt: number }[] = [];
  const counted: number[] = [];
  for (let now = began; now < until; ) {
    const delay = limiter.delay(now);
    expect(delay).toBeLessThanOrEqual(minute);
    const first = underWay.toSorted((a, b) => a.answeredAt - b.answeredAt)[0];
    const wakes = now + delay;
    if (first && (underWay.length === atOnce || first.answeredAt <= wakes)) {
      now = Math.max(now, first.answeredAt);
      limiter.answered(first.sent, now);
      underWay.splice(underWay.indexOf(first), 1);
      continue;
    }
    now = wakes;
    if (delay > 0 || now >= until) continue;
    const [latency, share] = way(counted.length);
    underWay.push({ sent: limiter.sent(now), answeredAt: now + latency });
    counted.push(now + share * latency);
  }
  return counted;
}

describe('P7: RateLimiter, with requests side by side', () => {
  test('never more than the limit in any 60 s, wherever on the way the server counts each', () => {
    const latency = fc.oneof(fc.nat(400), fc.nat(10_000), fc.nat(90_000));
    const ways = fc.array(fc.tuple(latency, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 8 }),
        ways,
        (limit, atOnce, all) => {
          const way = (request: number) => all[request % all.length] ?? expect.fail('no way');
          const counted = drive({ limit, atOnce, until: began + 10 * minute, way });
          expect(counted.length).toBeGreaterThan(0);
          expect(busiestMinute(counted)).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    [100, 0.995],
    [1200, 0.98],
    // All that the promise leaves: 60 of 62.5 s.
    [2500, 0.96],
  ])('with answers that take %i ms, eight at once use %f of the limit', (latency, share) => {
    const counted = drive({ limit: 100, atOnce: 8, until: began + 60 * minute, way: () => [latency, 0] });
    expect(counted.length / 6000).toBeGreaterThanOrEqual(share);
    expect(busiestMinute(counted)).toBeLessThanOrEqual(100);
  });

  test('what is under way counts until it is answered, and a minute from then on', () => {
    const limiter = new RateLimiter(2, began);
    const [one, two] = [limiter.sent(began), limiter.sent(began)];
    expect(limiter.delay(began + 90_000)).toBe(minute);
    limiter.answered(one, began + 90_000);
    expect(limiter.delay(began + 100_000)).toBe(50_000);
    limiter.answered(two, began + 110_000);
    expect(limiter.delay(began + 150_000)).toBe(0);
  });

  test('a next run knows of what was under way, too', () => {
    const limiter = new RateLimiter(1, began);
    limiter.sent(began);
    const next = new RateLimiter(1, began + 1000, limiter.counts(began + 1000));
    expect(next.delay(began + 1000)).toBe(minute);
  });

  test('requests that were refused together are one refusal, and an older answer does not end it', () => {
    const limiter = new RateLimiter(100, began);
    const [one, two, three] = [began, began + 10, began + 20].map((at) => limiter.sent(at));
    if (!one || !two || !three) return;
    limiter.refused(one, began + 100, {}, 1);
    limiter.refused(two, began + 100, {}, 1);
    expect(limiter.delay(began + 100)).toBe(2000);
    limiter.answered(three, began + 200);
    limiter.refused(limiter.sent(began + 2100), began + 2200, {}, 1);
    expect(limiter.delay(began + 2200)).toBe(4000);
  });
});
