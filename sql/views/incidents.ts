import { lookBackDays, minutes, nameOr, total } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import { standingColumn } from '../standing-columns.ts';
import type { View, ViewColumn } from '../view.ts';

/**
 * What is open stands in `standing`; what is over is found among the syncs. The two halves tell `still_open` as a
 * constant: a question about what is open reads no day of syncs.
 */
export const incidents: View = {
  name: 'incidents',
  grain:
    'A streak of syncs without success a row. One that is open is as the table standing tells it, up to its newest ' +
    'sync. One that is over goes from the first sync after a success to the last before the next, where only the ' +
    'status success is one; syncs that are still open neither begin nor end it. ' +
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
    { name: 'syncs', type: 'bigint', comment: 'How many syncs without success' },
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
      comment: 'Start of the success that ended it; null: still open',
    },
    {
      name: 'minutes_to_success',
      type: 'double',
      comment: 'From its first start to the start of the next success; null while it is open',
    },
    { name: 'still_open', type: 'boolean', comment: 'No success since' },
    ...openOnly('state', 'since', 'reason', 'details_until', 'as_of'),
  ],
  sql: (dialect) => `
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
    max(next_success) AS next_success
  FROM failed_syncs
  WHERE next_success IS NOT NULL
  GROUP BY workspace, integration_id, streak
)
SELECT
  standing.workspace,
  ${dialect.day('standing.failing_since')} AS dt,
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
  true AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of
FROM standing
LEFT JOIN integrations
  ON integrations.workspace = standing.workspace AND integrations.integration_id = standing.integration_id
WHERE standing.failing_since IS NOT NULL
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
  CAST(NULL AS timestamp(3)) AS as_of
FROM streaks`,
};

function openOnly(...names: readonly Parameters<typeof standingColumn>[0][]): ViewColumn[] {
  return names.map((name) => {
    const column = standingColumn(name);
    return { ...column, comment: `Of one that is open: ${column.comment}` };
  });
}
