/** The smallest value that is not below the given share of them, as the views' SQL has it; null: there are none. */
export function nearestRank(share: number, values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
