/** The days that volume_anomalies judges: those with syncs, and those without one where the days around them had some. */
import type { Dialect } from '../dialect.ts';
import { daysAgo, monthsSince } from '../expressions.ts';
import { readDays, rowsBrought, shownDays } from './days.ts';

const eachDay = 'PARTITION BY workspace, integration_id ORDER BY day';

/** The first steps of the view, the last of them `judged_days`. */
export function judgedDays(dialect: Dialect): string {
  const ownDay = dialect.plusDays('day', 'days_later');
  const firstDay = `CAST(${daysAgo(shownDays, dialect)} AS date)`;
  return `-- Days with syncs that were over when the exporter last looked.
WITH known_days AS (
  SELECT
    days.workspace,
    days.integration_id,
    CAST(days.dt AS date) AS day,
    days.syncs,
    days.errors + days.config_errors + days.other_failures + days.not_final AS failed,
    ${rowsBrought('days.')} AS rows_synced,
    days.first_start,
    days.last_start,
    standing.as_of,
    standing.state IN ('paused', 'gone', 'resting') AS is_at_rest,
    CAST(coverage.complete_from AS date) AS whole_after,
    CAST(coverage.complete_to AS date) AS whole_before
  FROM days
  LEFT JOIN standing
    ON standing.workspace = days.workspace AND standing.integration_id = days.integration_id
  LEFT JOIN coverage
    ON coverage.workspace = days.workspace AND coverage.integration_id = days.integration_id
  WHERE ${monthsSince('days.month', readDays, dialect)} AND days.dt >= ${daysAgo(readDays, dialect)}
    AND days.dt < ${dialect.day(`coalesce(standing.as_of, ${dialect.now})`)}
),
spaced_days AS (
  SELECT
    *,
    max(CASE WHEN rows_synced > 0 THEN day END) OVER (${eachDay} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      AS last_with_rows,
    max(CASE WHEN failed = 0 THEN day END) OVER (${eachDay} ROWS UNBOUNDED PRECEDING) AS last_without_failure,
    lead(day) OVER (${eachDay}) AS next_day,
    lead(first_start) OVER (${eachDay}) AS next_start
  FROM known_days
),
-- How many days without a sync follow it. At the end nothing is missing of what is at rest.
beside_silence AS (
  SELECT
    *,
    min(CASE WHEN failed > 0 THEN day END) OVER (PARTITION BY workspace, integration_id, last_without_failure)
      AS failed_since,
    CASE
      WHEN next_day IS NULL AND (is_at_rest OR as_of IS NULL) THEN 0
      WHEN date_diff('millisecond', last_start, coalesce(next_start, as_of)) <= 26 * 3600000 THEN 0
      ELSE date_diff('day', day, coalesce(next_day, CAST(as_of AS date))) - 1
    END AS silent_days
  FROM spaced_days
),
-- Each day, and those without a sync; compared with the days up to compared_to.
possible_days AS (
  SELECT
    workspace,
    integration_id,
    ${ownDay} AS day,
    days_later > 0 AS is_silent,
    CASE WHEN days_later = 0 THEN syncs ELSE 0 END AS syncs,
    CASE WHEN days_later = 0 THEN failed ELSE 0 END AS failed,
    CASE WHEN days_later = 0 THEN rows_synced ELSE 0 END AS rows_synced,
    CASE WHEN days_later = 0 THEN failed_since END AS failed_since,
    date_diff('millisecond', first_start, last_start) > 22 * 3600000 AS is_spread,
    CASE
      WHEN rows_synced = 0 AND last_with_rows IS NOT NULL THEN last_with_rows
      WHEN days_later > 0 THEN day
      ELSE ${dialect.plusDays('day', '-1')}
    END AS compared_to
  FROM beside_silence
  CROSS JOIN UNNEST(${dialect.numbers('0', 'silent_days')}) AS offsets (days_later)
  WHERE ${dialect.day(ownDay)} >= ${daysAgo(shownDays, dialect)}
    AND (days_later = 0 OR (
      ${ownDay} > whole_after AND ${ownDay} < whole_before
    ))
),
-- Days on which it was paused or gone, if only for a part of them.
paused_days AS (
  SELECT DISTINCT workspace, integration_id, ${dialect.plusDays('first_day', 'days_later')} AS day
  FROM (
    SELECT
      workspace,
      integration_id,
      CASE WHEN paused_from >= ${firstDay} THEN CAST(paused_from AS date) ELSE ${firstDay} END AS first_day,
      CAST(paused_until AS date) AS last_day
    FROM pauses
    WHERE paused_until >= ${firstDay}
  ) AS stretches
  CROSS JOIN UNNEST(${dialect.numbers('0', "date_diff('day', first_day, last_day)")}) AS offsets (days_later)
),
-- No sync is missing on them.
judged_days AS (
  SELECT possible_days.*
  FROM possible_days
  LEFT JOIN paused_days
    ON paused_days.workspace = possible_days.workspace
    AND paused_days.integration_id = possible_days.integration_id
    AND paused_days.day = possible_days.day
  WHERE NOT possible_days.is_silent OR paused_days.day IS NULL
)`;
}
