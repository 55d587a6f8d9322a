/**
 * Whether anybody is there. One integration that is not answered is its own affair; that nobody is answered is an
 * outage, and asking for everything in vain, one after the other, would take a run's time and tell nothing new.
 *
 * 1. A try without an answer begins the silence, any answer of Braze's ends it.
 * 2. While it lasts, further tries for the same thing are given less time, and are given up sooner.
 * 3. When two things in a row were given up, the next try is the probe: unanswered too, it is an outage. Likewise
 *    when two things have been asked for in vain through most of a minute.
 * 4. Where others were answered in the run, those that are left may be the only ones that are not: the requester
 *    asks once more for what was answered last.
 */
const maxRequestMs = 30_000;
/** While nobody is answered: of a second try, and of the first one where time is short. */
const maxRetryMs = 15_000;
const minRequestMs = 10_000;
/** After so long, something that was tried twice is given up; after so long, it is an outage. */
const maxForOneMs = 30_000;
const maxForAllMs = 55_000;
const maxGivenUp = 2;
const maxTries = 5;

export class Silence {
  /** When the first request was sent that was not answered, in milliseconds. */
  #since: number | undefined;
  readonly #asked = new Set<string>();
  #givenUp = 0;

  /** Braze has answered something. */
  end(): void {
    this.#since = undefined;
    this.#asked.clear();
    this.#givenUp = 0;
  }

  /** Another try brought no answer. @param what it was asked for. */
  takeUnanswered(what: string, askedAt: number): void {
    this.#since ??= askedAt;
    this.#asked.add(what);
  }

  /** Whether it was asked for in vain while the silence lasts. */
  hasAsked(what: string): boolean {
    return this.#asked.has(what);
  }

  /** Several things in a row were given up. */
  get isLong(): boolean {
    return this.#givenUp >= maxGivenUp;
  }

  isOutage(now: number): boolean {
    return this.isLong || (this.#asked.size > 1 && this.#lasts(now) >= maxForAllMs);
  }

  /** Whether there is no use in a further try for the same thing; it counts as given up then. */
  givesUp(tries: number, now: number): boolean {
    const givenUp = tries >= maxTries || (tries > 1 && this.#lasts(now) >= maxForOneMs);
    if (givenUp) this.#givenUp += 1;
    return givenUp;
  }

  /** How long a try may take. */
  timeoutMs(attempt: number, now: number): number {
    if (this.#since === undefined) return maxRequestMs;
    if (attempt > 1) return maxRetryMs;
    return Math.min(maxRequestMs, Math.max(minRequestMs, maxForAllMs - this.#lasts(now)));
  }

  #lasts(now: number): number {
    return this.#since === undefined ? 0 : now - this.#since;
  }
}
