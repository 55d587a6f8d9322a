import { durationOf, failedShare, nameOr } from '../expressions.ts';
import { integration, integrationStatus, listed, warehouseType, workspace } from '../integration-columns.ts';
import { outcome } from '../outcome.ts';
import type { View } from '../view.ts';

/** For every sync what became of it, in the words of sql/outcome.ts; the questions about single syncs build on it. */
export const syncHistory: View = {
  name: 'sync_history',
  grain:
    'A sync a row, all of history, with the name of its integration and what became of it. ' +
    'Filter by workspace and dt: nothing else is read then.',
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day of the start, yyyy-mm-dd; a filter on it saves reading' },
    ...integration,
    integrationStatus,
    listed,
    { name: 'sync_start_time', type: 'timestamp', comment: 'Start, UTC' },
    { name: 'sync_finish_time', type: 'timestamp', comment: 'Finish, UTC; null while running' },
    { name: 'last_timestamp_synced', type: 'timestamp', comment: 'Newest UPDATED_AT of the source, UTC' },
    { name: 'job_status', type: 'string', comment: 'As Braze gave it, in lower case; an open set' },
    {
      name: 'outcome',
      type: 'string',
      comment:
        'success; partial (data, some rows refused); failure: over without data (error, config_error, another status ' +
        'with a finish, or a newer sync has started); open: not over; abandoned: open 7 days after its start, by as_of',
    },
    { name: 'duration_seconds', type: 'double', comment: 'From start to finish; null while running' },
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived in Braze' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused (rows_failed_with_errors)' },
    {
      name: 'failed_row_share',
      type: 'double',
      comment: 'Refused of all its rows, 0 to 1; null without rows',
    },
    { name: 'raw', type: 'string', comment: 'The row as Braze sent it, JSON' },
    warehouseType,
  ],
  sql: () => `
SELECT
  syncs.workspace,
  syncs.dt,
  syncs.integration_id,
  ${nameOr('syncs.integration_id')} AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed,
  syncs.sync_start_time,
  syncs.sync_finish_time,
  syncs.last_timestamp_synced,
  syncs.job_status,
  ${outcome} AS outcome,
  ${durationOf('syncs')} AS duration_seconds,
  syncs.rows_synced,
  syncs.rows_failed_with_errors AS rows_failed,
  ${failedShare('syncs.rows_failed_with_errors', 'syncs.rows_synced')} AS failed_row_share,
  syncs.raw,
  integrations.warehouse_type
FROM syncs
LEFT JOIN integrations
  ON integrations.workspace = syncs.workspace AND integrations.integration_id = syncs.integration_id
LEFT JOIN standing
  ON standing.workspace = syncs.workspace AND standing.integration_id = syncs.integration_id`,
};
