import { daysAgo, failedShare, nearestRank, total } from '../expressions.ts';
import type { Question } from '../question.ts';

export const volume: readonly Question[] = [
  {
    name: 'unusual days',
    description: 'Days of the last 30 on which an integration brought far more or fewer rows than usual.',
    sql: (dialect) => `
SELECT dt, integration_name, rows_synced, usual_rows, round(score, 1) AS score, compared_with
FROM volume_anomalies
WHERE dt >= ${daysAgo(30, dialect)}
ORDER BY dt DESC, abs(volume_anomalies.score) DESC, integration_name, integration_id`,
  },
  {
    name: 'this week and last week',
    description: 'The last 7 whole days beside the 7 before them: syncs, failures, and rows, by integration.',
    sql: (dialect) => `
SELECT
  integration_name,
  sum(CASE WHEN dt < ${daysAgo(7, dialect)} THEN syncs ELSE 0 END) AS syncs_before,
  sum(CASE WHEN dt >= ${daysAgo(7, dialect)} THEN syncs ELSE 0 END) AS syncs_now,
  sum(CASE WHEN dt < ${daysAgo(7, dialect)} THEN syncs - success - open ELSE 0 END) AS failures_before,
  sum(CASE WHEN dt >= ${daysAgo(7, dialect)} THEN syncs - success - open ELSE 0 END) AS failures_now,
  ${total(`CASE WHEN dt < ${daysAgo(7, dialect)} THEN rows_synced END`)} AS rows_before,
  ${total(`CASE WHEN dt >= ${daysAgo(7, dialect)} THEN rows_synced END`)} AS rows_now
FROM daily_health
WHERE dt >= ${daysAgo(14, dialect)} AND dt < ${daysAgo(0, dialect)}
GROUP BY workspace, integration_id, integration_name
ORDER BY integration_name, integration_id`,
  },
  {
    name: 'after the warehouse move',
    description:
      'What changed on a day, by default 14 days ago: the 14 days before it beside the 14 from it on, up to now. ' +
      'Put your own day, such as 2026-11-02 in quotes, in place of what becomes on_day.',
    sql: (dialect) => `
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
  -- The first condition is a constant: it keeps older days from being listed.
  WHERE dt >= ${daysAgo(400, dialect)} AND dt >= first_day AND dt < end_day
)
SELECT
  integration_name,
  period,
  count(*) AS syncs,
  count(*) FILTER (WHERE outcome IN ('failure', 'abandoned')) AS failures,
  ${nearestRank(0.5, 'duration_seconds', dialect)} AS median_seconds,
  ${nearestRank(0.95, 'duration_seconds', dialect)} AS p95_seconds,
  ${nearestRank(0.5, 'rows_synced', dialect)} AS median_rows,
  ${total('rows_failed')} AS rows_failed
FROM marked_syncs
GROUP BY workspace, integration_id, integration_name, period
ORDER BY integration_name, integration_id, period DESC`,
  },
  {
    name: 'rows by type and month',
    description: 'The last twelve months: rows that arrived and rows refused, by type of integration.',
    sql: (dialect) => `
WITH months AS (
  SELECT
    substr(dt, 1, 7) AS month, integration_type,
    sum(syncs) AS syncs, ${total('rows_synced')} AS rows_synced, ${total('rows_failed')} AS rows_failed
  FROM daily_health
  WHERE dt >= ${daysAgo(365, dialect)}
  GROUP BY substr(dt, 1, 7), integration_type
)
SELECT
  month, integration_type, syncs, rows_synced, rows_failed,
  round(100e0 * ${failedShare('rows_failed', 'rows_synced')}, 3) AS refused_percent
FROM months
ORDER BY month DESC, integration_type NULLS LAST`,
  },
];
