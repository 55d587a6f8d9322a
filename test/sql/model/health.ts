import { daysOf } from './days.ts';
import { shareOf } from './figures.ts';
import { dayMs, keyOf, type ModelLake, type ModelRow, timeText } from './lake.ts';
import { namesOf, ownersOf, standingsByKey } from './syncs.ts';

export function dailyHealth(lake: ModelLake): ModelRow[] {
  const owners = new Map(ownersOf(lake).map((owner) => [keyOf(owner), owner]));
  const lines = standingsByKey(lake);
  return daysOf(lake).flatMap((day) => {
    const [owner, line] = [owners.get(keyOf(day)), lines.get(keyOf(day))];
    if (!owner) return [];
    // The last sync of the day may not have been over.
    const isFollowed = line?.lastStart != null && line.lastStart > day.lastStart;
    const isOld = line?.asOf != null && line.asOf - day.lastStart >= 7 * dayMs;
    const fate = isFollowed ? 'failed' : isOld ? 'abandoned' : 'open';
    const last = (wanted: typeof fate) => (fate === wanted ? day.notFinal : 0n);
    const failures = day.errors + day.configErrors + day.otherFailures + last('failed') + last('abandoned');
    const ended = day.syncs - last('open');
    return {
      ...namesOf(owner),
      dt: day.dt,
      day: day.dt,
      month: day.dt.slice(0, 7),
      syncs: day.syncs,
      success: day.successes,
      partial: day.partials,
      error: day.errors,
      config_error: day.configErrors,
      other_failures: day.otherFailures + last('failed'),
      open: last('open'),
      abandoned: last('abandoned'),
      failed_sync_share: ended === 0n ? null : Number(failures) / Number(ended),
      rows_synced: day.rowsSynced,
      rows_failed: day.rowsFailed,
      failed_row_share: shareOf(day.rowsFailed, day.rowsSynced),
      median_seconds: day.medianSeconds,
      p95_seconds: day.p95Seconds,
      largest_gap_minutes: day.largestGapMinutes,
      success_without_rows: day.successesWithoutRows,
      first_start: timeText(day.firstStart),
      last_start: timeText(day.lastStart),
      last_finish: timeText(day.lastFinish),
      warehouse_type: owner.listing?.warehouse ?? null,
    };
  });
}
