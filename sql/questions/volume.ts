import { daysAgo, monthsSince, nearestRank, total } from '../expressions.ts';
import type { Question } from '../question.ts';

export const volume: readonly Question[] = [
  {
    name: 'unusual days',
    description:
      'Days of the last 30 with far more or fewer rows than usual, or without a sync where one was expected.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 30 days, up to 90.
SELECT
  dt, workspace, integration_id, integration_name, kind, rows_synced, usual_rows, round(score, 1) AS score,
  compared_with, failed_since_dt
FROM volume_anomalies
WHERE workspace LIKE '%' AND dt >= ${daysAgo(30, dialect)}
ORDER BY dt DESC, abs(volume_anomalies.score) DESC, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'this week and last week',
    description:
      'The last 7 whole days beside the 7 before: syncs, those without data, and rows, by integration.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own).
WITH two_weeks AS (
  SELECT *, dt >= ${daysAgo(7, dialect)} AS is_now, syncs - success - partial - open AS failed
  FROM daily_health
  WHERE workspace LIKE '%'
    AND ${monthsSince('month', 14, dialect)}
    AND dt >= ${daysAgo(14, dialect)} AND dt < ${daysAgo(0, dialect)}
)
SELECT
  workspace, integration_id, integration_name,
  sum(CASE WHEN is_now THEN 0 ELSE syncs END) AS syncs_before,
  sum(CASE WHEN is_now THEN syncs ELSE 0 END) AS syncs_now,
  sum(CASE WHEN is_now THEN 0 ELSE failed END) AS failed_before,
  sum(CASE WHEN is_now THEN failed ELSE 0 END) AS failed_now,
  ${total('CASE WHEN NOT is_now THEN rows_synced END')} AS rows_before,
  ${total('CASE WHEN is_now THEN rows_synced END')} AS rows_now
FROM two_weeks
GROUP BY workspace, integration_id, integration_name
ORDER BY workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'after the warehouse move',
    description: 'What changed on a day: the 14 days before it beside the 14 from it on, up to now.',
    sql: (dialect) => `
-- To change: the day of the move, such as '2026-11-02', in the third line. '%' is every workspace (put your own).
WITH moved AS (
  SELECT ${daysAgo(14, dialect)} AS on_day
),
compared AS (
  SELECT
    on_day,
    ${dialect.day(dialect.plusDays('CAST(on_day AS date)', '-14'))} AS first_day,
    ${dialect.day(dialect.plusDays('CAST(on_day AS date)', '14'))} AS end_day
  FROM moved
),
marked_syncs AS (
  SELECT
    sync_history.*,
    CASE WHEN dt < on_day THEN 'before' ELSE 'after' END AS period
  FROM sync_history
  CROSS JOIN compared
  -- Of a move that was longer ago, put a number that reaches 14 days further back.
  WHERE workspace LIKE '%' AND dt >= ${daysAgo(100, dialect)} AND dt >= first_day AND dt < end_day
)
SELECT
  workspace, integration_id, integration_name, period,
  count(*) AS syncs,
  count(CASE WHEN outcome IN ('failure', 'abandoned') THEN 1 END) AS syncs_without_data,
  -- The median, and what nineteen of twenty do not exceed.
  ${nearestRank(0.5, 'duration_seconds', dialect)} AS median_seconds,
  ${nearestRank(0.95, 'duration_seconds', dialect)} AS p95_seconds,
  ${nearestRank(0.5, 'rows_synced', dialect)} AS median_rows,
  ${total('rows_failed')} AS rows_failed
FROM marked_syncs
GROUP BY workspace, integration_id, integration_name, period
ORDER BY workspace, integration_id, period DESC
LIMIT 500`,
  },
  {
    name: 'syncs for nothing',
    description:
      'The last 30 days: how many syncs brought no row, which costs time of the warehouse, and how far apart those are that do.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), the 30 days, which stand twice, and their 720 hours.
SELECT
  workspace, integration_id, integration_name, warehouse_type,
  sum(syncs) AS syncs,
  sum(success_without_rows) AS without_rows,
  round(100e0 * sum(success_without_rows) / sum(syncs), 1) AS percent_without_rows,
  round(720e0 / nullif(sum(success + partial - success_without_rows), 0), 1) AS hours_between_those_with_rows
FROM daily_health
WHERE workspace LIKE '%'
  AND ${monthsSince('month', 30, dialect)}
  AND dt >= ${daysAgo(30, dialect)}
GROUP BY workspace, integration_id, integration_name, warehouse_type
HAVING sum(success_without_rows) > 0
ORDER BY without_rows DESC, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'rows by integration and their growth',
    description:
      'Who brings the most rows, which data points are billed by: the last 28 whole days beside the 28 before.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own).
WITH rows_of_each AS (
  SELECT
    workspace, integration_id, integration_name, integration_type,
    ${total(`CASE WHEN dt >= ${daysAgo(28, dialect)} THEN rows_synced END`)} AS rows_now,
    ${total(`CASE WHEN dt < ${daysAgo(28, dialect)} THEN rows_synced END`)} AS rows_before
  FROM daily_health
  WHERE workspace LIKE '%'
    AND ${monthsSince('month', 56, dialect)}
    AND dt >= ${daysAgo(56, dialect)} AND dt < ${daysAgo(0, dialect)}
  GROUP BY workspace, integration_id, integration_name, integration_type
)
SELECT
  workspace, integration_id, integration_name, integration_type, rows_now, rows_before,
  round(100e0 * rows_now / nullif(rows_before, 0) - 100, 1) AS growth_percent,
  round(100e0 * rows_now / nullif(sum(CAST(rows_now AS double)) OVER (PARTITION BY workspace), 0), 1)
    AS percent_of_workspace
FROM rows_of_each
ORDER BY rows_now DESC NULLS LAST, workspace, integration_id
LIMIT 500`,
  },
];
