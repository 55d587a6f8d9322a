import { daysAgo, failedShare, total } from '../expressions.ts';
import type { Question } from '../question.ts';

export const failures: readonly Question[] = [
  {
    name: 'failed since monday',
    description: 'Every sync without success since Monday, 00:00 UTC, the newest first.',
    sql: (dialect) => `
SELECT integration_name, sync_start_time, job_status, rows_synced, rows_failed, streak_position, next_success
FROM failed_syncs
WHERE dt >= ${dialect.day(`date_trunc('week', ${dialect.now})`)}
ORDER BY sync_start_time DESC, integration_name, integration_id, streak, streak_position`,
  },
  {
    name: 'open incidents',
    description:
      'What fails right now, the longest first: nothing has succeeded since. Not what is paused or gone.',
    sql: () => `
SELECT integration_name, first_start, last_start, syncs, statuses, rows_failed, reason
FROM incidents
WHERE still_open AND state NOT IN ('paused', 'gone')
ORDER BY first_start, integration_name, integration_id`,
  },
  {
    name: 'longest incidents',
    description: 'The 20 incidents of the last 90 days that took longest to the next success.',
    sql: (dialect) => `
SELECT
  integration_name, first_start, next_success, syncs, statuses,
  round(minutes_to_success / 60, 1) AS hours_to_success
FROM incidents
WHERE dt >= ${daysAgo(90, dialect)} AND NOT still_open
ORDER BY minutes_to_success DESC, first_start, integration_name, integration_id
LIMIT 20`,
  },
  {
    name: 'success rate by integration',
    description: 'The last 30 days: syncs, how many succeeded, and the rows that arrived, the worst first.',
    sql: (dialect) => `
SELECT
  integration_name,
  sum(syncs - open) AS ended_syncs,
  sum(success) AS successes,
  round(100e0 * sum(success) / nullif(sum(syncs - open), 0), 2) AS success_percent,
  ${total('rows_synced')} AS rows_synced
FROM daily_health
WHERE dt >= ${daysAgo(30, dialect)}
GROUP BY workspace, integration_id, integration_name
ORDER BY success_percent NULLS LAST, integration_name, integration_id`,
  },
  {
    name: 'time to recover',
    description:
      'The last 90 days: how many incidents an integration had, and how long they took on average.',
    sql: (dialect) => `
SELECT
  integration_name,
  count(*) AS incidents,
  sum(syncs) AS syncs_without_success,
  round(avg(minutes_to_success), 1) AS mean_minutes_to_success,
  count(*) FILTER (WHERE still_open) AS still_open
FROM incidents
WHERE dt >= ${daysAgo(90, dialect)}
GROUP BY workspace, integration_id, integration_name
ORDER BY syncs_without_success DESC, integration_name, integration_id`,
  },
  {
    name: 'statuses nobody knew',
    description:
      'Statuses that Braze does not document, or that are missing: since when, how often, by integration.',
    sql: (dialect) => `
SELECT
  job_status, integration_name,
  count(*) AS syncs, min(sync_start_time) AS first_start, max(sync_start_time) AS last_start
FROM sync_history
WHERE dt >= ${daysAgo(400, dialect)}
  AND coalesce(job_status, '') NOT IN ('success', 'partial', 'error', 'config_error', 'running')
GROUP BY workspace, integration_id, integration_name, job_status
ORDER BY syncs DESC, job_status NULLS LAST, integration_name, integration_id`,
  },
  {
    name: 'rows refused by day',
    description: 'Days of the last 30 on which Braze refused rows: how many, and which share of all rows.',
    sql: (dialect) => `
SELECT
  dt, integration_name, rows_failed, rows_synced,
  round(100e0 * ${failedShare('rows_failed', 'rows_synced')}, 3) AS refused_percent
FROM daily_health
WHERE dt >= ${daysAgo(30, dialect)} AND rows_failed > 0
ORDER BY dt DESC, rows_failed DESC, integration_name, integration_id`,
  },
];
