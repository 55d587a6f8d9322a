import { nameOr } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';
import { fewestOfAll, fewestOfWeekday, scoredDays, usuallyThere } from '../volume/compared-days.ts';
import { comparedDays, shownDays } from '../volume/days.ts';
import { judgedDays } from '../volume/judged-days.ts';

/** A day is unusual when it is so many spreads away, and so many rows. */
const limit = 4.5;
const fewestRows = 100;

/** What a third of the days compared with was like is usual as well: some have two counts in turn. */
const fewestAlike = 3;

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
    `here where ${usuallyThere} of the 8 same weekdays before had one, and it was not paused, gone or unread. ` +
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
  sql: (dialect) => `
${judgedDays(dialect)},
${scoredDays(dialect)},
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
WHERE told_days.kind IS NOT NULL`,
};
