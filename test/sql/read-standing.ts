/** Lines of `standing` as the exporter has written them, read for the model. */
import type { Standing } from './model/lake.ts';

/** @param text of the object, unpacked */
export function readStanding(workspace: string, text: string): Standing[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const cells = JSON.parse(line, exactCounts);
      return {
        workspace,
        id: cells.integration_id,
        state: cells.state,
        since: timeOf(cells.since),
        reason: cells.reason,
        lastStart: timeOf(cells.last_start),
        lastFinish: timeOf(cells.last_finish),
        lastStatus: cells.last_status,
        lastSynced: cells.last_rows_synced,
        lastFailed: cells.last_rows_failed,
        lastSuccess: timeOf(cells.last_success),
        withoutSuccess: cells.syncs_without_success,
        failingSince: timeOf(cells.failing_since),
        usualMinutes: cells.usual_minutes,
        expectedBy: timeOf(cells.expected_by),
        dueSince: timeOf(cells.due_since),
        judgedBy: cells.judged_by,
        late: cells.late,
        minutesLate: cells.minutes_late,
        traps: cells.traps,
        newestTimestamp: timeOf(cells.newest_timestamp_synced),
        detailsUntil: timeOf(cells.details_until),
        continues: cells.continues,
        incidents: cells.incidents,
        asOf: timeOf(cells.as_of),
      };
    });
}

const timeOf = (cell: string | null): number | null =>
  cell === null ? null : Date.parse(`${cell.replace(' ', 'T')}Z`);

/** All numbers but minutes are counts, and may be past 2^53. */
function exactCounts(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || key.includes('minutes')) return value;
  return BigInt(context?.source ?? value);
}
