/**
 * Chance that hangs on what it is for, not on how often it was asked before: where a scenario shrinks by one
 * event, all others stay as they were.
 */
export type StableChance = (...what: readonly number[]) => number;

/** @returns from 0 to 1, without 1. */
export function stableChance(seed: number): StableChance {
  return (...what) => {
    let hash = Math.imul(seed + 1, 0x27d4eb2f);
    for (const each of what) {
      hash = Math.imul(hash ^ Math.trunc(each), 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    return (hash >>> 0) / 2 ** 32;
  };
}
