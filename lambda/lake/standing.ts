/** How each integration stands: judged in `lambda/standing/`, written here, and read by everything that tells of it. */
import { instantOf, timestampCell } from '../rows/instant.ts';
import { encodeLine } from '../schema/encode-line.ts';
import { columns, type Line } from '../schema/tables.ts';
import { LineWriter } from './ndjson.ts';

/** A standing as it is judged: times in milliseconds. */
export interface StandingToWrite {
  readonly integrationId: string;
  readonly state: string;
  readonly since: number | null;
  readonly reason: string;
  readonly lastStart: number | null;
  readonly lastFinish: number | null;
  readonly lastStatus: string | null;
  readonly lastRowsSynced: bigint | null;
  readonly lastRowsFailed: bigint | null;
  readonly lastSuccess: number | null;
  readonly syncsWithoutSuccess: number | bigint;
  readonly failingSince: number | null;
  readonly usualMinutes: number | null;
  readonly expectedBy: number | null;
  readonly dueSince: number | null;
  readonly judgedBy: string | null;
  readonly late: boolean | null;
  readonly minutesLate: number | null;
  /** Their names. */
  readonly traps: readonly string[];
  readonly newestTimestampSynced: number | null;
  readonly detailsUntil: number | null;
  readonly continues: string | null;
  /** Ids of the open ones. */
  readonly incidents: readonly string[];
  readonly asOf: number | null;
}

export function standingLine(standing: StandingToWrite): Line<'standing'> {
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
export async function standingBody(standings: Iterable<StandingToWrite>): Promise<Buffer> {
  const writer = new LineWriter();
  const sorted = [...standings].sort((a, b) => (a.integrationId < b.integrationId ? -1 : 1));
  for (const standing of sorted) await writer.write(encodeLine(columns.standing, standingLine(standing)));
  return writer.finish();
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
