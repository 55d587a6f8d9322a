/**
 * What a line of `standing` says of an integration's syncs, asked from the whole lake in SQL: written without a look
 * at the exporter's own code, so that the two can be compared for any history, on DuckDB and on Trino.
 */
import { openLake } from '../../local/query/open-lake.ts';
import { type Dialect, duckdb } from '../../sql/dialect.ts';
import { failedShare, nearestRank, newestFirst } from '../../sql/expressions.ts';
import type { Ask } from './compare-views.ts';

/** What the exporter keeps of an integration to judge it by may be so old. */
const keptDays = 400;

/** The columns that follow from the syncs alone, and from the moment `as_of`; the others are a judgement. */
export const modelledColumns = [
  ...['last_start', 'last_finish', 'last_status', 'last_rows_synced', 'last_rows_failed'],
  ...['last_success', 'syncs_without_success', 'failing_since', 'usual_minutes'],
  ...['newest_timestamp_synced', 'details_until'],
] as const;

export interface StandingModel {
  readonly dialect: Dialect;
  /** @default 0.01, as in the configuration */
  readonly refusedShare?: number | undefined;
}

/** One median is of the distances of so many days, between syncs of so many; where they are fewer, of the newest. */
const [habitDays, knownDays, fewestDistances] = [28, 36, 13];

const owner = 'workspace, integration_id';

/**
 * A row for each integration that is listed, covered, or stands. The clock is that of its line in `standing`; of one
 * without a line, when an exporter last looked.
 */
export function standingModelSql({ dialect, refusedShare = 0.01 }: StandingModel): string {
  const share = failedShare('syncs.rows_failed_with_errors', 'syncs.rows_synced');
  return `
WITH moments AS (
  SELECT
    known.workspace, known.integration_id,
    CASE WHEN standing.integration_id IS NULL THEN coverage.checked_at ELSE standing.as_of END AS as_of
  FROM (
    SELECT ${owner} FROM standing
    UNION SELECT ${owner} FROM coverage
    UNION SELECT ${owner} FROM integrations
  ) AS known
  LEFT JOIN standing
    ON standing.workspace = known.workspace AND standing.integration_id = known.integration_id
  LEFT JOIN coverage
    ON coverage.workspace = known.workspace AND coverage.integration_id = known.integration_id
),
judged AS (
  SELECT
    syncs.workspace, syncs.integration_id, sync_start_time, sync_finish_time, job_status,
    rows_synced, rows_failed_with_errors AS rows_failed, last_timestamp_synced,
    coalesce(job_status IN ('success', 'partial'), false) AS has_data,
    coalesce(job_status = 'success' OR (job_status = 'partial' AND coalesce(${share}, 0e0) < ${refusedShare}e0), false)
      AS is_success,
    coalesce(job_status IN ('success', 'partial', 'error', 'config_error'), false) OR sync_finish_time IS NOT NULL
      AS is_final
  FROM syncs
  JOIN moments ON moments.workspace = syncs.workspace AND moments.integration_id = syncs.integration_id
  WHERE moments.as_of IS NULL OR dt >= ${dialect.day(`moments.as_of - INTERVAL '${keptDays}' DAY`)}
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY ${owner} ORDER BY ${newestFirst}) AS recency,
    count(CASE WHEN is_success THEN 1 END) OVER (
      PARTITION BY ${owner} ORDER BY ${newestFirst} ROWS UNBOUNDED PRECEDING
    ) AS successes_since,
    row_number() OVER (
      PARTITION BY ${owner}, has_data AND last_timestamp_synced IS NOT NULL ORDER BY ${newestFirst}
    ) AS mark_recency,
    row_number() OVER (
      PARTITION BY ${owner}, coalesce(rows_failed > 0, false) ORDER BY ${newestFirst}
    ) AS refused_recency
  FROM judged
),
facts AS (
  SELECT
    ${owner},
    max(sync_start_time) AS last_start,
    max(CASE WHEN recency = 1 THEN sync_finish_time END) AS last_finish,
    max(CASE WHEN recency = 1 THEN job_status END) AS last_status,
    max(CASE WHEN recency = 1 THEN rows_synced END) AS last_rows_synced,
    max(CASE WHEN recency = 1 THEN rows_failed END) AS last_rows_failed,
    max(CASE WHEN is_success THEN sync_start_time END) AS last_success,
    count(CASE WHEN successes_since = 0 AND (is_final OR recency > 1) THEN 1 END) AS syncs_without_success,
    min(CASE WHEN successes_since = 0 AND (is_final OR recency > 1) THEN sync_start_time END) AS failing_since,
    max(CASE WHEN mark_recency = 1 AND has_data THEN last_timestamp_synced END) AS newest_timestamp_synced,
    max(CASE WHEN refused_recency = 1 AND rows_failed > 0
      THEN coalesce(sync_finish_time, sync_start_time) END) AS refused_at
  FROM ranked
  GROUP BY ${owner}
),
placed AS (
  SELECT
    ${owner}, sync_start_time,
    row_number() OVER (PARTITION BY ${owner} ORDER BY sync_start_time) AS place,
    count(*) OVER (PARTITION BY ${owner}) AS places
  FROM judged
  WHERE has_data
),
-- By place: of two of one millisecond, an engine may take either for the newer one, but not each in turn.
data AS (
  SELECT
    ${owner}, sync_start_time,
    lag(sync_start_time) OVER (PARTITION BY ${owner} ORDER BY place) AS previous_start,
    places - place + 1 AS data_recency
  FROM placed
),
distances AS (
  SELECT
    data.workspace, data.integration_id, data_recency,
    date_diff('millisecond', previous_start, sync_start_time) AS distance,
    coalesce(
      previous_start >= date_trunc('day', as_of) - INTERVAL '${knownDays}' DAY
        AND sync_start_time >= date_trunc('day', as_of) - INTERVAL '${habitDays}' DAY
        AND sync_start_time < date_trunc('day', as_of)
        AND sync_start_time > previous_start,
      false
    ) AS is_lately
  FROM data
  JOIN moments ON moments.workspace = data.workspace AND moments.integration_id = data.integration_id
  WHERE previous_start IS NOT NULL
),
counted AS (
  SELECT *, count(CASE WHEN is_lately THEN 1 END) OVER (PARTITION BY ${owner}) >= ${fewestDistances} AS is_habit
  FROM distances
),
paces AS (
  SELECT ${owner}, ${nearestRank(0.5, 'distance', dialect)} AS usual
  FROM counted
  WHERE distance > 0
    AND ((is_habit AND is_lately) OR (NOT is_habit AND data_recency <= ${fewestDistances}))
  GROUP BY ${owner}
)
SELECT
  moments.workspace, moments.integration_id,
  last_start, last_finish, last_status, last_rows_synced, last_rows_failed, last_success,
  coalesce(syncs_without_success, 0) AS syncs_without_success,
  failing_since,
  usual / 60000e0 AS usual_minutes,
  newest_timestamp_synced,
  CASE WHEN as_of < refused_at + INTERVAL '30' DAY THEN refused_at + INTERVAL '30' DAY END AS details_until
FROM moments
LEFT JOIN facts ON facts.workspace = moments.workspace AND facts.integration_id = moments.integration_id
LEFT JOIN paces ON paces.workspace = moments.workspace AND paces.integration_id = moments.integration_id`;
}

