/**
 * How long a run may be on its way, so that it has begun, or failed, before the next one is due.
 *
 * A third of the time between two runs each goes to the window in which they are spread, to EventBridge trying
 * to reach Lambda, and to the event waiting in Lambda's queue.
 */
import type { Schedule } from './schedule.ts';

/** Neither service takes less than a minute, and Lambda no more than six hours. */
const ages = { least: 60, most: 6 * 3_600 };

/** More would only blur when a run is to be expected. */
const widestWindow = 15;

export interface Delivery {
  /** Minutes over which the runs that are due at one moment are spread; none where they are too close for that. */
  readonly window: number | undefined;
  /** Seconds until an event that was not taken is given up, at EventBridge and again at Lambda. */
  readonly eventAge: number;
}

export function deliveryOf({ shortest }: Schedule): Delivery {
  const third = Math.floor(shortest / 3);
  const window = Math.min(widestWindow, Math.floor(third / 60));
  return {
    window: window >= 1 ? window : undefined,
    eventAge: Math.max(ages.least, Math.min(ages.most, third)),
  };
}
