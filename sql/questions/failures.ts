import { daysAgo, failedShare, monthsSince, total } from '../expressions.ts';
import type { Question } from '../question.ts';

export const failures: readonly Question[] = [
  {
    name: 'failed since monday',
    description: 'Every sync since Monday, 00:00 UTC, that brought no data, the newest first.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and a day such as '2026-11-02' instead of Monday.
SELECT
  workspace, integration_id, integration_name, sync_start_time, job_status, rows_failed, streak_position, next_success
FROM failed_syncs
WHERE workspace LIKE '%'
  AND dt >= ${dialect.day(`date_trunc('week', ${dialect.now})`)}
ORDER BY sync_start_time DESC, workspace, integration_id, streak, streak_position
LIMIT 500`,
  },
  {
    name: 'open incidents',
    description: 'What brings no data right now, the longest first. Not what is paused or gone.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name, first_start, last_start, syncs, statuses, state, reason,
  round(minutes_without_data / 60, 1) AS hours_without_data
FROM incidents
WHERE workspace LIKE '%' AND still_open
ORDER BY first_start, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'longest incidents',
    description: 'The 20 incidents of the last 45 days in which data was missing longest, and that are over.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name, first_start, recovered_at, syncs, statuses,
  round(minutes_without_data / 60, 1) AS hours_without_data
FROM incidents
WHERE workspace LIKE '%' AND NOT still_open AND ended_by = 'success'
ORDER BY minutes_without_data DESC, first_start, workspace, integration_id
LIMIT 20`,
  },
  {
    name: 'success rate by integration',
    description:
      'The last 30 days: of the syncs that are over those that brought data, partial included; the worst first.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 30 days, which stand twice.
SELECT
  workspace, integration_id, integration_name,
  sum(syncs - open) AS ended_syncs,
  sum(success) AS successes,
  sum(partial) AS partials,
  round(100e0 * sum(success + partial) / nullif(sum(syncs - open), 0), 2) AS percent_with_data,
  ${total('rows_synced')} AS rows_synced
FROM daily_health
WHERE workspace LIKE '%'
  AND ${monthsSince('month', 30, dialect)}
  AND dt >= ${daysAgo(30, dialect)}
GROUP BY workspace, integration_id, integration_name
ORDER BY percent_with_data NULLS LAST, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'time to recover',
    description:
      'The last 45 days: how many incidents an integration had, and how long its data was missing on average.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name,
  count(*) AS incidents,
  ${total('syncs')} AS syncs_without_data,
  round(avg(CASE WHEN ended_by = 'success' THEN minutes_without_data END), 1) AS mean_minutes_without_data,
  count(CASE WHEN still_open THEN 1 END) AS still_open
FROM incidents
WHERE workspace LIKE '%'
GROUP BY workspace, integration_id, integration_name
ORDER BY syncs_without_data DESC, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'is it the warehouse',
    description:
      'The last two days by hour: of the integrations of a kind of warehouse, how many had a sync without data, and how many syncs those were.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 2 days.
SELECT
  workspace,
  warehouse_type,
  date_trunc('hour', sync_start_time) AS hour_utc,
  count(DISTINCT integration_id) AS integrations,
  count(DISTINCT CASE WHEN outcome IN ('failure', 'abandoned') THEN integration_id END) AS failing,
  count(*) AS syncs,
  count(CASE WHEN outcome IN ('failure', 'abandoned') THEN 1 END) AS failed
FROM sync_history
WHERE workspace LIKE '%' AND dt >= ${daysAgo(2, dialect)}
GROUP BY workspace, warehouse_type, date_trunc('hour', sync_start_time)
HAVING count(CASE WHEN outcome IN ('failure', 'abandoned') THEN 1 END) > 0
ORDER BY hour_utc DESC, failing DESC, workspace, warehouse_type NULLS LAST
LIMIT 200`,
  },
  {
    name: 'statuses nobody knew',
    description:
      'The last 45 days: statuses that Braze does not document, or that are missing; since when, how often.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 45 days.
SELECT
  job_status, workspace, integration_id, integration_name,
  count(*) AS syncs, min(sync_start_time) AS first_start, max(sync_start_time) AS last_start
FROM sync_history
WHERE workspace LIKE '%'
  AND dt >= ${daysAgo(45, dialect)}
  AND coalesce(job_status, '') NOT IN ('success', 'partial', 'error', 'config_error', 'running')
GROUP BY workspace, integration_id, integration_name, job_status
ORDER BY syncs DESC, job_status NULLS LAST, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'rows refused by day',
    description: 'Days of the last 30 on which Braze refused rows: how many, and which share of all rows.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 30 days, which stand twice.
SELECT
  dt, workspace, integration_id, integration_name, rows_failed, rows_synced,
  round(100e0 * failed_row_share, 3) AS refused_percent
FROM daily_health
WHERE workspace LIKE '%'
  AND ${monthsSince('month', 30, dialect)}
  AND dt >= ${daysAgo(30, dialect)}
  AND rows_failed > 0
ORDER BY dt DESC, rows_failed DESC, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'new refusals',
    description:
      'Rows refused in the last 7 days where none were in the 30 before, or where they are a hundredth of all or more.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the hundredth, 0.01.
WITH refused AS (
  SELECT
    workspace, integration_id, integration_name,
    ${total(`CASE WHEN dt >= ${daysAgo(7, dialect)} THEN rows_failed END`)} AS rows_refused,
    ${total(`CASE WHEN dt >= ${daysAgo(7, dialect)} THEN rows_synced END`)} AS rows_synced,
    max(CASE WHEN dt < ${daysAgo(7, dialect)} AND rows_failed > 0 THEN dt END) AS last_before,
    min(CASE WHEN dt >= ${daysAgo(7, dialect)} AND rows_failed > 0 THEN dt END) AS since_dt
  FROM daily_health
  WHERE workspace LIKE '%'
    AND ${monthsSince('month', 37, dialect)}
    AND dt >= ${daysAgo(37, dialect)}
  GROUP BY workspace, integration_id, integration_name
)
SELECT
  workspace, integration_id, integration_name, rows_refused, rows_synced,
  round(100e0 * ${failedShare('rows_refused', 'rows_synced')}, 3) AS refused_percent,
  since_dt, last_before
FROM refused
WHERE rows_refused > 0
  AND (last_before IS NULL OR ${failedShare('rows_refused', 'rows_synced')} >= 0.01e0)
ORDER BY rows_refused DESC, workspace, integration_id
LIMIT 200`,
  },
];
