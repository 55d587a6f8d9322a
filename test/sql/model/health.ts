import { rankOf, shareOf, sumOf } from './figures.ts';
import { dtOf, type ModelLake, type ModelRow, minuteMs } from './lake.ts';
import { durationOf, namesOf, outcomeOf, ownersOf } from './syncs.ts';

export function dailyHealth(lake: ModelLake, now: number): ModelRow[] {
  return ownersOf(lake).flatMap((owner) =>
    [...Map.groupBy(owner.syncs, (sync) => dtOf(sync.start))].map(([dt, syncs]) => {
      const count = (test: (outcome: string, status: string | null) => boolean) =>
        BigInt(syncs.filter((sync) => test(outcomeOf(sync, now), sync.status)).length);
      const known = ['success', 'partial', 'error', 'config_error'];
      const open = count((outcome) => outcome === 'open');
      const bad = count((outcome) => outcome === 'failure' || outcome === 'abandoned');
      const durations = syncs.map(durationOf);
      const gaps = syncs.slice(1).map((sync, index) => sync.start - (syncs[index]?.start ?? 0));
      const synced = sumOf(syncs.map((sync) => sync.synced));
      const failed = sumOf(syncs.map((sync) => sync.failed));
      return {
        ...namesOf(owner),
        dt,
        day: dt,
        syncs: BigInt(syncs.length),
        success: count((_, status) => status === 'success'),
        partial: count((_, status) => status === 'partial'),
        error: count((_, status) => status === 'error'),
        config_error: count((_, status) => status === 'config_error'),
        other_failures: count(
          (outcome, status) => outcome === 'failure' && !known.includes(status ?? 'none'),
        ),
        open,
        abandoned: count((outcome) => outcome === 'abandoned'),
        failed_sync_share: BigInt(syncs.length) === open ? null : Number(bad) / (syncs.length - Number(open)),
        rows_synced: synced,
        rows_failed: failed,
        failed_row_share: shareOf(failed, synced),
        median_seconds: rankOf(0.5, durations),
        p95_seconds: rankOf(0.95, durations),
        largest_gap_minutes: gaps.length === 0 ? null : Math.max(...gaps) / minuteMs,
      };
    }),
  );
}
