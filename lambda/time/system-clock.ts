import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from './clock.ts';

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (milliseconds, signal) => {
    const until = Date.now() + milliseconds;
    // A timer may fire a moment early: then there would be a request too many in a minute.
    while (Date.now() < until && !signal?.aborted) {
      await after(until - Date.now(), undefined, signal ? { signal } : {}).catch(() => {});
    }
  },
};
