import { at, duckdb } from '../../sql/dialect.ts';
import { type Moment, ofWorkspaces } from './moment.ts';

/** How an integration stands, the most urgent that is true. */
export type StandingState =
  /** It has an open incident: no success since that began. */
  | 'failing'
  | 'late'
  /** What has happened since is not known: it could not be read, or nobody has looked for a day. */
  | 'unread'
  /** Older history is still being read. */
  | 'partly_read'
  | 'well'
  /** Nothing is expected: it is paused, gone, or has never synced. */
  | 'resting';

/** An integration; times as text, UTC. */
export interface Standing {
  readonly workspace: string;
  readonly integration_id: string;
  readonly integration_name: string;
  readonly integration_type: string | null;
  readonly integration_status: string | null;
  readonly listed: boolean | null;
  readonly standing: StandingState;
  readonly last_start: string | null;
  readonly last_status: string | null;
  readonly last_success: string | null;
  readonly syncs_without_success: bigint | null;
  readonly usual_minutes: number | null;
  readonly expected_by: string | null;
  readonly as_of: string | null;
  readonly late: boolean | null;
  readonly minutes_late: number | null;
  readonly newest_timestamp_synced: string | null;
  readonly trusted_from: string | null;
  readonly trusted_to: string | null;
  readonly gaps: bigint | null;
  readonly failure: string | null;
  readonly checked_at: string | null;
  readonly verdict: string | null;
}

/** Trouble first. */
export function standingQuestion(moment: Moment): string {
  const dialect = at(duckdb, moment.now);
  return `
WITH described AS (
  SELECT
    coalesce(f.workspace, c.workspace) AS workspace,
    coalesce(f.integration_id, c.integration_id) AS integration_id,
    coalesce(f.integration_name, c.integration_name) AS integration_name,
    coalesce(f.integration_type, c.integration_type) AS integration_type,
    f.integration_status,
    coalesce(f.listed, c.listed) AS listed,
    f.last_success, f.usual_minutes, f.expected_by, f.as_of, f.late, f.minutes_late, f.newest_timestamp_synced,
    c.trusted_from, c.trusted_to, c.state, c.gaps, c.failure, c.checked_at, c.verdict
  FROM (SELECT * FROM freshness WHERE ${ofWorkspaces(moment)}) AS f
  FULL JOIN (SELECT * FROM completeness WHERE ${ofWorkspaces(moment)}) AS c
    ON c.workspace = f.workspace AND c.integration_id = f.integration_id
),
with_syncs AS (
  SELECT
    described.*,
    l.last_start, l.last_status, l.syncs_without_success,
    coalesce(described.state = 'gone' OR described.listed = false, false) AS is_gone,
    coalesce(lower(described.integration_status) = 'paused', false) AS is_paused
  FROM described
  LEFT JOIN (SELECT * FROM latest_syncs WHERE ${ofWorkspaces(moment)}) AS l
    ON l.workspace = described.workspace AND l.integration_id = described.integration_id
),
judged AS (
  SELECT
    *,
    CASE
      WHEN NOT is_gone AND NOT is_paused AND syncs_without_success > 0 THEN 'failing'
      WHEN late AND NOT is_gone THEN 'late'
      WHEN NOT is_gone AND (
        state = 'failing' OR checked_at IS NULL
        OR checked_at < ${dialect.now} - INTERVAL '1' DAY
      ) THEN 'unread'
      WHEN NOT is_gone AND (gaps > 0 OR trusted_to IS NULL) THEN 'partly_read'
      WHEN is_gone OR is_paused OR last_start IS NULL THEN 'resting'
      ELSE 'well'
    END AS standing
  FROM with_syncs
)
SELECT
  workspace, integration_id, integration_name, integration_type, integration_status, listed, standing,
  last_start, last_status, last_success, syncs_without_success,
  usual_minutes, expected_by, as_of, late, minutes_late, newest_timestamp_synced,
  trusted_from, trusted_to, gaps, failure, checked_at, verdict
FROM judged
ORDER BY
  workspace,
  array_position(['failing', 'late', 'unread', 'partly_read', 'well', 'resting'], standing),
  expected_by, integration_name, integration_id`;
}
