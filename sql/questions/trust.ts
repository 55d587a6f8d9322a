import { daysAgo } from '../expressions.ts';
import type { Question } from '../question.ts';

export const trust: readonly Question[] = [
  {
    name: 'may this chart be trusted',
    description:
      'From when to when the history of each integration is whole, those with something amiss first.',
    sql: () => `
SELECT integration_name, trusted_from, trusted_to, state, verdict
FROM completeness
ORDER BY
  CASE WHEN state = 'complete' AND gaps = 0 AND row_order <> 'unproved' THEN 1 ELSE 0 END,
  integration_name, integration_id`,
  },
  {
    name: 'rows that could not be placed',
    description: 'Rows in quarantine by integration and reason, with one of them as Braze sent it.',
    sql: () => `
SELECT workspace, integration_id, reason, count(*) AS row_count, min(raw) AS for_example
FROM quarantine
GROUP BY workspace, integration_id, reason
ORDER BY row_count DESC, workspace, integration_id NULLS LAST, reason`,
  },
  {
    name: 'fields that no column holds',
    description: 'What Braze sends beyond its documented fields, last 30 days: name, how often, since when.',
    sql: (dialect) => `
SELECT field, count(*) AS syncs, min(sync_start_time) AS first_start, max(sync_start_time) AS last_start
FROM sync_history
CROSS JOIN UNNEST(${dialect.jsonFields('raw')}) AS fields (field)
WHERE dt >= ${daysAgo(30, dialect)}
  AND lower(field) NOT IN (
    'job_status', 'sync_start_time', 'sync_finish_time', 'last_timestamp_synced',
    'rows_synced', 'rows_failed_with_errors'
  )
GROUP BY field
ORDER BY syncs DESC, field`,
  },
  {
    name: 'names that are not unique',
    description: 'Integrations that share their name with another one: group by integration_id there.',
    sql: () => `
SELECT workspace, integration_name, integration_id, integration_type, integration_status, listed
FROM (
  SELECT *, count(*) OVER (PARTITION BY workspace, integration_name) AS bearers FROM integrations
)
WHERE bearers > 1 AND integration_name <> ''
ORDER BY workspace, integration_name, integration_id`,
  },
];
