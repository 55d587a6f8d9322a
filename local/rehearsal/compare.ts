/** Whether the lake holds what the source holds: every sync once, as the source serves it. */
export interface Difference {
  readonly missing: number;
  /** More than once, or not at the source. */
  readonly surplus: number;
}

export function compare(
  source: readonly (readonly [integrationId: string, row: string])[],
  lake: readonly Readonly<Record<string, unknown>>[],
): Difference {
  const open = new Map<string, number>();
  for (const [id, row] of source) count(open, `${id} ${row}`, 1);
  for (const { integration_id, raw } of lake) count(open, `${integration_id} ${raw}`, -1);
  const counts = [...open.values()];
  return { missing: sum(counts.filter((left) => left > 0)), surplus: sum(counts.filter((left) => left < 0)) };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + Math.abs(each), 0);

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
