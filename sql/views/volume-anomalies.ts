import { daysAgo, nearestRank, nearestRankWithin, total } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/** The days that are judged, and those before each that it is compared with. */
const shownDays = 90;
const trailingDays = 28;

/** So few days of the same weekday, and so few of any, say nothing. */
const fewestOfWeekday = 3;
const fewestOfAll = 7;

/** A day differs from the usual when it is so many spreads away; the limit that is customary for such a score. */
const limit = 3.5;

const group = 'workspace, integration_id, day';

/**
 * Each day is laid beside the days after it, so that one reading of the lake gives all comparisons: Trino reads
 * anew for each mention of a CTE.
 *
 * Median and median absolute deviation (MAD) are not moved by one odd day. The MAD of three or four days is small
 * by chance too often: it counts only where it is larger than that of all days before. And the spread has a floor,
 * a tenth of the median and at least one row: the days before may be all alike, and then any small difference
 * would be infinitely far away.
 */
export const volumeAnomalies: View = {
  name: 'volume_anomalies',
  grain:
    'An integration and UTC day a row on which the rows synced differ from its usual. The usual is the median of ' +
    `the ${trailingDays} days before, of the same weekday where there are ${fewestOfWeekday} of them, else of all, ` +
    `if there are ${fewestOfAll}. Judges the last ${shownDays} days, not today, and not days without a sync.`,
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day, yyyy-mm-dd' },
    { name: 'day', type: 'date', comment: 'The same as a date, for charts' },
    ...integration,
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived on the day' },
    { name: 'usual_rows', type: 'double', comment: 'Median (nearest rank) of the days compared with' },
    {
      name: 'deviation',
      type: 'double',
      comment: `Median absolute deviation of the days compared with, or of all ${trailingDays} where that is larger`,
    },
    { name: 'compared_with', type: 'string', comment: 'same weekday, or all days' },
    { name: 'days_compared', type: 'bigint', comment: 'How many days it is compared with' },
    {
      name: 'score',
      type: 'double',
      comment:
        '(rows_synced - usual_rows) / spread; the spread is 1.4826 x deviation, at least a tenth of usual_rows ' +
        `and 1. Below 0: too few rows. Days from ${limit} on, or from -${limit} down, stand here`,
    },
  ],
  sql: (dialect) => `
WITH days AS (
  SELECT
    workspace,
    integration_id,
    max(integration_name) AS integration_name,
    max(integration_type) AS integration_type,
    TRY_CAST(dt AS date) AS day,
    ${total('coalesce(rows_synced, 0)')} AS rows_synced
  FROM sync_history
  WHERE dt >= ${daysAgo(shownDays + trailingDays, dialect)} AND dt < ${daysAgo(0, dialect)}
  GROUP BY workspace, integration_id, dt
),
days_laid_out AS (
  SELECT
    workspace,
    integration_id,
    integration_name,
    integration_type,
    ${dialect.plusDays('day', 'days_later')} AS day,
    days_later,
    rows_synced
  FROM days
  CROSS JOIN UNNEST(${dialect.numbers(0, trailingDays)}) AS offsets (days_later)
),
days_beside_earlier AS (
  SELECT
    *,
    days_later > 0 AND days_later % 7 = 0 AND rows_synced IS NOT NULL AS is_same_weekday,
    max(CASE WHEN days_later = 0 THEN rows_synced END) OVER (
      PARTITION BY workspace, integration_id, day
    ) AS own_rows
  FROM days_laid_out
),
days_judged AS (
  SELECT
    *,
    count(CASE WHEN is_same_weekday THEN 1 END) OVER (
      PARTITION BY workspace, integration_id, day
    ) >= ${fewestOfWeekday} AS is_by_weekday
  FROM days_beside_earlier
  WHERE own_rows IS NOT NULL AND ${dialect.day('day')} >= ${daysAgo(shownDays, dialect)}
),
days_compared AS (
  SELECT
    workspace,
    integration_id,
    integration_name,
    integration_type,
    day,
    own_rows,
    is_by_weekday,
    CAST(rows_synced AS double) AS earlier_rows,
    CASE WHEN is_same_weekday OR NOT is_by_weekday THEN CAST(rows_synced AS double) END AS compared_rows
  FROM days_judged
  WHERE days_later > 0 AND rows_synced IS NOT NULL
),
days_with_medians AS (
  SELECT
    *,
    ${nearestRankWithin(0.5, 'compared_rows', group, dialect)} AS usual_rows,
    ${nearestRankWithin(0.5, 'earlier_rows', group, dialect)} AS median_of_all
  FROM days_compared
),
days_with_deviation AS (
  SELECT
    workspace,
    integration_id,
    max(integration_name) AS integration_name,
    max(integration_type) AS integration_type,
    day,
    max(own_rows) AS rows_synced,
    max(usual_rows) AS usual_rows,
    greatest(
      ${nearestRank(0.5, 'abs(compared_rows - usual_rows)', dialect)},
      ${nearestRank(0.5, 'abs(earlier_rows - median_of_all)', dialect)}
    ) AS deviation,
    max(is_by_weekday) AS is_by_weekday,
    count(compared_rows) AS days_compared
  FROM days_with_medians
  GROUP BY workspace, integration_id, day
),
scored_days AS (
  SELECT *, (CAST(rows_synced AS double) - usual_rows)
    / greatest(1.4826e0 * deviation, abs(usual_rows) / 10e0, 1e0) AS score
  FROM days_with_deviation
  WHERE is_by_weekday OR days_compared >= ${fewestOfAll}
)
SELECT
  workspace,
  ${dialect.day('day')} AS dt,
  day,
  integration_id,
  integration_name,
  integration_type,
  rows_synced,
  usual_rows,
  deviation,
  CAST(CASE WHEN is_by_weekday THEN 'same weekday' ELSE 'all days' END AS varchar) AS compared_with,
  days_compared,
  score
FROM scored_days
WHERE abs(score) >= ${limit}e0`,
};
