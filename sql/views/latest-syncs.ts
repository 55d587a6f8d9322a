import { daysAgo, lookBackDays, minutes, nameOr, newestFirst } from '../expressions.ts';
import { integration, integrationStatus, listed, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/**
 * The integrations themselves stand among their syncs as rows of nulls, so that one without syncs has a row here.
 * A full join would do the same, but a filter on `workspace` would not get through it to the partitions.
 */
export const latestSyncs: View = {
  name: 'latest_syncs',
  grain:
    'An integration a row, with its newest sync and its newest success. ' +
    `Looks back ${lookBackDays} days; one without syncs in them has nulls.`,
  columns: [
    workspace,
    ...integration,
    integrationStatus,
    listed,
    { name: 'last_start', type: 'timestamp', comment: 'Start of its newest sync, UTC' },
    { name: 'last_status', type: 'string', comment: 'Status of its newest sync, also one that is running' },
    { name: 'last_rows_synced', type: 'bigint', comment: 'Rows of its newest sync that arrived' },
    { name: 'last_rows_failed', type: 'bigint', comment: 'Rows of its newest sync that Braze refused' },
    { name: 'minutes_since_start', type: 'double', comment: 'From the newest start until now' },
    { name: 'last_success', type: 'timestamp', comment: 'Start of its newest success, UTC' },
    { name: 'minutes_since_success', type: 'double', comment: 'From that start until now' },
    {
      name: 'syncs_without_success',
      type: 'bigint',
      comment: 'Syncs in a row, up to the newest that is not open, that were no success; 0: it is well',
    },
  ],
  sql: (dialect) => `
WITH ranked_syncs AS (
  SELECT
    workspace, integration_id, sync_start_time, job_status, rows_synced, rows_failed, outcome,
    row_number() OVER (
      PARTITION BY workspace, integration_id ORDER BY ${newestFirst}
    ) AS recency,
    count(CASE WHEN outcome = 'success' THEN 1 END) OVER (
      PARTITION BY workspace, integration_id ORDER BY ${newestFirst} ROWS UNBOUNDED PRECEDING
    ) AS successes_since
  FROM sync_history
  WHERE dt >= ${daysAgo(lookBackDays, dialect)}
),
syncs_and_integrations AS (
  SELECT * FROM ranked_syncs
  UNION ALL
  SELECT workspace, integration_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM integrations
),
latest AS (
  SELECT
    workspace,
    integration_id,
    max(sync_start_time) AS last_start,
    max(job_status) FILTER (WHERE recency = 1) AS last_status,
    max(rows_synced) FILTER (WHERE recency = 1) AS last_rows_synced,
    max(rows_failed) FILTER (WHERE recency = 1) AS last_rows_failed,
    max(sync_start_time) FILTER (WHERE outcome = 'success') AS last_success,
    count(*) FILTER (
      WHERE successes_since = 0 AND outcome IN ('failure', 'abandoned')
    ) AS syncs_without_success
  FROM syncs_and_integrations
  GROUP BY workspace, integration_id
)
SELECT
  latest.workspace,
  latest.integration_id,
  ${nameOr('latest.integration_id')} AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed,
  latest.last_start,
  latest.last_status,
  latest.last_rows_synced,
  latest.last_rows_failed,
  ${minutes('latest.last_start', dialect.now)} AS minutes_since_start,
  latest.last_success,
  ${minutes('latest.last_success', dialect.now)} AS minutes_since_success,
  latest.syncs_without_success
FROM latest
LEFT JOIN integrations
  ON integrations.workspace = latest.workspace AND integrations.integration_id = latest.integration_id`,
};
