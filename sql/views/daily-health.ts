import { failedShare, minutes, nearestRank, total } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/** Every window is within a day, so that a filter on `dt` gets through to the partitions. */
export const dailyHealth: View = {
  name: 'daily_health',
  grain:
    'An integration and UTC day a row, all of history; a day without a sync has none. ' +
    'Filter by workspace and dt: nothing else is read then.',
  columns: [
    workspace,
    {
      name: 'dt',
      type: 'string',
      comment: 'UTC day of the starts, yyyy-mm-dd; a filter on it saves reading',
    },
    { name: 'day', type: 'date', comment: 'The same as a date, for charts' },
    ...integration,
    { name: 'syncs', type: 'bigint', comment: 'Syncs that started on the day' },
    { name: 'success', type: 'bigint', comment: 'Of them with the status success' },
    { name: 'partial', type: 'bigint', comment: 'Of them with the status partial: some rows were refused' },
    { name: 'error', type: 'bigint', comment: 'Of them with the status error: no row was synced' },
    { name: 'config_error', type: 'bigint', comment: 'Of them with the status config_error' },
    { name: 'other_failures', type: 'bigint', comment: 'Of them final with any other status' },
    { name: 'open', type: 'bigint', comment: 'Of them not final yet' },
    { name: 'abandoned', type: 'bigint', comment: 'Of them still not final 7 days after their start' },
    {
      name: 'failed_sync_share',
      type: 'double',
      comment: 'Of the syncs that are not open, those without success, 0 to 1; null where all are open',
    },
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived in Braze' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused' },
    { name: 'failed_row_share', type: 'double', comment: 'Refused of all rows, 0 to 1; null without rows' },
    { name: 'median_seconds', type: 'double', comment: 'Median duration (nearest rank) of those finished' },
    { name: 'p95_seconds', type: 'double', comment: '95th percentile of the duration (nearest rank)' },
    {
      name: 'largest_gap_minutes',
      type: 'double',
      comment: 'The longest time between two starts of the day, not across midnight; null with one sync',
    },
  ],
  sql: (dialect) => `
WITH spaced_syncs AS (
  SELECT
    *,
    lag(sync_start_time) OVER (
      PARTITION BY workspace, integration_id, dt ORDER BY sync_start_time
    ) AS previous_start
  FROM sync_history
),
days AS (
  SELECT
    workspace,
    dt,
    integration_id,
    max(integration_name) AS integration_name,
    max(integration_type) AS integration_type,
    count(*) AS syncs,
    count(*) FILTER (WHERE outcome = 'success') AS success,
    count(*) FILTER (WHERE job_status = 'partial') AS partial,
    count(*) FILTER (WHERE job_status = 'error') AS error,
    count(*) FILTER (WHERE job_status = 'config_error') AS config_error,
    count(*) FILTER (WHERE outcome = 'failure') AS failures,
    count(*) FILTER (WHERE outcome = 'open') AS open,
    count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
    ${total('rows_synced')} AS rows_synced,
    ${total('rows_failed')} AS rows_failed,
    ${nearestRank(0.5, 'duration_seconds', dialect)} AS median_seconds,
    ${nearestRank(0.95, 'duration_seconds', dialect)} AS p95_seconds,
    max(${minutes('previous_start', 'sync_start_time')}) AS largest_gap_minutes
  FROM spaced_syncs
  GROUP BY workspace, dt, integration_id
)
SELECT
  workspace,
  dt,
  TRY_CAST(dt AS date) AS day,
  integration_id,
  integration_name,
  integration_type,
  syncs,
  success,
  partial,
  error,
  config_error,
  failures - partial - error - config_error AS other_failures,
  open,
  abandoned,
  CAST(failures + abandoned AS double) / nullif(CAST(syncs - open AS double), 0) AS failed_sync_share,
  rows_synced,
  rows_failed,
  ${failedShare('rows_failed', 'rows_synced')} AS failed_row_share,
  median_seconds,
  p95_seconds,
  largest_gap_minutes
FROM days`,
};
