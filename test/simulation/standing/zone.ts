/** Local time with summer time, by the rules of Europe and North America. */
import { dayMs, hourMs } from '../../../lambda/standing/periods.ts';

export type Zone = 'UTC' | 'Berlin' | 'New York' | 'Tokyo';
export const zones: readonly Zone[] = ['UTC', 'Berlin', 'New York', 'Tokyo'];

/** The nth Sunday of a month, or the last. */
function sunday(year: number, month: number, nth: number): number {
  if (nth < 0) {
    const last = Date.UTC(year, month, 0);
    return last - new Date(last).getUTCDay() * dayMs;
  }
  const first = Date.UTC(year, month - 1, 1);
  return first + ((7 - new Date(first).getUTCDay()) % 7) * dayMs + (nth - 1) * 7 * dayMs;
}

export function offsetMs(zone: Zone, at: number): number {
  const year = new Date(at).getUTCFullYear();
  if (zone === 'Berlin') {
    const isSummer = at >= sunday(year, 3, -1) + hourMs && at < sunday(year, 10, -1) + hourMs;
    return isSummer ? 2 * hourMs : hourMs;
  }
  if (zone === 'New York') {
    const isSummer = at >= sunday(year, 3, 2) + 7 * hourMs && at < sunday(year, 11, 1) + 6 * hourMs;
    return isSummer ? -4 * hourMs : -5 * hourMs;
  }
  return zone === 'Tokyo' ? 9 * hourMs : 0;
}

/** The moment at which a local clock shows that time, which is given as if it were UTC. */
export function fromLocal(zone: Zone, local: number): number {
  return local - offsetMs(zone, local - offsetMs(zone, local));
}
