import { rankOf, sumOf } from './figures.ts';
import { dayMs, dtOf, type ModelLake, type ModelRow } from './lake.ts';
import { namesOf, ownersOf } from './syncs.ts';

export function volumeAnomalies(lake: ModelLake, now: number): ModelRow[] {
  const [first, shown, today] = [now - 118 * dayMs, now - 90 * dayMs, now].map(dtOf) as [
    string,
    string,
    string,
  ];
  const anomalies: ModelRow[] = [];
  for (const owner of ownersOf(lake)) {
    const days = new Map<string, bigint>();
    for (const [dt, syncs] of Map.groupBy(owner.syncs, (sync) => dtOf(sync.start))) {
      const sum = sumOf(syncs.map(({ synced }) => synced ?? 0n));
      if (dt >= first && dt < today && sum !== null) days.set(dt, sum);
    }
    for (const [dt, rows] of days) {
      if (dt < shown) continue;
      const before = (distance: number) => days.get(dtOf(Date.parse(dt) - distance * dayMs));
      const rowsBefore = (distances: number[]) =>
        distances
          .map(before)
          .filter((sum) => sum !== undefined)
          .map(Number);
      const weekday = rowsBefore([7, 14, 21, 28]);
      const all = rowsBefore(Array.from({ length: 28 }, (_, index) => index + 1));
      const compared = weekday.length >= 3 ? weekday : all;
      if (weekday.length < 3 && all.length < 7) continue;
      const usual = rankOf(0.5, compared) ?? 0;
      const deviation = Math.max(deviationOf(compared), deviationOf(all));
      const spread = Math.max(1.4826 * deviation, Math.abs(usual) / 10, 1);
      const score = (Number(rows) - usual) / spread;
      if (Math.abs(score) < 3.5) continue;
      anomalies.push({
        ...namesOf(owner),
        dt,
        day: dt,
        rows_synced: rows,
        usual_rows: usual,
        deviation,
        compared_with: weekday.length >= 3 ? 'same weekday' : 'all days',
        days_compared: BigInt(compared.length),
        score,
      });
    }
  }
  return anomalies;
}

function deviationOf(values: readonly number[]): number {
  const median = rankOf(0.5, values) ?? 0;
  return (
    rankOf(
      0.5,
      values.map((value) => Math.abs(value - median)),
    ) ?? 0
  );
}
