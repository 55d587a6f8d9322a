import { daysAgo, lookBackDays, minutes, nearestRank } from '../expressions.ts';
import type { Question } from '../question.ts';

export const lateness: readonly Question[] = [
  {
    name: 'how late is each integration',
    description: 'Late ones first: by how many minutes, since when it was due, and what says so.',
    sql: () => `
SELECT
  integration_name, late, round(minutes_late, 1) AS minutes_late, last_success,
  round(usual_minutes, 1) AS usual_minutes, expected_by, as_of, newest_timestamp_synced,
  due_since, judged_by, reason
FROM freshness
ORDER BY freshness.minutes_late DESC NULLS LAST, integration_name, integration_id`,
  },
  {
    name: 'no success for a week',
    description:
      'Integrations that are neither well nor at rest, and have had no success for seven days, or never.',
    sql: () => `
SELECT
  integration_name, integration_type, last_start, last_status, last_success, syncs_without_success, state
FROM latest_syncs
WHERE state NOT IN ('healthy', 'resting', 'new', 'paused', 'gone')
  AND (last_success IS NULL OR minutes_since_success > 7 * 24 * 60)
ORDER BY last_success NULLS FIRST, integration_name, integration_id`,
  },
  {
    name: 'hours without a sync',
    description:
      'The last 14 days: an hour or more without a start, and twice the usual distance between starts or more. ' +
      'What is still going on is counted up to when the exporter last looked.',
    sql: (dialect) => `
WITH spaced_syncs AS (
  SELECT
    workspace, integration_id, integration_name, sync_start_time AS gap_from,
    lead(sync_start_time) OVER (
      PARTITION BY workspace, integration_id ORDER BY sync_start_time
    ) AS next_start
  FROM sync_history
  -- A gap that ends in the last 14 days, or goes on, may have begun long before them.
  WHERE dt >= ${daysAgo(lookBackDays, dialect)}
),
gaps AS (
  SELECT
    spaced_syncs.integration_id,
    spaced_syncs.integration_name,
    spaced_syncs.gap_from,
    -- After the newest sync it goes on, where another one is expected.
    CASE
      WHEN spaced_syncs.next_start IS NULL AND freshness.expected_by IS NOT NULL THEN freshness.as_of
      ELSE spaced_syncs.next_start
    END AS gap_to,
    spaced_syncs.next_start IS NULL AS still_going,
    freshness.usual_minutes
  FROM spaced_syncs
  JOIN freshness
    ON freshness.workspace = spaced_syncs.workspace AND freshness.integration_id = spaced_syncs.integration_id
)
SELECT
  integration_name,
  gap_from,
  gap_to,
  still_going,
  round(${minutes('gap_from', 'gap_to')} / 60, 1) AS hours,
  round(usual_minutes, 1) AS usual_minutes
FROM gaps
WHERE gap_to >= ${dialect.now} - INTERVAL '14' DAY
  AND ${minutes('gap_from', 'gap_to')} >= 60
  AND ${minutes('gap_from', 'gap_to')} >= 2 * usual_minutes
ORDER BY hours DESC, gap_from, integration_name, integration_id`,
  },
  {
    name: 'slower than usual',
    description:
      'Syncs of the last 7 days that took over twice the median of the 30 days before, and a minute more than it.',
    sql: (dialect) => `
WITH usual AS (
  SELECT workspace, integration_id, ${nearestRank(0.5, 'duration_seconds', dialect)} AS usual_seconds
  FROM sync_history
  WHERE dt >= ${daysAgo(37, dialect)} AND dt < ${daysAgo(7, dialect)}
  GROUP BY workspace, integration_id
)
SELECT
  recent.integration_name,
  recent.sync_start_time,
  recent.job_status,
  round(recent.duration_seconds / 60, 1) AS minutes,
  round(usual.usual_seconds / 60, 1) AS usual_minutes,
  recent.rows_synced
FROM sync_history AS recent
JOIN usual
  ON usual.workspace = recent.workspace AND usual.integration_id = recent.integration_id
WHERE recent.dt >= ${daysAgo(7, dialect)}
  AND recent.duration_seconds > 2 * usual.usual_seconds
  AND recent.duration_seconds > usual.usual_seconds + 60
ORDER BY recent.duration_seconds DESC, recent.sync_start_time, recent.integration_name, recent.integration_id`,
  },
  {
    name: 'running now',
    description: 'Newest syncs that were not final when the exporter last looked, the oldest first.',
    sql: () => `
SELECT
  integration_name, last_start AS sync_start_time, last_status AS job_status,
  round(minutes_since_start / 60, 1) AS hours_since_start, state
FROM latest_syncs
WHERE last_start IS NOT NULL AND last_finish IS NULL
  AND coalesce(last_status, '') NOT IN ('success', 'partial', 'error', 'config_error')
ORDER BY sync_start_time, integration_name, integration_id`,
  },
  {
    name: 'hours of the day',
    description: 'The last 30 days by UTC hour of the start: syncs, how long they took, and how many failed.',
    sql: (dialect) => `
SELECT
  hour(sync_start_time) AS utc_hour,
  count(*) AS syncs,
  round(${nearestRank(0.5, 'duration_seconds', dialect)}, 1) AS median_seconds,
  round(${nearestRank(0.95, 'duration_seconds', dialect)}, 1) AS p95_seconds,
  count(*) FILTER (WHERE outcome IN ('failure', 'abandoned')) AS failures
FROM sync_history
WHERE dt >= ${daysAgo(30, dialect)}
GROUP BY hour(sync_start_time)
ORDER BY utc_hour`,
  },
];
