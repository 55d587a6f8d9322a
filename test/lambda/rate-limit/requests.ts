/** Requests that are answered in the moment in which they are sent. */
import type { LimitNotice } from '../../../lambda/rate-limit/rate-limit-headers.ts';
import type { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';

export function answered(limiter: RateLimiter, now: number, notice?: LimitNotice): void {
  limiter.answered(limiter.sent(now), now, notice);
}

export function refused(limiter: RateLimiter, now: number, notice: LimitNotice, random: number): void {
  limiter.refused(limiter.sent(now), now, notice, random);
}

/** The most requests that a server has met in any 60 seconds. */
export function busiestMinute(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [last, arrival] of sorted.entries()) {
    while (arrival - (sorted[first] ?? 0) >= 60_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
