import type { StandingState as Judged } from '../../lambda/standing/standing.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { gapAtRisk } from './gap-at-risk.ts';
import { type Moment, ofThose } from './moment.ts';

/**
 * How an integration stands, as the exporter has judged it. A page adds only what the exporter can't know: `unread`
 * also where nobody has looked for a day, or no run has judged it yet; and `partly_read` where nothing is wrong, and
 * older history is still being read.
 */
export type StandingState = Judged | 'partly_read';

/** The most urgent first. */
const urgency: readonly StandingState[] = [
  'failing',
  'stuck',
  'late',
  'unread',
  'refusing',
  'suspect',
  'partly_read',
  'healthy',
  'resting',
  'new',
  'paused',
  'gone',
];

/** An integration; times as text, UTC. */
export interface Standing {
  readonly workspace: string;
  readonly integration_id: string;
  readonly integration_name: string;
  readonly integration_type: string | null;
  readonly integration_status: string | null;
  readonly listed: boolean | null;
  readonly standing: StandingState;
  readonly since: string | null;
  readonly reason: string | null;
  readonly last_start: string | null;
  readonly last_status: string | null;
  readonly last_success: string | null;
  readonly syncs_without_success: bigint | null;
  readonly failing_since: string | null;
  readonly usual_minutes: number | null;
  readonly expected_by: string | null;
  readonly as_of: string | null;
  readonly late: boolean | null;
  readonly minutes_late: number | null;
  /** Names, with commas between. */
  readonly traps: string | null;
  readonly details_until: string | null;
  readonly newest_timestamp_synced: string | null;
  readonly trusted_from: string | null;
  readonly trusted_to: string | null;
  readonly gaps: bigint | null;
  readonly failure: string | null;
  readonly checked_at: string | null;
  readonly verdict: string | null;
  /** What is not read yet is about to be lost, as far as the lake tells. */
  readonly gap_at_risk: boolean;
}

/** Trouble first. */
export function standingQuestion(moment: Moment): string {
  const dialect = at(duckdb, moment.now);
  return `
WITH described AS (
  SELECT
    coalesce(l.workspace, c.workspace) AS workspace,
    coalesce(l.integration_id, c.integration_id) AS integration_id,
    coalesce(l.integration_name, c.integration_name) AS integration_name,
    coalesce(l.integration_type, c.integration_type) AS integration_type,
    coalesce(l.listed, c.listed) AS listed,
    l.integration_status, l.state, l.since, l.reason, l.last_start, l.last_status, l.last_success,
    l.syncs_without_success, l.failing_since, l.traps, l.details_until, l.incidents, l.as_of,
    f.usual_minutes, f.expected_by, f.late, f.minutes_late, f.newest_timestamp_synced,
    c.trusted_from, c.trusted_to, c.gaps, c.failure, c.checked_at, c.verdict
  FROM (SELECT * FROM latest_syncs WHERE ${ofThose(moment)}) AS l
  JOIN (SELECT * FROM freshness WHERE ${ofThose(moment)}) AS f
    ON f.workspace = l.workspace AND f.integration_id = l.integration_id
  FULL JOIN (SELECT * FROM completeness WHERE ${ofThose(moment)}) AS c
    ON c.workspace = l.workspace AND c.integration_id = l.integration_id
),
told AS (
  SELECT
    *,
    CASE
      WHEN state IN ('gone', 'paused', 'failing', 'refusing', 'stuck', 'late') THEN state
      WHEN state IS NULL OR as_of IS NULL OR as_of <= ${dialect.now} - INTERVAL '1' DAY THEN 'unread'
      WHEN state IN ('healthy', 'resting', 'new') AND (gaps > 0 OR trusted_to IS NULL) THEN 'partly_read'
      ELSE state
    END AS standing,
    ${gapAtRisk(dialect.now)} AS gap_at_risk
  FROM described
)
SELECT
  workspace, integration_id, integration_name, integration_type, integration_status, listed, standing, since, reason,
  last_start, last_status, last_success, syncs_without_success, failing_since, traps, details_until,
  usual_minutes, expected_by, as_of, late, minutes_late, newest_timestamp_synced,
  trusted_from, trusted_to, gaps, failure, checked_at, verdict, gap_at_risk
FROM told
ORDER BY
  workspace,
  array_position([${urgency.map((state) => `'${state}'`).join(', ')}], standing),
  expected_by, integration_name, integration_id`;
}
