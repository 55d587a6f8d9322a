import { daysAgo, nameOr } from '../expressions.ts';
import type { Question } from '../question.ts';

export const trust: readonly Question[] = [
  {
    name: 'may this chart be trusted',
    description:
      'From when to when the history of each integration is whole, those with something amiss first.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT workspace, integration_id, integration_name, trusted_from, trusted_to, state, verdict
FROM completeness
WHERE workspace LIKE '%'
ORDER BY
  CASE WHEN state = 'complete' AND gaps = 0 AND row_order <> 'unproved' THEN 1 ELSE 0 END,
  CASE WHEN state = 'gone' THEN 1 ELSE 0 END,
  workspace, integration_id
LIMIT 500`,
  },
  {
    name: 'rows that could not be placed',
    description: 'Rows in quarantine by integration and reason, with one of them as Braze sent it.',
    sql: () => `
-- To change: '%' is every workspace (put your own).
SELECT workspace, integration_id, reason, count(*) AS row_count, min(raw) AS for_example
FROM quarantine
WHERE workspace LIKE '%'
GROUP BY workspace, integration_id, reason
ORDER BY row_count DESC, workspace, integration_id NULLS LAST, reason
LIMIT 200`,
  },
  {
    name: 'one integration from sync to sync',
    description:
      'The last 7 days as a timeline: syncs with what became of them, and changes of the integration.',
    sql: (dialect) => `
-- To change: the last '%' to the name of your integration, the others are every workspace, and the 7 days, which stand twice.
WITH timeline AS (
  SELECT
    workspace, integration_id, sync_start_time AS at_utc, outcome AS what, job_status AS details,
    rows_synced, rows_failed, round(duration_seconds / 60, 1) AS minutes
  FROM sync_history
  WHERE workspace LIKE '%' AND dt >= ${daysAgo(7, dialect)}
  UNION ALL
  SELECT
    workspace, integration_id, seen_at, field, coalesce(before, 'nothing') || ' to ' || coalesce(after, 'nothing'),
    NULL, NULL, NULL
  FROM changes
  WHERE workspace LIKE '%' AND seen_at >= CAST(${daysAgo(7, dialect)} AS date)
)
SELECT
  timeline.workspace, timeline.integration_id,
  ${nameOr('timeline.integration_id')} AS integration_name,
  timeline.at_utc, timeline.what, timeline.details, timeline.rows_synced, timeline.rows_failed, timeline.minutes
FROM timeline
LEFT JOIN integrations
  ON integrations.workspace = timeline.workspace AND integrations.integration_id = timeline.integration_id
WHERE ${nameOr('timeline.integration_id')} LIKE '%'
ORDER BY
  at_utc DESC, workspace, integration_id, what, details NULLS LAST, minutes NULLS LAST, rows_synced NULLS LAST,
  rows_failed NULLS LAST
LIMIT 1000`,
  },
  {
    name: 'new gone renamed or paused',
    description: 'What changed of the integrations themselves in the last 30 days, the newest first.',
    sql: (dialect) => `
-- To change: '%' is every workspace (put your own), and the 30 days.
SELECT
  changes.seen_at, changes.workspace, changes.integration_id,
  ${nameOr('changes.integration_id')} AS integration_name,
  CASE
    WHEN changes.field = 'listed' AND changes.after = 'false' THEN 'gone'
    WHEN changes.field = 'listed' THEN 'new or back'
    WHEN changes.field = 'integration_name' THEN 'renamed'
    WHEN changes.field = 'integration_status' THEN 'another status'
    ELSE changes.field
  END AS what,
  changes.before, changes.after
FROM changes
LEFT JOIN integrations
  ON integrations.workspace = changes.workspace AND integrations.integration_id = changes.integration_id
WHERE changes.workspace LIKE '%' AND changes.seen_at >= CAST(${daysAgo(30, dialect)} AS date)
ORDER BY
  changes.seen_at DESC, changes.workspace, changes.integration_id, changes.field, changes.before NULLS LAST,
  changes.after NULLS LAST
LIMIT 500`,
  },
];
