/**
 * Keeps an endpoint's requests under its limit in any 60 seconds, and as close to it as the work needs.
 *
 * A request counts from when it is sent until 60 seconds after its answer came: the server has met it
 * somewhere in between, so that no window of 60 seconds at the server ever holds more than the limit,
 * whatever the network does. So of a limit that is all used, 60 / (60 + L) is, where answers take L seconds.
 * Bursts are fine. The server's headers may lower what is left, never raise it.
 */
import type { LimitNotice } from './rate-limit-headers.ts';

const windowMs = 60_000;

/** Requests by the second (since the epoch) from which on they don't count any more: what the next run must know. */
export type RequestCounts = Readonly<Record<string, number>>;

/** A request that is under way. */
export interface SentRequest {
  /** In milliseconds. */
  readonly sentAt: number;
}

export class RateLimiter {
  readonly #limit: number;
  /** When each request that was answered stops counting, oldest first. */
  #expiries: number[];
  /** Requests under way: they count, and nobody knows yet until when. */
  #underWay = 0;
  #lowered = Number.POSITIVE_INFINITY;
  #notice: { remaining: number; readonly until: number } | undefined;
  #refusals = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #notBefore = 0;

  /** @param limit requests in 60 seconds. @param earlier what an earlier run has used. */
  constructor(limit: number, now: number, earlier: RequestCounts = {}) {
    this.#limit = limit;
    this.#expiries = Object.entries(earlier)
      .flatMap(([second, requests]) => Array<number>(Math.min(requests, limit)).fill(Number(second) * 1000))
      .sort((a, b) => a - b);
    this.#forget(now);
  }

  /** Milliseconds to wait before the next request may be sent: never more than the window. */
  delay(now: number): number {
    this.#forget(now);
    const limit = Math.max(1, Math.min(this.#limit, this.#lowered));
    const tooMany = this.#expiries.length + this.#underWay - limit;
    // One that is under way counts for the whole window at the least: whoever waits for it looks again then.
    const freed = tooMany < 0 ? now : (this.#expiries[tooMany] ?? now + windowMs);
    const told = this.#notice && this.#notice.remaining <= 0 ? this.#notice.until : now;
    return Math.max(freed, told, this.#notBefore, now) - now;
  }

  /** About how many requests fit before a time. */
  capacity(now: number, until: number): number {
    if (until === Number.POSITIVE_INFINITY) return until;
    this.#forget(now);
    const windows = Math.floor(Math.max(0, until - now) / windowMs);
    const freed = this.#expiries.filter((expiry) => expiry <= until).length;
    const counted = this.#expiries.length + this.#underWay;
    return Math.max(0, this.#limit - counted) + freed + windows * this.#limit;
  }

  /** Call right before a request is sent. */
  sent(now: number): SentRequest {
    this.#underWay += 1;
    return { sentAt: now };
  }

  /** Call when the answer is there, or when it is given up. */
  answered(request: SentRequest, now: number, notice: LimitNotice = {}): void {
    this.#count(now);
    if (notice.limit !== undefined) this.#lowered = notice.limit;
    if (notice.remaining !== undefined) {
      this.#notice = { remaining: notice.remaining, until: now + (notice.resetIn ?? windowMs) };
    }
    if (this.#isAfterRefusal(request)) this.#refusals = 0;
  }

  /**
   * Call instead when the answer was 429. Without a word on how long, the pause doubles from two seconds;
   * with one, it still grows, slowly, lest a wrong word makes a tight loop. Requests that were refused together
   * are one refusal.
   * @param random from 0 to 1: spreads the callers that share the limit.
   */
  refused(request: SentRequest, now: number, notice: LimitNotice, random: number): void {
    this.#count(now);
    if (this.#isAfterRefusal(request)) {
      this.#refusals += 1;
      this.#refusedAt = now;
    }
    const told = notice.retryIn ?? notice.resetIn;
    const growing = 1000 * 2 ** Math.min(this.#refusals - (told === undefined ? 0 : 1), 6);
    const pause = told === undefined ? growing * (0.5 + random / 2) : Math.max(told, growing - 1000);
    this.#notBefore = Math.max(this.#notBefore, now + Math.min(windowMs, pause));
  }

  /** What the next run has to know; seconds are rounded up. */
  counts(now: number): RequestCounts {
    this.#forget(now);
    const counts: Record<string, number> = {};
    const underWay = Array<number>(this.#underWay).fill(now + windowMs);
    for (const expiry of [...this.#expiries, ...underWay]) {
      const second = Math.ceil(expiry / 1000);
      counts[second] = (counts[second] ?? 0) + 1;
    }
    return counts;
  }

  #isAfterRefusal({ sentAt }: SentRequest): boolean {
    return sentAt >= this.#refusedAt;
  }

  #count(now: number): void {
    this.#underWay -= 1;
    this.#expiries.push(now + windowMs);
    if (this.#notice) this.#notice.remaining -= 1;
  }

  #forget(now: number): void {
    this.#distrust(now + windowMs);
    const first = this.#expiries.findIndex((expiry) => expiry > now);
    this.#expiries = first < 0 ? [] : first > 0 ? this.#expiries.slice(first) : this.#expiries;
    if (this.#notice && this.#notice.until <= now) this.#notice = undefined;
  }

  /** Nothing counts for longer than the window: what lies beyond it was noted by a clock that has been set back. */
  #distrust(latest: number): void {
    if ((this.#expiries.at(-1) ?? 0) > latest) {
      this.#expiries = this.#expiries.map((expiry) => Math.min(expiry, latest));
    }
    if (this.#notice && this.#notice.until > latest) this.#notice = { ...this.#notice, until: latest };
    this.#notBefore = Math.min(this.#notBefore, latest);
  }
}
