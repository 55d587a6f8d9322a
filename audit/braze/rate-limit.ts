/** No more than so many requests in any 60 seconds, and none while Braze asks to wait. */

export interface Time {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

const windowMs = 60_000;
/** A request takes a moment to arrive, and the next one may take less. */
const marginMs = 500;

export class RateLimit {
  readonly #perMinute: number;
  readonly #time: Time;
  readonly #sentAt: number[] = [];

  constructor(perMinute: number, time: Time) {
    this.#perMinute = perMinute;
    this.#time = time;
  }

  /** Resolves when a request may be sent, and counts it. */
  async take(): Promise<void> {
    const { now, sleep } = this.#time;
    if (this.#sentAt.length >= this.#perMinute) {
      const oldest = this.#sentAt.shift() ?? 0;
      const waitMs = oldest + windowMs + marginMs - now();
      if (waitMs > 0) await sleep(waitMs);
    }
    this.#sentAt.push(now());
  }
}

/** How long a 429 asks to wait, in milliseconds: in any of the forms that Braze documents, a minute at the most. */
export function waitAfter(headers: Headers, now: number): number {
  const seconds = (name: string) => {
    const text = headers.get(name);
    return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  };
  const reset = seconds('x-ratelimit-reset');
  const wait =
    seconds('x-ratelimit-retry-after') ??
    seconds('retry-after') ??
    // A moment where it is large, else seconds from now.
    (reset !== undefined && reset > 1_000_000 ? reset - now / 1000 : reset) ??
    60;
  return Math.min(Math.max(wait, 1), 60) * 1000;
}
