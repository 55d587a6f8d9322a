import type { Quirks } from './quirks.ts';

const minute = 60_000;

export interface Admission {
  readonly admitted: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When there will be room for more than there is now. */
  readonly resetAt: number;
}

/** Requests admitted to one endpoint within a minute. Refused ones don't count. */
export class RequestWindow {
  #admittedAt: number[] = [];

  admit(at: number, limit: number, kind: Quirks['limitWindow']): Admission {
    const windowStart = kind === 'fixed' ? Math.floor(at / minute) * minute : at - minute;
    // A fixed window holds its first instant; a rolling one no longer holds what happened a minute ago.
    const isWithin = (time: number) => (kind === 'fixed' ? time >= windowStart : time > windowStart);
    this.#admittedAt = this.#admittedAt.filter(isWithin);
    const admitted = this.#admittedAt.length < limit;
    if (admitted) this.#admittedAt.push(at);
    return {
      admitted,
      limit,
      remaining: Math.max(0, limit - this.#admittedAt.length),
      resetAt: (kind === 'fixed' ? windowStart : (this.#admittedAt[0] ?? at)) + minute,
    };
  }
}
