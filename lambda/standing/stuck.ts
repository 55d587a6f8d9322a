/** A sync that has been running for much longer than any usual one. */
import { isRunning, newestOf, type StandingFacts } from './facts.ts';
import { dayMs, hourMs } from './periods.ts';

const p95Factor = 3;
const leastMs = hourMs;
/** Where no duration is known, the first sync of all may be a long one. */
const unknownMs = dayMs;

export interface Stuck {
  readonly start: number;
  /** From when on it is too long. */
  readonly since: number;
  readonly p95Ms: number | null;
}

export function stuckOf(facts: StandingFacts, asOf: number): Stuck | null {
  const newest = newestOf(facts);
  if (!newest || !isRunning(facts)) return null;
  const p95Ms = facts.habit?.p95Ms ?? null;
  const since = newest.start + (p95Ms === null ? unknownMs : Math.max(leastMs, p95Factor * p95Ms));
  return asOf > since ? { start: newest.start, since, p95Ms } : null;
}
