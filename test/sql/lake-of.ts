/** Writes a model's lake to disk, as the exporter would. */
import { day, type Fields, integrations as integrationsKey, put } from '../local/query/write-lake.ts';
import { daysOf } from './model/days.ts';
import { dtOf, type ModelLake, type Standing, timeText } from './model/lake.ts';

/** @param directory gets `lake/…`. */
export function writeLake(directory: string, lake: ModelLake): void {
  const { syncs, integrations, coverage, standing, quarantine, changes } = lake;
  const objects = new Map<string, Fields[]>();
  const add = (key: string, line: Fields) => {
    const lines = objects.get(key);
    if (lines) lines.push(line);
    else objects.set(key, [line]);
  };
  for (const sync of syncs)
    add(day(sync.workspace, dtOf(sync.start)), {
      integration_id: sync.id,
      sync_start_time: timeText(sync.start),
      sync_finish_time: timeText(sync.finish),
      last_timestamp_synced: timeText(sync.lastSynced),
      job_status: sync.status,
      rows_synced: sync.synced,
      rows_failed_with_errors: sync.failed,
      problems: null,
      raw: sync.raw,
    });
  for (const { workspace, id, name, type, status, listed, warehouse, nextRun } of integrations)
    add(integrationsKey(workspace), {
      integration_id: id,
      integration_name: name,
      integration_type: type,
      integration_status: status,
      warehouse_type: warehouse,
      app_group_id: null,
      last_updated_at: null,
      last_job_start_time: null,
      next_scheduled_run: timeText(nextRun),
      last_job_status: null,
      listed,
      problems: null,
      raw: '{}',
    });
  for (const line of coverage)
    add(`coverage/workspace=${line.workspace}/coverage.ndjson.gz`, {
      integration_id: line.id,
      complete_from: timeText(line.from),
      complete_to: timeText(line.to),
      gaps: line.gaps,
      open_syncs: line.open,
      abandoned_syncs: line.abandoned,
      row_order: line.rowOrder,
      state: line.state,
      failure: line.failure,
      checked_at: timeText(line.checkedAt),
    });
  for (const line of standing)
    add(`standing/workspace=${line.workspace}/standing.ndjson.gz`, standingFields(line));
  for (const day of daysOf(lake))
    add(`days/workspace=${day.workspace}/month=${day.dt.slice(0, 7)}/days.ndjson.gz`, {
      integration_id: day.id,
      dt: day.dt,
      syncs: day.syncs,
      successes: day.successes,
      partials: day.partials,
      errors: day.errors,
      config_errors: day.configErrors,
      other_failures: day.otherFailures,
      not_final: day.notFinal,
      successes_without_rows: day.successesWithoutRows,
      rows_synced: day.rowsSynced,
      rows_failed: day.rowsFailed,
      median_seconds: day.medianSeconds,
      p95_seconds: day.p95Seconds,
      largest_gap_minutes: day.largestGapMinutes,
      first_start: timeText(day.firstStart),
      last_start: timeText(day.lastStart),
      last_finish: timeText(day.lastFinish),
    });
  for (const { workspace, id, seenAt, field, before, after } of changes)
    add(`changes/workspace=${workspace}/changes.ndjson.gz`, {
      seen_at: timeText(seenAt),
      integration_id: id,
      field,
      before,
      after,
    });
  for (const { workspace, ...line } of quarantine)
    add(`quarantine/workspace=${workspace}/rows.ndjson.gz`, line);
  for (const [key, lines] of objects) put(directory, key, ...lines);
}

export const standingFields = (line: Standing): Fields => ({
  integration_id: line.id,
  state: line.state,
  since: timeText(line.since),
  reason: line.reason,
  last_start: timeText(line.lastStart),
  last_finish: timeText(line.lastFinish),
  last_status: line.lastStatus,
  last_rows_synced: line.lastSynced,
  last_rows_failed: line.lastFailed,
  last_success: timeText(line.lastSuccess),
  syncs_without_success: line.withoutSuccess,
  failing_since: timeText(line.failingSince),
  usual_minutes: line.usualMinutes,
  expected_by: timeText(line.expectedBy),
  due_since: timeText(line.dueSince),
  judged_by: line.judgedBy,
  late: line.late,
  minutes_late: line.minutesLate,
  traps: line.traps,
  newest_timestamp_synced: timeText(line.newestTimestamp),
  details_until: timeText(line.detailsUntil),
  continues: line.continues,
  incidents: line.incidents,
  as_of: timeText(line.asOf),
});
