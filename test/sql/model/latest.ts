import { type ModelLake, type ModelRow, minuteMs, timeText } from './lake.ts';
import { standingOwnersOf } from './standing-owners.ts';

export function latestSyncs(lake: ModelLake): ModelRow[] {
  return standingOwnersOf(lake).map(({ names, line }) => {
    const minutesSince = (time: number | null | undefined): number | null =>
      time == null || line?.asOf == null ? null : (line.asOf - time) / minuteMs;
    const took = line?.lastStart != null && line.lastFinish != null ? line.lastFinish - line.lastStart : -1;
    return {
      ...names,
      last_start: timeText(line?.lastStart ?? null),
      last_status: line?.lastStatus ?? null,
      last_rows_synced: line?.lastSynced ?? null,
      last_rows_failed: line?.lastFailed ?? null,
      minutes_since_start: minutesSince(line?.lastStart),
      last_success: timeText(line?.lastSuccess ?? null),
      minutes_since_success: minutesSince(line?.lastSuccess),
      syncs_without_success: line?.withoutSuccess ?? null,
      state: line?.state ?? null,
      since: timeText(line?.since ?? null),
      reason: line?.reason ?? null,
      last_finish: timeText(line?.lastFinish ?? null),
      last_duration_seconds: took < 0 ? null : took / 1000,
      failing_since: timeText(line?.failingSince ?? null),
      traps: line?.traps ?? null,
      details_until: timeText(line?.detailsUntil ?? null),
      continues: line?.continues ?? null,
      incidents: line?.incidents ?? null,
      as_of: timeText(line?.asOf ?? null),
    };
  });
}
