/** Views that tell how an integration stands take it from the table `standing`, and judge nothing themselves. */
import { columns } from '../lambda/schema/tables.ts';
import { nameOr } from './expressions.ts';
import { tableComments } from './table-comments.ts';
import type { ViewColumn } from './view.ts';

/** A column of the table, as it stands there. */
export const standingColumn = (name: keyof typeof columns.standing): ViewColumn => ({
  name,
  type: columns.standing[name],
  comment: tableComments.standing.columns[name],
});

/** Which integration a row is about, as the list names it. Of {@link eachIntegration}. */
export const ofIntegration = `known.workspace,
  known.integration_id,
  ${nameOr('known.integration_id')} AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed`;

/**
 * Every integration that is listed or has a standing, with what is known of it in both: two small objects a
 * workspace. Where only some were exported, the list was never asked for; and one that was listed for the first time
 * in a run that was cut short has no standing yet. Not a full join: a filter on `workspace` would not get through it
 * to the partitions.
 */
export const eachIntegration = `(
  SELECT workspace, integration_id FROM integrations
  UNION
  SELECT workspace, integration_id FROM standing
) AS known
LEFT JOIN integrations
  ON integrations.workspace = known.workspace AND integrations.integration_id = known.integration_id
LEFT JOIN standing
  ON standing.workspace = known.workspace AND standing.integration_id = known.integration_id`;