/** In a sentence each: cells of `standing` that are not what the syncs say, lines too few and too many. */
export async function standingDifferences(ask: Ask, model: StandingModel): Promise<string[]> {
  const asText = (table: string): string =>
    modelledColumns.map((name) => `CAST(${table}.${name} AS varchar) AS ${table}_${name}`).join(',\n  ');
  // The model comes first, as its own WITH; a name of its own keeps it apart from the table.
  const rows = await ask(`
WITH model AS (
${standingModelSql(model).trim()}
)
SELECT
  model.workspace, model.integration_id, standing.integration_id IS NOT NULL AS stands,
  ${asText('model')},
  ${asText('standing')}
FROM model
LEFT JOIN standing
  ON standing.workspace = model.workspace AND standing.integration_id = model.integration_id
ORDER BY model.workspace, model.integration_id`);
  return rows.flatMap((row) => {
    const name = `${row.workspace}/${row.integration_id}`;
    if (row.stands !== true) return [`${name} has no line.`];
    return modelledColumns.flatMap((column) => {
      const [said, true_] = [row[`standing_${column}`], row[`model_${column}`]];
      return said === true_ ? [] : [`${name}: ${column} is ${said}, the syncs say ${true_}.`];
    });
  });
}

/** The same of a lake on this disk; an empty list is good news. @param directory holds `lake/`. */
export async function standingDifferencesIn(directory: string, refusedShare?: number): Promise<string[]> {
  const lake = await openLake(directory);
  try {
    const ask: Ask = async (sql) => {
      const { columns, rows } = await lake.query(sql);
      return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
    };
    return await standingDifferences(ask, { dialect: duckdb, refusedShare });
  } finally {
    lake.close();
  }
}
