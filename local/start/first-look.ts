/** What a person sees of the data after an export: its views, in short, and how to ask on. */
import { resolve } from 'node:path';
import { hasLake, usualDirectory } from '../query/lake-folder.ts';
import { type LocalLake, openLake } from '../query/open-lake.ts';
import { asTable } from '../query/result-formats.ts';
import { quoted } from '../query/view.ts';

/** The tables fit 110 columns: texts are cut, and times are told to the minute. */
const longestName = 26;
const longestStatuses = 28;
const longestVerdict = 80;

/**
 * The latest sync of each integration, the incidents, and how complete it all is, each with trouble first, and a
 * command that asks on; without a last line break.
 *
 * @throws {LocalSqlFailure} when an object of the lake can't be read
 */
export async function firstLook(directory: string, workspace: string): Promise<string> {
  const nothing = `There are no syncs of the workspace ${workspace} in ${directory} yet.`;
  if (!hasLake(directory)) return nothing;
  const lake = await openLake(directory);
  try {
    const anything = await lake.query(`SELECT 1 FROM syncs WHERE workspace = ${quoted(workspace)} LIMIT 1`);
    if (anything.rows.length === 0) return nothing;
    const sections: string[] = [];
    for (const section of sectionsOf(workspace)) sections.push(await sectionText(lake, section));
    return [
      ...sections,
      'Ask on in SQL, for example what is late; with --help it lists the tables and views:\n',
      `npm run query -- "${example}"${dataOption(directory)}`,
    ].join('\n');
  } finally {
    lake.close();
  }
}

/** Stands between double quotes in a shell: without a double quote, dollar, backtick, backslash or `!`. */
const example = `SELECT integration_name, last_success, expected_by, minutes_late
  FROM freshness WHERE late ORDER BY minutes_late DESC`;

interface Section {
  readonly title: string;
  /** What its rows are. */
  readonly things: string;
  readonly sql: string;
  readonly mostRows: number;
}

async function sectionText(lake: LocalLake, { title, things, sql, mostRows }: Section): Promise<string> {
  const { columns, rows } = await lake.query(sql);
  if (rows.length === 0) return `${title} None.\n`;
  const rest =
    rows.length > mostRows ? `${mostRows} of ${rows.length} ${things} are shown, trouble first.\n` : '';
  return `${title}\n\n${asTable({ columns, rows: rows.slice(0, mostRows) }, false)}${rest}`;
}

const sectionsOf = (workspace: string): readonly Section[] => [
  {
    title: 'The latest sync of each integration; failing counts its syncs since the last success:',
    things: 'integrations',
    mostRows: 15,
    sql: `SELECT ${cut('integration_name', longestName)} AS integration,
  ${minute('last_start')} AS last_start_utc,
  last_status AS status,
  last_rows_synced AS rows,
  last_rows_failed AS refused,
  ${minute('last_success')} AS last_success_utc,
  syncs_without_success AS failing
FROM latest_syncs WHERE workspace = ${quoted(workspace)}
ORDER BY syncs_without_success DESC, last_start DESC NULLS LAST, integration_name, integration_id`,
  },
  {
    title: 'Incidents, that is streaks of syncs without success; those still open first, then the longest:',
    things: 'incidents',
    mostRows: 10,
    sql: `SELECT ${cut('integration_name', longestName)} AS integration,
  ${minute('first_start')} AS first_start_utc,
  syncs,
  ${cut('statuses', longestStatuses)} AS statuses,
  CASE WHEN still_open THEN 'still open' ELSE ${minute('next_success')} END AS next_success_utc,
  CAST(round(minutes_to_success) AS bigint) AS minutes
FROM incidents WHERE workspace = ${quoted(workspace)}
ORDER BY still_open DESC, syncs DESC, first_start DESC, integration_name, integration_id`,
  },
  {
    title: 'How complete the history is, in UTC:',
    things: 'integrations',
    mostRows: 15,
    sql: `SELECT ${cut('integration_name', longestName)} AS integration, ${cut('verdict', longestVerdict)} AS verdict
FROM completeness WHERE workspace = ${quoted(workspace)}
ORDER BY state = 'complete' AND gaps = 0 AND row_order <> 'unproved' NULLS FIRST,
  open_syncs + abandoned_syncs DESC, integration_name, integration_id`,
  },
];

const minute = (time: string): string => `strftime(${time}, '%Y-%m-%d %H:%M')`;

const cut = (text: string, longest: number): string =>
  `CASE WHEN length(${text}) > ${longest} THEN left(${text}, ${longest - 1}) || '…' ELSE ${text} END`;

function dataOption(directory: string): string {
  const usual = usualDirectory();
  if (usual !== undefined && resolve(usual) === resolve(directory)) return '';
  const isPlain = /^[\w./-]+$/.test(directory);
  return ` --data ${isPlain ? directory : `'${directory.replaceAll("'", "'\\''")}'`}`;
}
