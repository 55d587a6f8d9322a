import { rankOf } from './figures.ts';
import { dayMs, keyOf, type ModelLake, type ModelRow, minuteMs, timeText } from './lake.ts';
import { lookBackFrom, namesOf, outcomeOf, ownersOf } from './syncs.ts';

export function freshness(lake: ModelLake, now: number): ModelRow[] {
  const checks = new Map(lake.coverage.map((line) => [keyOf(line), line.checkedAt]));
  return ownersOf(lake, lookBackFrom(now)).map((owner) => {
    const { syncs, listing } = owner;
    const starts = [...new Set(syncs.map(({ start }) => start))];
    const distances = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    const usual = rankOf(0.5, distances.slice(-20));
    const success = syncs.findLast((sync) => outcomeOf(sync, now) === 'success')?.start;
    const since = success ?? starts[0];
    const isAwaited = listing?.listed !== false && listing?.status?.toLowerCase() !== 'paused';
    const expected = isAwaited && since !== undefined && usual !== null ? since + 2 * usual : null;
    const asOf = checks.get(keyOf(owner)) ?? now;
    const isLate = expected !== null && asOf > expected;
    const isKnown = isLate || (expected !== null && now - asOf < dayMs);
    const newest = syncs.map(({ lastSynced }) => lastSynced).filter((time) => time !== null);
    return {
      ...namesOf(owner),
      integration_status: listing?.status ?? null,
      listed: listing?.listed ?? null,
      last_success: timeText(success ?? null),
      usual_minutes: usual === null ? null : usual / minuteMs,
      expected_by: timeText(expected),
      as_of: timeText(asOf),
      late: isKnown ? isLate : null,
      minutes_late: isKnown ? (isLate ? (asOf - (expected ?? 0)) / minuteMs : 0) : null,
      newest_timestamp_synced: timeText(newest.length === 0 ? null : Math.max(...newest)),
    };
  });
}
