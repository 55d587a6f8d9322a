import { lookBackDays, minutes, nameOr, total } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import { standingColumn } from '../standing-columns.ts';
import type { View, ViewColumn } from '../view.ts';

/** In which nothing is expected: nothing will end what was wrong before, and nothing has to. */
const atRest = "standing.state IN ('paused', 'gone')";

/**
 * What is open stands in `standing`; what is over is found among the syncs. The parts tell `still_open` as a constant: a
 * question about what is open reads no day of syncs.
 */
export const incidents: View = {
  name: 'incidents',
  grain:
    'A streak of syncs that brought no data a row. One that is open is as the table standing tells it, up to its newest ' +
    'sync. One that is over ended with the first success or partial that was followed by another, or by no failure for ' +
    'a usual distance: a flapping integration has one, and a success without rows alone ends none. One of an integration ' +
    'that was paused, or is gone, is over as well. Refused rows are no incident here. ' +
    `Looks back ${lookBackDays} days for those that are over; filter on still_open for what is open: nothing else is read then.`,
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day on which it began, yyyy-mm-dd' },
    ...integration,
    { name: 'listed', type: 'boolean', comment: 'False: gone from Braze, nothing will end it' },
    { name: 'first_start', type: 'timestamp', comment: 'Start of its first sync, UTC' },
    {
      name: 'last_start',
      type: 'timestamp',
      comment: 'Start of its last sync; while it is open, of the newest sync, also of one that runs, UTC',
    },
    { name: 'syncs', type: 'bigint', comment: 'How many syncs without data' },
    {
      name: 'statuses',
      type: 'string',
      comment:
        'Their statuses, each once, with commas between; while it is open, the status of the newest sync, and null while that runs',
    },
    {
      name: 'rows_failed',
      type: 'bigint',
      comment: 'Rows that Braze refused in them; while it is open, in the newest sync',
    },
    {
      name: 'next_success',
      type: 'timestamp',
      comment: 'Start of the sync that ended it, UTC; null: none did',
    },
    {
      name: 'minutes_to_success',
      type: 'double',
      comment: 'From its first start to the start of the sync that ended it, rests included; null: none did',
    },
    {
      name: 'still_open',
      type: 'boolean',
      comment: 'Data is expected, and has not come since. False also at rest: paused, or gone',
    },
    ...openOnly('state', 'since', 'reason', 'details_until', 'as_of'),
    {
      name: 'minutes_without_data',
      type: 'double',
      comment:
        'From its first start to the finish of the sync that ended it; until as_of while it is open; to its last sync where it is paused or gone. Without rests and pauses',
    },
    {
      name: 'ended_by',
      type: 'string',
      comment: 'success; paused or gone: nothing is expected any more; null: open',
    },
    {
      name: 'recovered_at',
      type: 'timestamp',
      comment: 'Finish of the sync that ended it, UTC; null: none did',
    },
  ],
  sql: (dialect) => `
-- Those that are over. A streak that nothing has ended is told by standing, below.
WITH streaks AS (
  SELECT
    workspace,
    integration_id,
    min(dt) AS dt,
    max(integration_name) AS integration_name,
    max(integration_type) AS integration_type,
    max(listed) AS listed,
    min(sync_start_time) AS first_start,
    max(sync_start_time) AS last_start,
    count(*) AS syncs,
    ${dialect.listed("array_agg(DISTINCT coalesce(job_status, 'no status'))")} AS statuses,
    ${total('rows_failed')} AS rows_failed,
    max(next_success) AS next_success,
    max(recovered_at) AS recovered_at,
    sum(minutes_at_rest) AS minutes_at_rest
  FROM failed_syncs
  WHERE next_success IS NOT NULL
  GROUP BY workspace, integration_id, streak
)
-- Those that are open.
${told({
  day: dialect.day('standing.failing_since'),
  stillOpen: 'true',
  until: 'standing.as_of',
  endedBy: 'NULL',
  where: "coalesce(standing.state, '') NOT IN ('paused', 'gone', 'refusing')",
})}
UNION ALL
-- Those of integrations at rest.
${told({
  day: dialect.day('standing.failing_since'),
  stillOpen: 'false',
  until: 'standing.last_start',
  endedBy: 'standing.state',
  where: atRest,
})}
UNION ALL
SELECT
  workspace,
  dt,
  integration_id,
  integration_name,
  integration_type,
  listed,
  first_start,
  last_start,
  syncs,
  statuses,
  rows_failed,
  next_success,
  ${minutes('first_start', 'next_success')} AS minutes_to_success,
  false AS still_open,
  CAST(NULL AS varchar) AS state,
  CAST(NULL AS timestamp(3)) AS since,
  CAST(NULL AS varchar) AS reason,
  CAST(NULL AS timestamp(3)) AS details_until,
  CAST(NULL AS timestamp(3)) AS as_of,
  ${minutes('first_start', 'recovered_at')} - CAST(minutes_at_rest AS double) AS minutes_without_data,
  CAST('success' AS varchar) AS ended_by,
  recovered_at
FROM streaks`,
};

interface Told {
  /** The day on which it began. */
  readonly day: string;
  readonly stillOpen: 'true' | 'false';
  readonly until: string;
  readonly endedBy: string;
  readonly where: string;
}

const each = 'PARTITION BY standing.workspace, standing.integration_id';

/** Pauses that began since are no part of its length. */
function told({ day, stillOpen, until, endedBy, where }: Told): string {
  return `SELECT
  standing.workspace,
  ${day} AS dt,
  standing.integration_id,
  ${nameOr('standing.integration_id')} AS integration_name,
  integrations.integration_type,
  integrations.listed,
  standing.failing_since AS first_start,
  standing.last_start,
  standing.syncs_without_success AS syncs,
  CASE
    WHEN standing.last_finish IS NOT NULL OR standing.last_status IN ('success', 'partial', 'error', 'config_error')
      THEN coalesce(standing.last_status, 'no status')
  END AS statuses,
  standing.last_rows_failed AS rows_failed,
  CAST(NULL AS timestamp(3)) AS next_success,
  CAST(NULL AS double) AS minutes_to_success,
  ${stillOpen} AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of,
  (date_diff('millisecond', standing.failing_since, ${until}) - standing.paused_ms) / 60000e0 AS minutes_without_data,
  CAST(${endedBy} AS varchar) AS ended_by,
  CAST(NULL AS timestamp(3)) AS recovered_at
FROM (
  SELECT
    standing.*,
    coalesce(sum(date_diff('millisecond', pauses.paused_from, least(pauses.paused_until, ${until})))
      OVER (${each}), 0) AS paused_ms,
    row_number() OVER (${each} ORDER BY pauses.paused_from) AS pause_number
  FROM standing
  LEFT JOIN pauses
    ON pauses.workspace = standing.workspace AND pauses.integration_id = standing.integration_id
    AND pauses.paused_from >= standing.failing_since AND pauses.paused_from < ${until}
  WHERE standing.failing_since IS NOT NULL AND ${where}
) AS standing
LEFT JOIN integrations
  ON integrations.workspace = standing.workspace AND integrations.integration_id = standing.integration_id
WHERE standing.pause_number = 1`;
}

function openOnly(...names: readonly Parameters<typeof standingColumn>[0][]): ViewColumn[] {
  return names.map((name) => {
    const column = standingColumn(name);
    return { ...column, comment: `Of one that is open, or at rest: ${column.comment}` };
  });
}
