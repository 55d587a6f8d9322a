import { daysBefore, firstDay, type Moment, ofThose, today } from './moment.ts';

/** The worst that became of a day's syncs, or why there are none. */
export type DayStatus =
  | 'success'
  | 'partial'
  | 'error'
  | 'config_error'
  /** Final with a status that Braze does not document. */
  | 'other'
  | 'abandoned'
  | 'open'
  /** Proved: nothing started on the day. */
  | 'no_sync'
  /** There may have been syncs: the day, or the end of it, was not read yet. */
  | 'not_read'
  /** Before the oldest sync that Braze still tells. */
  | 'before';

/** A day of an integration. */
export interface Day {
  readonly workspace: string;
  readonly integration_id: string;
  /** `yyyy-mm-dd` */
  readonly day: string;
  readonly status: DayStatus;
  readonly syncs: bigint;
  readonly without_success: bigint;
  readonly rows_synced: bigint | null;
  readonly rows_failed: bigint | null;
  readonly median_seconds: number | null;
  readonly p95_seconds: number | null;
  readonly usual_from: number | null;
  readonly usual_to: number | null;
  /** Of volume_anomalies, where the day's rows are unusual. */
  readonly score: number | null;
}

/** The usual is what the medians of so many days with syncs before lay within, but for a twentieth at each end. */
export const usualDays = 28;
/** So few days say nothing. */
const fewestDays = 7;

/** Every day of the report for every integration, oldest first: also those without a sync. */
export function dayQuestion(moment: Moment): string {
  const earlier = `OVER (
      PARTITION BY workspace, integration_id ORDER BY day ROWS BETWEEN ${usualDays} PRECEDING AND 1 PRECEDING
    )`;
  return `
WITH own AS (
  SELECT
    *,
    syncs - success - partial - open AS without_success,
    count(median_seconds) ${earlier} AS days_before,
    quantile_disc(median_seconds, 0.05) ${earlier} AS usual_from,
    quantile_disc(median_seconds, 0.95) ${earlier} AS usual_to
  FROM daily_health
  WHERE dt >= '${daysBefore(firstDay(moment), usualDays)}' AND dt <= '${today(moment)}' AND ${ofThose(moment)}
),
covered AS (
  SELECT workspace, integration_id, trusted_from, trusted_to, gaps, state
  FROM completeness WHERE ${ofThose(moment)}
),
known AS (
  SELECT workspace, integration_id FROM covered UNION SELECT workspace, integration_id FROM own
),
calendar AS (
  SELECT CAST(unnest(generate_series(DATE '${firstDay(moment)}', DATE '${today(moment)}', INTERVAL 1 DAY)) AS date) AS day
)
SELECT
  known.workspace,
  known.integration_id,
  strftime(calendar.day, '%Y-%m-%d') AS day,
  CASE
    WHEN own.config_error > 0 THEN 'config_error'
    WHEN own.error > 0 THEN 'error'
    WHEN own.other_failures > 0 THEN 'other'
    WHEN own.abandoned > 0 THEN 'abandoned'
    WHEN own.partial > 0 THEN 'partial'
    WHEN own.open > 0 THEN 'open'
    WHEN own.syncs > 0 THEN 'success'
    WHEN covered.trusted_to IS NULL OR calendar.day + INTERVAL 1 DAY > covered.trusted_to THEN 'not_read'
    WHEN covered.trusted_from IS NULL OR calendar.day >= covered.trusted_from THEN 'no_sync'
    WHEN covered.gaps > 0 OR covered.state = 'backfilling' THEN 'not_read'
    ELSE 'before'
  END AS status,
  coalesce(own.syncs, 0) AS syncs,
  coalesce(own.without_success, 0) AS without_success,
  own.rows_synced,
  own.rows_failed,
  own.median_seconds,
  own.p95_seconds,
  CASE WHEN own.days_before >= ${fewestDays} THEN own.usual_from END AS usual_from,
  CASE WHEN own.days_before >= ${fewestDays} THEN own.usual_to END AS usual_to,
  odd.score
FROM known
CROSS JOIN calendar
LEFT JOIN own
  ON own.workspace = known.workspace AND own.integration_id = known.integration_id AND own.day = calendar.day
LEFT JOIN covered
  ON covered.workspace = known.workspace AND covered.integration_id = known.integration_id
LEFT JOIN (SELECT * FROM volume_anomalies WHERE ${ofThose(moment)}) AS odd
  ON odd.workspace = known.workspace AND odd.integration_id = known.integration_id AND odd.day = calendar.day
ORDER BY known.workspace, known.integration_id, calendar.day`;
}
