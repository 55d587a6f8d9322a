/** A stretch of history that is not read yet, and that the source may soon not have any more. */
import { keptSince } from '../time/kept-since.ts';
import { dayMs } from './periods.ts';

/** Braze keeps a sync for a year at the least, by what its dashboard says. A month is left to read what is missing. */
export const safeDays = 335;
const safeMs = safeDays * dayMs;
/** A backfill that moves on every day gets there by itself. */
const patienceMs = dayMs;

/** The oldest place at which reading has to go on, and since when it has been there; in milliseconds. */
export interface GapEdge {
  readonly at: number;
  readonly since: number;
}

/** @param at where reading has to go on now; null: nothing is missing. @returns what is to be remembered of it. */
export function gapEdgeNow(before: GapEdge | null, at: number | null, now: number): GapEdge | null {
  if (at === null) return null;
  return { at, since: keptSince(before?.at === at ? before.since : null, now) };
}

/** Since when it has been at risk, in milliseconds; null: it is not. */
export function gapAtRiskSince(edge: GapEdge | null, now: number): number | null {
  if (!edge || now - edge.at < safeMs || now - edge.since < patienceMs) return null;
  return Math.max(edge.since, edge.at + safeMs);
}
