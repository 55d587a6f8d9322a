import type { Clock } from '../../../lambda/time/clock.ts';

const hour = 3_600_000;

/** One machine's idea of the time: it may be ahead or behind, drift, and be set while somebody waits. */
export class WrongClock implements Clock {
  /** How far it is ahead; changing it is a step. */
  offsetMs = 0;
  /** How far it gets ahead in an hour. */
  driftMsPerHour = 0;
  readonly #truth: Clock;
  readonly #since: number;

  constructor(truth: Clock) {
    this.#truth = truth;
    this.#since = truth.now();
  }

  readonly now = (): number => this.#with(this.offsetMs);

  /** A timer counts what really passes, whatever the clock says. */
  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    this.#truth.sleep(milliseconds, signal);

  /** As a run has it: read once, and from then on it is not set any more. */
  started(): Clock {
    const { offsetMs, sleep } = this;
    return { now: () => this.#with(offsetMs), sleep };
  }

  #with(offsetMs: number): number {
    const truth = this.#truth.now();
    return truth + offsetMs + ((truth - this.#since) / hour) * this.driftMsPerHour;
  }
}
