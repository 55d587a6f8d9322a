/** How far the rows of each judged day are from those of the days before it. */
import type { Dialect } from '../dialect.ts';
import { daysAgo, monthsSince, nearestRank } from '../expressions.ts';
import { comparedDays, readDays, rowsBrought } from './days.ts';

/** A sync is missing where so many of the eight same weekdays before had one. */
export const usuallyThere = 7;

/** So few days of the same weekday, and so few of any, say nothing. */
export const fewestOfWeekday = 6;
export const fewestOfAll = 7;

/** The mean of the middle two of a sorted array. */
const middle = (array: string, count: string, dialect: Dialect): string =>
  `(${dialect.element(array, `CAST(floor((${count} + 1) / 2e0) AS bigint)`)}
    + ${dialect.element(array, `CAST(floor(${count} / 2e0) AS bigint) + 1`)}) / 2e0`;

const sameWeekday = "date_diff('day', earlier.day, judged.day) % 7 = 0";

/** The steps of the view from `judged_days` to `scored_days`. */
export const scoredDays = (dialect: Dialect): string => `earlier_days AS (
  SELECT
    workspace,
    integration_id,
    CAST(dt AS date) AS day,
    syncs,
    ${rowsBrought('')} AS rows_synced
  FROM days
  WHERE ${monthsSince('month', readDays, dialect)} AND dt >= ${daysAgo(readDays, dialect)}
),
compared_days AS (
  SELECT
    judged.workspace,
    judged.integration_id,
    judged.day,
    max(judged.is_silent) AS is_silent,
    max(judged.syncs) AS syncs,
    max(judged.failed) AS failed,
    max(judged.rows_synced) AS rows_synced,
    max(judged.failed_since) AS failed_since,
    max(judged.is_spread) AS is_spread,
    ${nearestRank(0.5, 'earlier.syncs', dialect)} AS usual_syncs,
    count(*) AS of_all,
    count(*) FILTER (WHERE ${sameWeekday}) AS of_weekday,
    count(*) FILTER (WHERE earlier.rows_synced = 0) AS empty_of_all,
    array_agg(ln(1 + CAST(earlier.rows_synced AS double))) AS logs_of_all,
    array_agg(ln(1 + CAST(earlier.rows_synced AS double))) FILTER (WHERE ${sameWeekday}) AS logs_of_weekday
  FROM judged_days AS judged
  JOIN earlier_days AS earlier
    ON earlier.workspace = judged.workspace AND earlier.integration_id = judged.integration_id
    AND earlier.day <= judged.compared_to
    AND earlier.day > ${dialect.plusDays('judged.compared_to', `-${comparedDays}`)}
  WHERE judged.rows_synced IS NOT NULL AND earlier.rows_synced IS NOT NULL
  GROUP BY judged.workspace, judged.integration_id, judged.day
),
chosen_days AS (
  SELECT
    *,
    of_weekday >= ${fewestOfWeekday} AS is_by_weekday,
    CASE WHEN of_weekday >= ${fewestOfWeekday} THEN of_weekday ELSE of_all END AS days_compared,
    ${dialect.ascending(`CASE WHEN of_weekday >= ${fewestOfWeekday} THEN logs_of_weekday ELSE logs_of_all END`)} AS logs
  FROM compared_days
  WHERE CASE
    WHEN is_silent THEN of_weekday >= ${usuallyThere}
    ELSE of_weekday >= ${fewestOfWeekday} OR of_all >= ${fewestOfAll}
  END
),
days_with_median AS (
  SELECT
    *,
    ${middle('logs', 'days_compared', dialect)} AS usual_log,
    ${middle(dialect.ascending('logs_of_all'), 'of_all', dialect)} AS median_of_all,
    -- A nightly sync that moved over midnight stands twice in a day: what one of them brought is compared.
    CASE WHEN is_spread AND syncs = usual_syncs + 1
      THEN CAST(rows_synced AS double) * CAST(usual_syncs AS double) / CAST(syncs AS double)
      ELSE CAST(rows_synced AS double) END AS own_rows
  FROM chosen_days
),
days_with_deviation_of_all AS (
  SELECT
    workspace, integration_id, day, max(is_silent) AS is_silent, max(syncs) AS syncs, max(failed) AS failed,
    max(rows_synced) AS rows_synced, max(failed_since) AS failed_since, max(is_by_weekday) AS is_by_weekday,
    max(days_compared) AS days_compared, max(empty_of_all) AS empty_of_all, max(usual_log) AS usual_log,
    max(own_rows) AS own_rows, max(logs) AS logs,
    ${middle(dialect.ascending('array_agg(abs(log_rows - median_of_all))'), 'count(*)', dialect)} AS deviation_of_all
  FROM days_with_median
  CROSS JOIN UNNEST(logs_of_all) AS compared (log_rows)
  GROUP BY workspace, integration_id, day
),
days_with_deviation AS (
  SELECT
    workspace,
    integration_id,
    day,
    max(is_silent) AS is_silent,
    max(syncs) AS syncs,
    max(failed) AS failed,
    max(rows_synced) AS rows_synced,
    max(failed_since) AS failed_since,
    max(is_by_weekday) AS is_by_weekday,
    max(days_compared) AS days_compared,
    max(empty_of_all) AS empty_of_all,
    max(usual_log) AS usual_log,
    max(own_rows) AS own_rows,
    count(CASE WHEN log_rows >= ln(1 + own_rows) THEN 1 END) AS as_many,
    count(CASE WHEN log_rows <= ln(1 + own_rows) THEN 1 END) AS as_few,
    (max(deviation_of_all)
      + ${middle(dialect.ascending('array_agg(abs(log_rows - usual_log))'), 'count(*)', dialect)}) / 2e0 AS deviation
  FROM days_with_deviation_of_all
  CROSS JOIN UNNEST(logs) AS compared (log_rows)
  GROUP BY workspace, integration_id, day
),
scored_days AS (
  SELECT
    *,
    round(exp(usual_log) - 1, 1) AS usual_rows,
    round((ln(1 + own_rows) - usual_log) / greatest(1.4826e0 * deviation, ln(1.3e0) / 2), 2) AS score
  FROM days_with_deviation
)`;
