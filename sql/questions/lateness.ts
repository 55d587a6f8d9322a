import { daysAgo, monthsSince, nearestRank } from '../expressions.ts';
import type { Question } from '../question.ts';

export const lateness: readonly Question[] = [
  {
    name: 'how late is each integration',
    description: 'Late ones first: by how many minutes, since when it was due, and what says so.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name, late, round(minutes_late, 1) AS minutes_late, last_success,
  round(usual_minutes, 1) AS usual_minutes, expected_by, due_since, judged_by, reason, as_of
FROM freshness
WHERE workspace LIKE '%'
ORDER BY freshness.minutes_late DESC NULLS LAST, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'no success for a week',
    description:
      'Integrations that are neither well nor at rest, and have had no success for seven days, or never.',
    sql: () => `
-- To change: '%' is every workspace (put your own), and the week, in minutes.
SELECT
  workspace, integration_id, integration_name, integration_type, last_start, last_status, last_success,
  syncs_without_success, state
FROM latest_syncs
WHERE workspace LIKE '%'
  AND state NOT IN ('healthy', 'resting', 'new', 'paused', 'gone')
  AND (last_success IS NULL OR minutes_since_success > 7 * 24 * 60)
ORDER BY last_success NULLS FIRST, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'hours without a sync',
    description:
      'The last 14 days: an hour or more without a start, and twice the usual distance between starts or more. ' +
      'What is still going on is counted up to when the exporter last looked, and pauses are left out.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 14 days, which stand five times.
WITH starts AS (
  SELECT workspace, integration_id, sync_start_time AS started_at
  FROM sync_history
  WHERE workspace LIKE '%' AND dt >= ${daysAgo(14, dialect)}
  UNION ALL
  -- The last one before: a gap that ends in these days may have begun a year ago.
  SELECT workspace, integration_id, max(last_start)
  FROM daily_health
  WHERE workspace LIKE '%' AND ${monthsSince('month', 400, dialect)} AND dt < ${daysAgo(14, dialect)}
  GROUP BY workspace, integration_id
),
spaced AS (
  SELECT
    workspace, integration_id, started_at AS gap_from,
    lead(started_at) OVER (PARTITION BY workspace, integration_id ORDER BY started_at) AS next_start
  FROM starts
),
gaps AS (
  SELECT
    freshness.workspace, freshness.integration_id, freshness.integration_name, freshness.usual_minutes,
    spaced.gap_from,
    -- After the newest sync it goes on, where another one is expected.
    CASE
      WHEN spaced.next_start IS NULL AND freshness.expected_by IS NOT NULL THEN freshness.as_of
      ELSE spaced.next_start
    END AS gap_to,
    spaced.next_start IS NULL AS still_going
  FROM spaced
  JOIN freshness
    ON freshness.workspace = spaced.workspace AND freshness.integration_id = spaced.integration_id
),
-- Without the time for which it was paused or gone.
awake AS (
  SELECT
    gaps.workspace, gaps.integration_id, gaps.integration_name, gaps.gap_from, gaps.gap_to, gaps.still_going,
    gaps.usual_minutes,
    (date_diff('millisecond', gaps.gap_from, gaps.gap_to) - coalesce(
      sum(date_diff('millisecond', pauses.paused_from, least(pauses.paused_until, gaps.gap_to))), 0
    )) / 60000e0 AS gap_minutes
  FROM gaps
  LEFT JOIN pauses
    ON pauses.workspace = gaps.workspace AND pauses.integration_id = gaps.integration_id
    AND pauses.paused_from >= gaps.gap_from AND pauses.paused_from < gaps.gap_to
  WHERE gaps.gap_to >= ${dialect.now} - INTERVAL '14' DAY
  GROUP BY
    gaps.workspace, gaps.integration_id, gaps.integration_name, gaps.gap_from, gaps.gap_to, gaps.still_going,
    gaps.usual_minutes
)
SELECT
  workspace, integration_id, integration_name, gap_from, gap_to, still_going,
  round(gap_minutes / 60, 1) AS hours,
  round(usual_minutes, 1) AS usual_minutes
FROM awake
WHERE gap_minutes >= 60 AND gap_minutes >= 2 * awake.usual_minutes
ORDER BY hours DESC, gap_from, workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'slower than usual',
    description:
      'Syncs of the last 7 days that took over twice the median of the 30 days before, and a minute more than it.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own, it stands twice).
WITH usual AS (
  SELECT
    workspace, integration_id,
    -- The median.
    ${nearestRank(0.5, 'duration_seconds', dialect)} AS usual_seconds
  FROM sync_history
  WHERE workspace LIKE '%' AND dt >= ${daysAgo(37, dialect)} AND dt < ${daysAgo(7, dialect)}
  GROUP BY workspace, integration_id
)
SELECT
  recent.workspace, recent.integration_id, recent.integration_name, recent.sync_start_time, recent.job_status,
  round(recent.duration_seconds / 60, 1) AS minutes,
  round(usual.usual_seconds / 60, 1) AS usual_minutes,
  recent.rows_synced
FROM sync_history AS recent
JOIN usual
  ON usual.workspace = recent.workspace AND usual.integration_id = recent.integration_id
WHERE recent.workspace LIKE '%'
  AND recent.dt >= ${daysAgo(7, dialect)}
  AND recent.duration_seconds > 2 * usual.usual_seconds
  AND recent.duration_seconds > usual.usual_seconds + 60
ORDER BY recent.duration_seconds DESC, recent.sync_start_time, recent.workspace, recent.integration_id
LIMIT 200`,
  },
  {
    name: 'running now',
    description: 'Newest syncs that were not over when the exporter last looked, the oldest first.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name, last_start, last_status,
  round(minutes_since_start / 60, 1) AS hours_since_start, state, as_of
FROM latest_syncs
WHERE workspace LIKE '%'
  AND last_start IS NOT NULL AND last_finish IS NULL
  AND coalesce(last_status, '') NOT IN ('success', 'partial', 'error', 'config_error')
ORDER BY last_start, workspace, integration_id
LIMIT 200`,
  },
  {
    name: 'what comes next',
    description: 'The syncs that are planned for the coming day, and how many start in the same hour.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own).
SELECT
  workspace, integration_id, integration_name, warehouse_type, next_scheduled_run,
  count(*) OVER (PARTITION BY workspace, date_trunc('hour', next_scheduled_run)) AS starts_in_that_hour
FROM integrations
WHERE workspace LIKE '%'
  AND next_scheduled_run >= ${dialect.now}
  AND next_scheduled_run < ${dialect.now} + INTERVAL '1' DAY
ORDER BY next_scheduled_run, workspace, integration_id
LIMIT 500`,
  },
];
