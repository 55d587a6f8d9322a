/** The days around which local time shifts by an hour. No zone is known, so those of most zones that do shift count. */
import { dayMs } from './periods.ts';

/** The Sunday of a month on which clocks change: the first, the second, or the last. */
const changes: readonly (readonly [month: number, sunday: 1 | 2 | 'last'])[] = [
  [3, 2], // North America
  [3, 'last'], // Europe
  [4, 1], // Australia, New Zealand, Chile
  [9, 1], // Chile
  [9, 'last'], // New Zealand
  [10, 1], // Australia
  [10, 'last'], // Europe
  [11, 1], // North America
];
/** Until then the weeks before are compared with one after it. */
const aroundMs = 8 * dayMs;

export function isAroundClockChange(at: number): boolean {
  return changesIn(at).some((change) => at >= change - dayMs && at <= change + aroundMs);
}

/** Whether they may have between two moments that lie less than a year apart. */
export function haveClocksChanged(from: number, until: number): boolean {
  return [...changesIn(from), ...changesIn(until)].some(
    (change) => from <= change + dayMs && until >= change - dayMs,
  );
}

/** The midnights of the year's days on which they do. */
function changesIn(at: number): number[] {
  const year = new Date(at).getUTCFullYear();
  return changes.map(([month, sunday]) =>
    sunday === 'last' ? lastSunday(year, month) : firstSunday(year, month) + (sunday - 1) * 7 * dayMs,
  );
}

function firstSunday(year: number, month: number): number {
  const first = Date.UTC(year, month - 1, 1);
  return first + ((7 - new Date(first).getUTCDay()) % 7) * dayMs;
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0);
  return last - new Date(last).getUTCDay() * dayMs;
}
