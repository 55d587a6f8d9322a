import { daysAgo, lookBackDays, minutes, nameOr, nearestRank } from '../expressions.ts';
import { integration, integrationStatus, listed, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/** The usual distance is that of so many distances between starts, the newest ones. */
const distances = 20;

/** A success is expected within so many usual distances: one that starts late, or runs for long, is not missing. */
const patience = 2;

/**
 * Late is judged at the moment when an exporter last looked: that it has not looked since says nothing of the
 * source. When nobody has looked for a day, it is not known whether the data is late.
 */
export const freshness: View = {
  name: 'freshness',
  grain:
    'An integration a row: is its data late? Nothing is expected of one that is gone or paused, or has fewer ' +
    `than two syncs. One that syncs on events, or not at weekends, is called late in its pauses. Looks back ${lookBackDays} days.`,
  columns: [
    workspace,
    ...integration,
    integrationStatus,
    listed,
    { name: 'last_success', type: 'timestamp', comment: 'Start of its newest success, UTC' },
    {
      name: 'usual_minutes',
      type: 'double',
      comment: `Usual distance between two starts: the median of the newest ${distances}`,
    },
    {
      name: 'expected_by',
      type: 'timestamp',
      comment:
        `When the next success had to have started: ${patience} usual distances after the last one, ` +
        'or after its first sync where none has succeeded, UTC',
    },
    {
      name: 'as_of',
      type: 'timestamp',
      comment: 'When an exporter last looked; now where that is not known',
    },
    {
      name: 'late',
      type: 'boolean',
      comment: 'Not there when expected; null: nothing is expected, or nobody has looked for a day',
    },
    { name: 'minutes_late', type: 'double', comment: 'From expected_by to as_of; 0 where it is not late' },
    {
      name: 'newest_timestamp_synced',
      type: 'timestamp',
      comment: 'Newest last_timestamp_synced: how far the source’s data has come, by its own clock, UTC',
    },
  ],
  sql: (dialect) => `
WITH spaced_syncs AS (
  SELECT
    workspace, integration_id, sync_start_time, last_timestamp_synced, outcome,
    date_diff('millisecond', lag(sync_start_time) OVER (
      PARTITION BY workspace, integration_id ORDER BY sync_start_time
    ), sync_start_time) AS distance,
    dense_rank() OVER (
      PARTITION BY workspace, integration_id ORDER BY sync_start_time DESC
    ) AS recency
  FROM sync_history
  WHERE dt >= ${daysAgo(lookBackDays, dialect)}
),
syncs_and_integrations AS (
  SELECT
    workspace, integration_id, sync_start_time, last_timestamp_synced, outcome,
    CASE WHEN recency <= ${distances} AND distance > 0 THEN distance END AS recent_distance
  FROM spaced_syncs
  UNION ALL
  SELECT workspace, integration_id, NULL, NULL, NULL, NULL FROM integrations
),
paces AS (
  SELECT
    workspace,
    integration_id,
    min(sync_start_time) AS first_start,
    max(sync_start_time) FILTER (WHERE outcome = 'success') AS last_success,
    max(last_timestamp_synced) AS newest_timestamp_synced,
    ${nearestRank(0.5, 'recent_distance', dialect)} AS usual_distance
  FROM syncs_and_integrations
  GROUP BY workspace, integration_id
),
expectations AS (
  SELECT
    paces.workspace,
    paces.integration_id,
    ${nameOr('paces.integration_id')} AS integration_name,
    integrations.integration_type,
    integrations.integration_status,
    integrations.listed,
    paces.last_success,
    paces.usual_distance / 60000e0 AS usual_minutes,
    CASE
      WHEN integrations.listed = false OR lower(integrations.integration_status) = 'paused' THEN NULL
      ELSE ${dialect.plusMilliseconds('coalesce(paces.last_success, paces.first_start)', `${patience} * paces.usual_distance`)}
    END AS expected_by,
    coalesce(coverage.checked_at, ${dialect.now}) AS as_of,
    paces.newest_timestamp_synced
  FROM paces
  LEFT JOIN integrations
    ON integrations.workspace = paces.workspace AND integrations.integration_id = paces.integration_id
  LEFT JOIN coverage
    ON coverage.workspace = paces.workspace AND coverage.integration_id = paces.integration_id
)
SELECT
  workspace,
  integration_id,
  integration_name,
  integration_type,
  integration_status,
  listed,
  last_success,
  usual_minutes,
  expected_by,
  as_of,
  CASE
    WHEN as_of > expected_by THEN true
    WHEN as_of > ${dialect.now} - INTERVAL '1' DAY AND expected_by IS NOT NULL THEN false
  END AS late,
  CASE
    WHEN as_of > expected_by THEN ${minutes('expected_by', 'as_of')}
    WHEN as_of > ${dialect.now} - INTERVAL '1' DAY AND expected_by IS NOT NULL THEN 0e0
  END AS minutes_late,
  newest_timestamp_synced
FROM expectations`,
};
