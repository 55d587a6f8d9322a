import { lookBackDays, minutes, total } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

export const incidents: View = {
  name: 'incidents',
  grain:
    'A streak of syncs without success a row: from the first after a success to the last before the next. ' +
    `Syncs that are still open neither begin nor end one. Looks back ${lookBackDays} days.`,
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day on which it began, yyyy-mm-dd' },
    ...integration,
    { name: 'listed', type: 'boolean', comment: 'False: gone from Braze, nothing will end it' },
    { name: 'first_start', type: 'timestamp', comment: 'Start of its first sync, UTC' },
    { name: 'last_start', type: 'timestamp', comment: 'Start of its last sync so far, UTC' },
    { name: 'syncs', type: 'bigint', comment: 'How many syncs without success' },
    { name: 'statuses', type: 'string', comment: 'Their statuses, each once, with commas between' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused in them' },
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
  ],
  sql: (dialect) => `
WITH streaks AS (
  SELECT
    workspace,
    integration_id,
    streak,
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
  GROUP BY workspace, integration_id, streak
)
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
  next_success IS NULL AS still_open
FROM streaks`,
};
