import { minutes, nameOr } from '../expressions.ts';
import { integration, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/**
 * `active` is the only word of Braze's that is known, so any other is a pause; the exporter has the same rule for what
 * holds now, and asks for one thing more, that nothing is planned, which no table keeps.
 */
const restBefore = `CASE
      WHEN field = 'listed' AND before = 'false' THEN 'gone'
      WHEN field = 'integration_status' AND lower(before) <> 'active' THEN 'paused'
    END`;

/** One that is gone while it is paused is at rest once: each row begins where those before it have ended. */
export const pauses: View = {
  name: 'pauses',
  grain:
    'A stretch a row in which an integration was paused, or gone, and which is over, from the table changes. ' +
    'Nothing was expected in it. What is paused or gone now is told by standing.',
  columns: [
    workspace,
    ...integration,
    { name: 'kind', type: 'string', comment: 'paused: its status was another than active; or gone' },
    {
      name: 'paused_from',
      type: 'timestamp',
      comment: 'When it was first seen so, UTC; null: before the first change of it that was seen',
    },
    { name: 'paused_until', type: 'timestamp', comment: 'When it was first seen otherwise, UTC' },
    { name: 'minutes', type: 'double', comment: 'From the one to the other' },
  ],
  sql: () => `
-- A change of the status, or of whether it is listed, ends what was before it.
WITH changed AS (
  SELECT
    workspace,
    integration_id,
    CAST(${restBefore} AS varchar) AS kind,
    lag(seen_at) OVER (PARTITION BY workspace, integration_id, field ORDER BY seen_at) AS paused_from,
    seen_at AS paused_until
  FROM changes
),
-- Beside each, until when it was at rest already.
ordered AS (
  SELECT
    *,
    max(paused_until) OVER (
      PARTITION BY workspace, integration_id
      ORDER BY paused_from NULLS FIRST, paused_until
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS rested_until
  FROM changed
  WHERE kind IS NOT NULL
),
apart AS (
  SELECT
    workspace,
    integration_id,
    kind,
    CASE WHEN paused_from > rested_until OR rested_until IS NULL THEN paused_from ELSE rested_until END AS paused_from,
    paused_until
  FROM ordered
)
SELECT
  apart.workspace,
  apart.integration_id,
  ${nameOr('apart.integration_id')} AS integration_name,
  integrations.integration_type,
  apart.kind,
  apart.paused_from,
  apart.paused_until,
  ${minutes('apart.paused_from', 'apart.paused_until')} AS minutes
FROM apart
LEFT JOIN integrations
  ON integrations.workspace = apart.workspace AND integrations.integration_id = apart.integration_id
WHERE apart.paused_from IS NULL OR apart.paused_from < apart.paused_until`,
};
