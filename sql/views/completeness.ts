import type { Dialect } from '../dialect.ts';
import { integration, listed } from '../integration-columns.ts';
import type { View } from '../view.ts';

export const completeness: View = {
  name: 'completeness',
  grain:
    'An integration a row: may its history be trusted, from when to when, and what is missing? ' +
    'No sync is missing between trusted_from and trusted_to.',
  columns: [
    { name: 'workspace', type: 'string', comment: 'Workspace' },
    ...integration,
    listed,
    { name: 'trusted_from', type: 'timestamp', comment: 'From then on no sync is missing, UTC' },
    {
      name: 'trusted_to',
      type: 'timestamp',
      comment: 'Until then no sync is missing, UTC; null: not proved yet',
    },
    { name: 'state', type: 'string', comment: 'complete, backfilling, failing or gone; null: never read' },
    {
      name: 'row_order',
      type: 'string',
      comment: 'Order of Braze’s rows; unproved: what is trusted holds if the rows go on as seen so far',
    },
    { name: 'gaps', type: 'bigint', comment: 'Stretches of history that were not read yet' },
    {
      name: 'open_syncs',
      type: 'bigint',
      comment: 'Syncs that are neither final nor followed by a newer one',
    },
    { name: 'abandoned_syncs', type: 'bigint', comment: 'Syncs that were still not final after 7 days' },
    {
      name: 'failure',
      type: 'string',
      comment: 'Why it could not be read, or what keeps it from being whole',
    },
    { name: 'checked_at', type: 'timestamp', comment: 'When an exporter last looked, UTC' },
    { name: 'verdict', type: 'string', comment: 'All of it in plain English' },
  ],
  sql: (dialect) => `
SELECT
  coalesce(coverage.workspace, integrations.workspace) AS workspace,
  coalesce(coverage.integration_id, integrations.integration_id) AS integration_id,
  coalesce(
    nullif(integrations.integration_name, ''), coverage.integration_id, integrations.integration_id
  ) AS integration_name,
  integrations.integration_type,
  integrations.listed,
  coverage.complete_from AS trusted_from,
  coverage.complete_to AS trusted_to,
  coverage.state,
  coverage.row_order,
  coverage.gaps,
  coverage.open_syncs,
  coverage.abandoned_syncs,
  coverage.failure,
  coverage.checked_at,
  CAST(${verdict(dialect)} AS varchar) AS verdict
FROM coverage
FULL JOIN integrations
  ON integrations.workspace = coverage.workspace AND integrations.integration_id = coverage.integration_id`,
};

/** What is whole, and then a sentence for each thing that is amiss. */
function verdict(dialect: Dialect): string {
  const from = dialect.minute('coverage.complete_from');
  const to = dialect.minute('coverage.complete_to');
  return `CASE
    WHEN coverage.integration_id IS NULL THEN 'No run has read it yet.'
    WHEN coverage.complete_to IS NULL THEN 'No stretch of its history is whole yet.'
    WHEN coverage.complete_from IS NULL THEN 'It had no syncs up to ' || ${to} || '.'
    WHEN coverage.row_order = 'unproved'
      THEN 'Whole from ' || ${from} || ' to ' || ${to} || ', if the rows go on as seen so far.'
    ELSE 'Whole from ' || ${from} || ' to ' || ${to} || '.'
  END
  || CASE WHEN coverage.gaps > 0
    THEN ' Older stretches not read yet: ' || CAST(coverage.gaps AS varchar) || '.' ELSE '' END
  || CASE WHEN coverage.open_syncs > 0
    THEN ' Not final yet: ' || CAST(coverage.open_syncs AS varchar) || '.' ELSE '' END
  || CASE WHEN coverage.abandoned_syncs > 0
    THEN ' Never final: ' || CAST(coverage.abandoned_syncs AS varchar) || '.' ELSE '' END
  || CASE coverage.state
    WHEN 'failing' THEN ' It could not be read the last time: ' || coalesce(coverage.failure, 'no reason given.')
    WHEN 'gone' THEN ' It is gone from Braze; its history is kept.'
    ELSE '' END
  || CASE WHEN coverage.state IS DISTINCT FROM 'failing' AND coverage.failure IS NOT NULL
    THEN ' What keeps it from being whole: ' || coverage.failure ELSE '' END`;
}
