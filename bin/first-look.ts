/** What a person sees of the data after an export: each integration's latest state, and how to ask on. */
import { resolve } from 'node:path';
import { hasLake, usualDirectory } from './local-sql/lake-folder.ts';
import { openLake } from './local-sql/open-lake.ts';
import { quoted } from './local-sql/view.ts';
import { asTable } from './result-formats.ts';

const mostRows = 15;

/** The table fits a hundred columns: a name is cut, and the time is told to the minute. */
const longestName = 26;

/**
 * The newest state of each integration, those in trouble first, and the command that prints the same table;
 * without a last line break.
 *
 * @throws {LocalSqlFailure} when an object of the lake can't be read
 */
export async function firstLook(directory: string, workspace: string): Promise<string> {
  const nothing = `There are no syncs of the workspace ${workspace} in ${directory} yet.`;
  if (!hasLake(directory)) return nothing;
  const lake = await openLake(directory);
  try {
    const [counts] = (await lake.query(countsOf(workspace))).rows;
    const [syncs, integrations] = (counts ?? []).map(Number);
    if (!syncs || !integrations) return nothing;
    const sql = latestStates(workspace);
    const rest =
      integrations > mostRows
        ? [`${mostRows} of ${integrations} integrations are shown, those in trouble first.\n`]
        : [];
    return [
      'The latest sync of each integration, and its 24 hours up to the newest sync of all:\n',
      asTable(await lake.query(sql), false),
      ...rest,
      'The same once more, to change as you like:\n',
      `npm run query -- "${sql}"${dataOption(directory)}`,
    ].join('\n');
  } finally {
    lake.close();
  }
}

const everything = (workspace: string): string =>
  `FROM integrations FULL JOIN syncs USING (workspace, integration_id)
  WHERE workspace = ${quoted(workspace)}`;

const countsOf = (workspace: string): string =>
  `SELECT count(sync_start_time), count(DISTINCT integration_id) ${everything(workspace)}`;

/** Stands between double quotes in a shell: without a double quote, dollar, backtick, backslash or `!`. */
const latestStates = (workspace: string): string =>
  `WITH runs AS (
  SELECT *, sync_start_time > max(sync_start_time) OVER () - INTERVAL 24 HOURS AS is_recent
  ${everything(workspace)})
SELECT left(coalesce(any_value(integration_name), integration_id), ${longestName}) AS integration,
  strftime(max(sync_start_time), '%Y-%m-%d %H:%M') AS last_start_utc,
  last(job_status ORDER BY sync_start_time) AS status,
  last(rows_synced ORDER BY sync_start_time) AS rows_synced,
  last(rows_failed_with_errors ORDER BY sync_start_time) AS failed,
  count(*) FILTER (is_recent) AS runs_24h,
  count(*) FILTER (is_recent AND coalesce(job_status, '') NOT IN ('success', 'running')) AS bad_24h
FROM runs GROUP BY integration_id
ORDER BY bad_24h DESC, last_start_utc DESC, integration, integration_id LIMIT ${mostRows}`;

function dataOption(directory: string): string {
  const usual = usualDirectory();
  if (usual !== undefined && resolve(usual) === resolve(directory)) return '';
  const isPlain = /^[\w./-]+$/.test(directory);
  return ` --data ${isPlain ? directory : `'${directory.replaceAll("'", "'\\''")}'`}`;
}
