import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/**
 * The time of the machine, read once; from then on it is counted by a clock that does not jump. A clock that is set
 * while a run goes on would move its deadline and the ends of its waits.
 *
 * To be started for each run: a function that is frozen between two invocations counts no time meanwhile.
 */
export function startSystemClock(): Clock {
  const startedAt = Date.now() - performance.now();
  const now = () => Math.floor(startedAt + performance.now());
  return {
    now,
    sleep: async (milliseconds, signal) => {
      const until = now() + milliseconds;
      // A timer may fire a moment early: then there would be a request too many in a minute.
      for (let left = milliseconds; left > 0 && !signal?.aborted; left = until - now()) {
        await after(left, undefined, signal ? { signal } : {}).catch(() => {});
      }
    },
  };
}
