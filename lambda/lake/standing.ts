/** How each integration stands: judged in `lambda/standing/`, written here, and read by everything that tells of it. */
import { instantOf, timestampCell } from '../rows/instant.ts';
import type { Line } from '../schema/tables.ts';
import type { Standing } from '../standing/standing.ts';
import { bodyOf } from './line-an-integration.ts';

/** What of a standing is written: not what is only told on. */
export type WrittenStanding = Omit<Standing, 'troubles' | 'unknown'>;

export function standingLine(standing: WrittenStanding): Line<'standing'> {
  return {
    integration_id: standing.integrationId,
    state: standing.state,
    since: timeCell(standing.since),
    reason: standing.reason,
    last_start: timeCell(standing.lastStart),
    last_finish: timeCell(standing.lastFinish),
    last_status: standing.lastStatus,
    last_rows_synced: standing.lastRowsSynced,
    last_rows_failed: standing.lastRowsFailed,
    last_success: timeCell(standing.lastSuccess),
    syncs_without_success: standing.syncsWithoutSuccess,
    failing_since: timeCell(standing.failingSince),
    usual_minutes: standing.usualMinutes,
    expected_by: timeCell(standing.expectedBy),
    due_since: timeCell(standing.dueSince),
    judged_by: standing.judgedBy,
    late: standing.late,
    minutes_late: standing.minutesLate,
    traps: namesCell(standing.traps),
    newest_timestamp_synced: timeCell(standing.newestTimestampSynced),
    details_until: timeCell(standing.detailsUntil),
    continues: standing.continues,
    incidents: namesCell(standing.incidents),
    as_of: timeCell(standing.asOf),
  };
}

/** The object of a workspace. */
export function standingBody(standings: readonly WrittenStanding[]): Promise<Buffer> {
  return bodyOf('standing', standings.map(standingLine));
}

/** The same whatever order they were found in. */
const namesCell = (names: readonly string[]): string | null =>
  names.length === 0 ? null : [...names].sort().join(',');

/** The years for which the table's timestamps and an ISO text of four digits are the same. */
const [earliest, latest] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** A time that was reckoned may lie past what a cell can hold: it has none then, rather than one that fails a query. */
function timeCell(milliseconds: number | null): string | null {
  if (milliseconds === null || !(milliseconds >= earliest && milliseconds <= latest)) return null;
  return timestampCell(instantOf(Math.floor(milliseconds)));
}
