import { failedShare, nameOr } from '../expressions.ts';
import { integration, warehouseType, workspace } from '../integration-columns.ts';
import { isGivenUp } from '../outcome.ts';
import type { View } from '../view.ts';

/** The last sync of a day was not over when it was seen; a newer one has started on another day. */
const isFollowed = 'standing.last_start > days.last_start';

/** Adds up nothing: a filter on `month` gets through to the partitions, and a year is twelve small objects. */
export const dailyHealth: View = {
  name: 'daily_health',
  grain:
    'An integration and UTC day a row, all of history, from the table days; a day without a sync has none. ' +
    'Filter by workspace and month (YYYY-MM), beside dt: nothing else is read then.',
  columns: [
    workspace,
    {
      name: 'dt',
      type: 'string',
      comment: 'UTC day of the starts, yyyy-mm-dd; a filter on month saves reading',
    },
    { name: 'day', type: 'date', comment: 'The same as a date, for charts' },
    ...integration,
    { name: 'syncs', type: 'bigint', comment: 'Syncs that started on the day' },
    { name: 'success', type: 'bigint', comment: 'Of them with the status success' },
    { name: 'partial', type: 'bigint', comment: 'Of them with the status partial: data, some rows refused' },
    { name: 'error', type: 'bigint', comment: 'Of them with the status error: no row was synced' },
    { name: 'config_error', type: 'bigint', comment: 'Of them with the status config_error' },
    {
      name: 'other_failures',
      type: 'bigint',
      comment: 'Of them over with any other status, or without an end: a newer sync has started',
    },
    { name: 'open', type: 'bigint', comment: 'Of them not over when the exporter last looked' },
    { name: 'abandoned', type: 'bigint', comment: 'Of them still not over 7 days after their start' },
    {
      name: 'failed_sync_share',
      type: 'double',
      comment:
        'Of the syncs that are over, those without data, 0 to 1: partial is data; null where all are open',
    },
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived in Braze' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused' },
    { name: 'failed_row_share', type: 'double', comment: 'Refused of all rows, 0 to 1; null without rows' },
    { name: 'median_seconds', type: 'double', comment: 'Median duration (nearest rank) of those finished' },
    { name: 'p95_seconds', type: 'double', comment: '95th percentile of the duration (nearest rank)' },
    {
      name: 'largest_gap_minutes',
      type: 'double',
      comment: 'The longest time of the day without a start, also from midnight and to midnight',
    },
    { name: 'success_without_rows', type: 'bigint', comment: 'Of the successes, those that brought no row' },
    { name: 'first_start', type: 'timestamp', comment: 'First start of the day, UTC' },
    { name: 'last_start', type: 'timestamp', comment: 'Last start of the day, UTC' },
    {
      name: 'last_finish',
      type: 'timestamp',
      comment: 'Latest finish of the syncs that started on the day, UTC',
    },
    warehouseType,
    { name: 'month', type: 'string', comment: 'Month of the day, yyyy-mm; a filter on it saves reading' },
  ],
  sql: () => `
-- What became of the last sync of a day, where it was not over when the day was added up.
WITH judged_days AS (
  SELECT
    days.*,
    days.other_failures + CASE WHEN ${isFollowed} THEN days.not_final ELSE 0 END AS all_other_failures,
    CASE WHEN NOT coalesce(${isFollowed}, false) AND ${isGivenUp('days.last_start')}
      THEN days.not_final ELSE 0 END AS abandoned
  FROM days
  LEFT JOIN standing
    ON standing.workspace = days.workspace AND standing.integration_id = days.integration_id
),
counted_days AS (
  SELECT
    *,
    errors + config_errors + all_other_failures + abandoned AS failures,
    syncs - successes - partials - errors - config_errors - all_other_failures - abandoned AS open
  FROM judged_days
)
SELECT
  counted_days.workspace,
  counted_days.dt,
  TRY_CAST(counted_days.dt AS date) AS day,
  counted_days.integration_id,
  ${nameOr('counted_days.integration_id')} AS integration_name,
  integrations.integration_type,
  counted_days.syncs,
  counted_days.successes AS success,
  counted_days.partials AS partial,
  counted_days.errors AS error,
  counted_days.config_errors AS config_error,
  counted_days.all_other_failures AS other_failures,
  counted_days.open,
  counted_days.abandoned,
  CAST(counted_days.failures AS double)
    / nullif(CAST(counted_days.syncs - counted_days.open AS double), 0) AS failed_sync_share,
  counted_days.rows_synced,
  counted_days.rows_failed,
  ${failedShare('counted_days.rows_failed', 'counted_days.rows_synced')} AS failed_row_share,
  counted_days.median_seconds,
  counted_days.p95_seconds,
  counted_days.largest_gap_minutes,
  counted_days.successes_without_rows AS success_without_rows,
  counted_days.first_start,
  counted_days.last_start,
  counted_days.last_finish,
  integrations.warehouse_type,
  counted_days.month
FROM counted_days
LEFT JOIN integrations
  ON integrations.workspace = counted_days.workspace AND integrations.integration_id = counted_days.integration_id`,
};
