/**
 * Who goes on from whom. Braze's own cure for some faults is a new integration: under the same name and type it begins
 * where the old one ends, and a chart by name can go on. Nothing is wrong with it, so nobody is told.
 */
import { weekMs } from './periods.ts';

/** What is needed of each integration of a workspace; times in milliseconds. */
export interface Lifetime {
  readonly integrationId: string;
  readonly name: string | null;
  readonly type: string | null;
  /** The source has it no longer, or it rests. */
  readonly hasEnded: boolean;
  readonly firstStart: number | null;
  readonly lastStart: number | null;
  readonly usualMs: number | null;
}

/** It begins within a week of the other's end, or three of its usual distances. */
const soonMs = weekMs;
const soonDistances = 3;

/** @returns by id, the id of the one that it goes on from. Each is gone on from once, by the one that began first. */
export function continuations(lifetimes: readonly Lifetime[]): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const byBeginning = lifetimes.toSorted(
    (a, b) => (a.firstStart ?? 0) - (b.firstStart ?? 0) || (a.integrationId < b.integrationId ? -1 : 1),
  );
  const ended = Map.groupBy(
    byBeginning.filter(({ hasEnded }) => hasEnded),
    ({ name }) => name,
  );
  for (const later of byBeginning) {
    const earlier = (ended.get(later.name) ?? [])
      .filter((each) => !taken.has(each.integrationId) && goesOn(each, later))
      .toSorted((a, b) => (b.lastStart ?? 0) - (a.lastStart ?? 0))[0];
    if (!earlier) continue;
    found.set(later.integrationId, earlier.integrationId);
    taken.add(earlier.integrationId);
  }
  return found;
}

/**
 * @param earlier has ended, and bears the same name. `later` may be the same one: it has begun before its own end, and
 * never matches.
 */
function goesOn(earlier: Lifetime, later: Lifetime): boolean {
  const { lastStart, usualMs } = earlier;
  if (!later.name || earlier.type !== later.type) return false;
  if (lastStart === null || later.firstStart === null || later.firstStart <= lastStart) return false;
  return later.firstStart - lastStart <= Math.max(soonMs, soonDistances * (usualMs ?? 0));
}
