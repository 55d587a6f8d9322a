/** When data arrives, and whether it does. */
import { daysAgo, minutes, monthsSince, nameOr, nearestRank } from '../expressions.ts';
import type { Question } from '../question.ts';

const zone = "'Europe/Berlin'";

export const arrival: readonly Question[] = [
  {
    name: 'there by eight',
    description:
      'The last 30 days: on how many of them the first data of the day was there before 8:00, local time. Days on which it was paused or gone do not count.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), the zone 'Europe/Berlin', and '08:00', each wherever it stands.
WITH arrivals AS (
  SELECT workspace, integration_id, ${dialect.local('sync_finish_time', zone)} AS arrived_at
  FROM sync_history
  WHERE workspace LIKE '%' AND dt >= ${daysAgo(31, dialect)} AND outcome IN ('success', 'partial')
),
rests AS (
  SELECT workspace, integration_id, paused_from AS rest_from, paused_until AS rest_until
  FROM pauses
  WHERE workspace LIKE '%'
  UNION ALL
  SELECT workspace, integration_id, coalesce(since, last_start) AS rest_from, ${dialect.now} AS rest_until
  FROM latest_syncs
  WHERE workspace LIKE '%' AND state IN ('paused', 'gone')
),
local_rests AS (
  SELECT
    workspace, integration_id,
    ${dialect.minute(dialect.local('rest_from', zone))} AS rest_from,
    ${dialect.minute(dialect.local('rest_until', zone))} AS rest_until
  FROM rests
),
last_days AS (
  SELECT ${dialect.day(dialect.plusDays(`CAST(${daysAgo(30, dialect)} AS date)`, 'number'))} AS local_day
  FROM UNNEST(${dialect.numbers('0', '29')}) AS numbers(number)
),
-- The first data of a day, and the days that were at rest at a time before eight.
told AS (
  SELECT
    workspace, integration_id, ${dialect.day('arrived_at')} AS local_day,
    substr(${dialect.minute('min(arrived_at)')}, 12) AS local_time, 0 AS at_rest
  FROM arrivals
  WHERE arrived_at IS NOT NULL
  GROUP BY workspace, integration_id, ${dialect.day('arrived_at')}
  UNION ALL
  SELECT workspace, integration_id, local_day, CAST(NULL AS varchar) AS local_time, 1 AS at_rest
  FROM local_rests
  JOIN last_days
    ON coalesce(rest_from, '') < last_days.local_day || ' 08:00' AND rest_until > last_days.local_day || ' 00:00'
),
days_told AS (
  SELECT workspace, integration_id, local_day, max(local_time) AS local_time, max(at_rest) AS at_rest
  FROM told
  WHERE local_day >= ${daysAgo(30, dialect)} AND local_day < ${daysAgo(0, dialect)}
  GROUP BY workspace, integration_id, local_day
)
SELECT
  days_told.workspace, days_told.integration_id,
  ${nameOr('days_told.integration_id')} AS integration_name,
  count(CASE WHEN local_time < '08:00' THEN 1 END) AS days_in_time,
  count(CASE WHEN local_time >= '08:00' AND at_rest = 0 THEN 1 END) AS days_too_late,
  30 - count(*) AS days_without_data,
  count(CASE WHEN at_rest = 1 AND coalesce(local_time, '08:00') >= '08:00' THEN 1 END) AS days_at_rest,
  max(CASE WHEN at_rest = 0 OR local_time < '08:00' THEN local_time END) AS latest,
  max(CASE WHEN local_time >= '08:00' AND at_rest = 0 THEN local_day END) AS last_too_late
FROM days_told
LEFT JOIN integrations
  ON integrations.workspace = days_told.workspace AND integrations.integration_id = days_told.integration_id
GROUP BY days_told.workspace, days_told.integration_id, ${nameOr('days_told.integration_id')}
HAVING count(local_time) > 0
ORDER BY days_in_time, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'green but empty',
    description:
      'Integrations that succeed and may bring nothing: a sign that is open, or no row for a week where some came before.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own, it stands twice).
WITH lately AS (
  SELECT
    workspace, integration_id,
    max(CASE WHEN rows_synced > 0 THEN dt END) AS last_dt_with_rows,
    sum(CASE WHEN dt >= ${daysAgo(7, dialect)} THEN success_without_rows ELSE 0 END) AS empty_successes
  FROM daily_health
  WHERE workspace LIKE '%'
    AND ${monthsSince('month', 90, dialect)}
    AND dt >= ${daysAgo(90, dialect)}
  GROUP BY workspace, integration_id
)
SELECT
  latest_syncs.workspace, latest_syncs.integration_id, latest_syncs.integration_name, latest_syncs.state,
  latest_syncs.traps, lately.last_dt_with_rows, lately.empty_successes, latest_syncs.last_success,
  latest_syncs.reason
FROM latest_syncs
LEFT JOIN lately
  ON lately.workspace = latest_syncs.workspace AND lately.integration_id = latest_syncs.integration_id
WHERE latest_syncs.workspace LIKE '%'
  AND (latest_syncs.traps IS NOT NULL
    OR (lately.empty_successes > 0 AND lately.last_dt_with_rows < ${daysAgo(7, dialect)}))
ORDER BY last_dt_with_rows NULLS FIRST, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'age of the data on arrival',
    description:
      'The last 14 days: from the newest row of the source (UPDATED_AT) to the finish of the sync that brought it.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 14 days.
WITH arrivals AS (
  SELECT *, ${minutes('last_timestamp_synced', 'sync_finish_time')} AS age_minutes
  FROM sync_history
  WHERE workspace LIKE '%'
    AND dt >= ${daysAgo(14, dialect)}
    AND outcome IN ('success', 'partial') AND rows_synced > 0
)
SELECT
  workspace, integration_id, integration_name,
  count(age_minutes) AS syncs,
  -- The median, and what nineteen of twenty do not exceed.
  round(${nearestRank(0.5, 'age_minutes', dialect)}, 1) AS median_minutes,
  round(${nearestRank(0.95, 'age_minutes', dialect)}, 1) AS p95_minutes,
  round(max(age_minutes), 1) AS oldest_minutes
FROM arrivals
WHERE age_minutes IS NOT NULL
GROUP BY workspace, integration_id, integration_name
ORDER BY p95_minutes DESC, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'availability by month',
    description:
      'The last twelve months: of the syncs that were over those that brought data, and the days on which none did.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own). With integration_id in both lists each stands by itself.
SELECT
  month, workspace,
  count(DISTINCT integration_id) AS integrations,
  sum(syncs - open) AS ended_syncs,
  sum(success + partial) AS syncs_with_data,
  round(100e0 * sum(success + partial) / nullif(sum(syncs - open), 0), 2) AS percent_with_data,
  count(CASE WHEN success + partial = 0 AND syncs > open THEN 1 END) AS days_without_data
FROM daily_health
WHERE workspace LIKE '%' AND ${monthsSince('month', 365, dialect)}
GROUP BY month, workspace
ORDER BY month DESC, workspace
LIMIT 200`,
  },
];
