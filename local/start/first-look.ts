/** What a person sees of the data after an export: its views, in short, and how to ask on. */
import { resolve } from 'node:path';
import { dataOption } from '../query/in-shell.ts';
import { hasLake, usualDirectory } from '../query/lake-folder.ts';
import { type LocalLake, openLake } from '../query/open-lake.ts';
import { oneLine } from '../query/result-formats.ts';
import { quoted } from '../query/view.ts';
import { plainScreen, type Screen } from '../table/screen.ts';
import { paintedState } from '../table/state-colours.ts';
import { fitted } from '../table/text-table.ts';
import { wrapped } from '../table/wrapped.ts';
import { type Row, type Section, sectionsOf } from './first-look-sections.ts';

/**
 * The latest sync of each integration, the incidents, and how complete it all is, each with trouble first, and a
 * command that asks on; without a last line break.
 *
 * @throws {LocalSqlFailure} when an object of the lake can't be read
 */
export async function firstLook(directory: string, workspace: string, screen = plainScreen): Promise<string> {
  const nothing = `There are no syncs of the workspace ${workspace} in ${directory} yet.`;
  if (!hasLake(directory)) return nothing;
  const lake = await openLake(directory);
  try {
    const has = async (table: string): Promise<boolean> =>
      (await lake.query(`SELECT 1 FROM ${table} WHERE workspace = ${quoted(workspace)} LIMIT 1`)).rows
        .length > 0;
    if (!(await has('syncs'))) return nothing;
    // A run that was broken off may have stored syncs alone, as on a full disk: they have no names and no standing yet.
    if (!(await has('integrations')))
      return `There are syncs of the workspace ${workspace} in ${directory}, but not its integrations yet: the next run writes them.`;
    const sections: string[] = [];
    for (const section of sectionsOf(workspace)) sections.push(await sectionText(lake, section, screen));
    return [
      ...sections,
      wrapped(
        'Ask on in SQL, for example what is late; with --help it lists the tables and views:\n',
        screen.width,
      ),
      `npm run query -- "${example}"${optionFor(directory)}`,
    ].join('\n');
  } finally {
    lake.close();
  }
}

/** Stands between double quotes in a shell: without a double quote, dollar, backtick, backslash or `!`. */
const example = `SELECT integration_name, last_success,
  expected_by, minutes_late FROM freshness
  WHERE late ORDER BY minutes_late DESC`;

async function sectionText(lake: LocalLake, section: Section, screen: Screen): Promise<string> {
  const { title, things, mostRows, columns } = section;
  const answer = await lake.query(section.sql);
  if (answer.rows.length === 0) return wrapped(`${title} None.\n`, screen.width);
  const rows = answer.rows
    .slice(0, mostRows)
    .map(
      (cells): Row =>
        Object.fromEntries(answer.columns.map(({ name }, index) => [name, cells[index] ?? null])),
    );
  const cells = rows.map((row) => columns.map(({ text }) => paintedState(oneLine(text(row)), screen)));
  const table = fitted({ columns, rows: cells }, screen.width);
  const remarks = [
    ...(answer.rows.length > mostRows
      ? [`${mostRows} of ${answer.rows.length} ${things} are shown, trouble first.`]
      : []),
    ...(rows.some((row) => row.is_half_read === true)
      ? ['≥ and at least: it may have begun earlier, in history that has not been read yet.']
      : []),
    ...(table.leftOut.length > 0 ? [`A wider terminal shows ${table.leftOut.join(', ')} as well.`] : []),
  ];
  return [
    wrapped(title, screen.width),
    '',
    table.text + wrapped(remarks.map((text) => `${text}\n`).join(''), screen.width),
  ].join('\n');
}

function optionFor(directory: string): string {
  const usual = usualDirectory();
  return usual !== undefined && resolve(usual) === resolve(directory) ? '' : ` ${dataOption(directory)}`;
}
