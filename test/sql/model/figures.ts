/** Sums, shares and ranks, by hand. */

export const greatestBigint = 2n ** 63n - 1n;

/** Nulls don't count; null where there is nothing else, or the sum is past 64 bits. */
export function sumOf(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null);
  const sum = known.reduce((before, count) => before + count, 0n);
  return known.length === 0 || sum > greatestBigint || sum < -greatestBigint - 1n ? null : sum;
}

export function shareOf(failed: bigint | null, synced: bigint | null): number | null {
  if (failed === null || synced === null || failed < 0n || synced < 0n) return null;
  const all = Number(failed) + Number(synced);
  return all === 0 ? null : Number(failed) / all;
}

/** The smallest value that at least the given share of them does not exceed. */
export function rankOf(share: number, values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted.find((_, index) => index + 1 >= share * sorted.length) ?? null;
}

/** Half away from zero. */
export const rounded = (value: number, digits: number): number =>
  (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits)) / 10 ** digits;
