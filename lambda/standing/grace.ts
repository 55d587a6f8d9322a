/** How long a promise may be overdue. */
import { hourMs } from './periods.ts';

const usualShare = 0.1;
const mostGraceMs = 2 * hourMs;

/** @param leastMs ten minutes, or what the person has set: that counts even where it is more than two hours. */
export function graceOf(usualMs: number | null, leastMs: number): number {
  return Math.max(leastMs, Math.min(mostGraceMs, usualShare * (usualMs ?? 0)));
}
