/** How volume_anomalies judged before it compared logarithms: in rows, over four weeks. */
import { dayMs, dtOf, type Sync } from '../sql/model/lake.ts';

const [trailingDays, fewestOfWeekday, fewestOfAll, limit] = [28, 3, 7, 3.5];

/** @returns the days that it called, as `id day`. */
export function calledBefore(syncs: readonly Sync[], now: number, shownDays: number): string[] {
  return [...Map.groupBy(syncs, ({ id }) => id)].flatMap(([id, own]) => {
    const rows = new Map<string, number>();
    for (const { start, synced } of own)
      rows.set(dtOf(start), (rows.get(dtOf(start)) ?? 0) + Number(synced ?? 0n));
    const days = Array.from({ length: shownDays }, (_, index) => now - (index + 1) * dayMs);
    return days.filter((day) => isCalled(rows, day)).map((day) => `${id} ${dtOf(day)}`);
  });
}

function isCalled(rows: ReadonlyMap<string, number>, day: number): boolean {
  const own = rows.get(dtOf(day));
  if (own === undefined) return false;
  const before = (step: number) =>
    Array.from({ length: trailingDays / step }, (_, index) =>
      rows.get(dtOf(day - (index + 1) * step * dayMs)),
    ).filter((count) => count !== undefined);
  const [all, sameWeekday] = [before(1), before(7)];
  const compared = sameWeekday.length >= fewestOfWeekday ? sameWeekday : all;
  if (compared === all && all.length < fewestOfAll) return false;
  const usual = medianOf(compared);
  const spread = Math.max(
    1.4826 * Math.max(deviationOf(compared), deviationOf(all)),
    Math.abs(usual) / 10,
    1,
  );
  return Math.abs(own - usual) / spread >= limit;
}

/** By nearest rank. */
const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? 0;

function deviationOf(values: readonly number[]): number {
  const median = medianOf(values);
  return medianOf(values.map((value) => Math.abs(value - median)));
}
