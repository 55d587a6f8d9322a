import type { Dialect } from '../dialect.ts';
import { daysAgo, monthsSince, nameOr, nearestRank } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/** The days that are judged, and those before each that it is compared with. */
const shownDays = 90;
const comparedDays = 56;
/** A row of empty days is compared with what was before it: so much longer may it be. */
export const readDays = shownDays + comparedDays + 34;

/** A sync is missing where so many of the eight same weekdays before had one. */
const usuallyThere = 7;

/** So few days of the same weekday, and so few of any, say nothing. */
const fewestOfWeekday = 6;
const fewestOfAll = 7;

/** A day is unusual when it is so many spreads away, and so many rows. */
const limit = 4.5;
const fewestRows = 100;

/** What a third of the days compared with was like is usual as well: some have two counts in turn. */
const fewestAlike = 3;

const eachDay = 'PARTITION BY workspace, integration_id ORDER BY day';

/** The mean of the middle two of a sorted array. */
const middle = (array: string, count: string, dialect: Dialect): string =>
  `(${dialect.element(array, `CAST(floor((${count} + 1) / 2e0) AS bigint)`)}
    + ${dialect.element(array, `CAST(floor(${count} / 2e0) AS bigint) + 1`)}) / 2e0`;

/** Rows of a day that brought no data are none, and so are fewer than none. @param days the table, with its dot where it is named. */
const rowsBrought = (days: string): string =>
  `CASE WHEN ${days}successes + ${days}partials = 0 OR ${days}rows_synced < 0 THEN 0 ELSE ${days}rows_synced END`;

const sameWeekday = "date_diff('day', earlier.day, judged.day) % 7 = 0";

/**
 * Rows are compared by their logarithms: half as many is as far from the usual as twice as many, and a day without
 * rows is far from it however much the others vary. Median and median absolute deviation (MAD) are not moved by one
 * odd day. That of eight days alone is small by chance too often, and that of all days large where weekdays differ:
 * their mean calls little that is nothing, and misses no more. The spread has a floor, for days that are all alike: half
 * of the way to a third more.
 *
 * A row of days without rows is compared with the days before it, so that it does not become the usual.
 *
 * Days are those of UTC. Twice a year a nightly sync moves over midnight by an hour, and leaves one day with two
 * syncs, or none: the first is judged by the rows of a sync, and a day without a sync is none where no more than 26
 * hours lie between the starts around it.
 */
export const volumeAnomalies: View = {
  name: 'volume_anomalies',
  grain:
    'An integration and UTC day a row on which the rows synced differ from its usual, or on which a sync was missing. ' +
    `The usual is the median of the ${comparedDays} days before, of the same weekday where there are ` +
    `${fewestOfWeekday} of them, else of all that had a sync, if there are ${fewestOfAll}. A day without a sync stands ` +
    `here where ${usuallyThere} of the 8 same weekdays before had one, and nothing is paused, gone or unread. ` +
    `Judges the last ${shownDays} days that were over when the exporter last looked.`,
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day, yyyy-mm-dd' },
    { name: 'day', type: 'date', comment: 'The same as a date, for charts' },
    ...integration,
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived on the day' },
    { name: 'usual_rows', type: 'double', comment: 'Median of the days compared with, by logarithms' },
    {
      name: 'deviation',
      type: 'double',
      comment: `Median absolute deviation of ln(1 + rows): the mean of that of the days compared with and of all ${comparedDays}`,
    },
    { name: 'compared_with', type: 'string', comment: 'same weekday, or all days' },
    { name: 'days_compared', type: 'bigint', comment: 'How many days it is compared with' },
    {
      name: 'score',
      type: 'double',
      comment:
        'ln(1 + rows_synced) less that of usual_rows, in spreads of 1.4826 x deviation, at least ln(1.3) / 2. ' +
        `Below 0: too few rows. Unusual from ${limit} on, or from -${limit} down, and by ${fewestRows} rows`,
    },
    {
      name: 'kind',
      type: 'string',
      comment:
        'no sync, no rows, too few rows, too many rows; or failed: too few, because syncs failed; see incidents',
    },
    { name: 'syncs', type: 'bigint', comment: 'Syncs that started on the day' },
    { name: 'failed', type: 'bigint', comment: 'Of them those that brought no data' },
    {
      name: 'failed_since_dt',
      type: 'string',
      comment:
        'Of a failed one: the first of the days in a row with failed syncs, yyyy-mm-dd; null: another kind',
    },
  ],
  sql: (dialect) => {
    const ownDay = dialect.plusDays('day', 'days_later');
    return `
-- Days with syncs that were over when the exporter last looked.
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
judged_days AS (
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
earlier_days AS (
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
),
told_days AS (
  SELECT
    *,
    CAST(CASE
      WHEN is_silent THEN 'no sync'
      WHEN abs(own_rows - usual_rows) < ${fewestRows} THEN NULL
      WHEN least(as_many, as_few) * ${fewestAlike} >= days_compared THEN NULL
      WHEN score >= ${limit}e0 THEN 'too many rows'
      WHEN score > -${limit}e0 AND (rows_synced > 0 OR empty_of_all > 0 OR score > 0) THEN NULL
      WHEN failed > 0 AND failed * 4 >= syncs THEN 'failed'
      WHEN rows_synced = 0 THEN 'no rows'
      ELSE 'too few rows'
    END AS varchar) AS kind
  FROM scored_days
)
SELECT
  told_days.workspace,
  ${dialect.day('told_days.day')} AS dt,
  told_days.day,
  told_days.integration_id,
  ${nameOr('told_days.integration_id')} AS integration_name,
  integrations.integration_type,
  told_days.rows_synced,
  told_days.usual_rows,
  round(told_days.deviation, 4) AS deviation,
  CAST(CASE WHEN told_days.is_by_weekday THEN 'same weekday' ELSE 'all days' END AS varchar) AS compared_with,
  told_days.days_compared,
  told_days.score,
  told_days.kind,
  told_days.syncs,
  told_days.failed,
  CASE WHEN told_days.kind = 'failed' THEN ${dialect.day('told_days.failed_since')} END AS failed_since_dt
FROM told_days
LEFT JOIN integrations
  ON integrations.workspace = told_days.workspace AND integrations.integration_id = told_days.integration_id
WHERE told_days.kind IS NOT NULL`;
  },
};
