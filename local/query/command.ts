/** The command `npm run query`. */
import { Command, Option } from 'commander';
import { columns } from '../../lambda/schema/tables.ts';
import { views } from '../../sql/views.ts';
import { endingInWords, explain } from '../command/ending.ts';
import { refuseSwallowed } from '../command/swallowed-options.ts';
import { type Screen, screenOf } from '../table/screen.ts';
import type { FittedTable } from '../table/text-table.ts';
import { wrapped } from '../table/wrapped.ts';
import { version } from '../version.ts';
import { lakeToRead } from './lake-folder.ts';
import { LocalSqlFailure } from './local-sql-failure.ts';
import type { QueryResult } from './open-lake.ts';
import { asCsv, asJson, asTable, mostTableRows } from './result-formats.ts';

interface Options {
  readonly data?: string;
  readonly json?: true;
  readonly csv?: true;
}

/** The first sentence of each. */
const viewList = views
  .map(({ name, grain }) => `  ${name.padEnd(18)}${grain.split(/(?<=[.?]) /)[0]}`)
  .join('\n');

const command = new Command('npm run query --')
  .description(
    'Asks the lake on this disk with one SQL statement (DuckDB). Tables, views and their columns are those in ' +
      'Athena; times are UTC. ' +
      `The answer is a table of at most ${mostTableRows} rows, or all of them with --json or --csv.`,
  )
  .argument('<SQL>', 'the statement, in quotes')
  .option('--data <DIR>', 'the folder that holds lake/ (default: ./data, else ./data-simulated)')
  .addOption(
    new Option('--json', 'write a JSON array with one object a row; integers are exact').conflicts('csv'),
  )
  .addOption(new Option('--csv', 'write CSV (RFC 4180) with a header line'))
  .version(version)
  .addHelpText(
    'after',
    `\nTables: ${Object.keys(columns).join(', ')}\n\nViews:\n${viewList}\n\nFor example:\n` +
      '  npm run query -- "SELECT * FROM freshness WHERE late"\n' +
      '  npm run query -- "SELECT job_status, count(*) FROM syncs GROUP BY ALL"\n' +
      '  npm run --silent query -- "FROM coverage" --json | jq .      (--silent: without npm’s own lines)',
  )
  .showHelpAfterError(
    'Put the statement in quotes: npm run query -- "SELECT …" [--data DIR] [--json | --csv]',
  )
  .exitOverride();

async function answer(sql: string, { data, json, csv }: Options): Promise<void> {
  const { directory, title } = lakeToRead(data);
  // The database, which neither help nor wrong use has to wait for.
  const { openLake } = await import('./open-lake.ts');
  const lake = await openLake(directory);
  try {
    console.error(title);
    const result = await lake.query(sql);
    if (json) process.stdout.write(asJson(result));
    else if (csv) process.stdout.write(asCsv(result));
    else {
      const screen = screenOf(process.stdout);
      const table = asTable(result, screen);
      process.stdout.write(table.text);
      console.error(wrapped(remarksOn(result, table, screen).join('\n'), screen.width));
    }
  } finally {
    lake.close();
  }
}

/** How much of the answer the table shows. */
function remarksOn({ rows, columns }: QueryResult, table: FittedTable, { width }: Screen): string[] {
  const isWhole = rows.length <= mostTableRows;
  const shown = columns.length - table.leftOut.length;
  return [
    isWhole
      ? `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
      : `The first ${mostTableRows} of ${rows.length} rows; --json or --csv gives all.`,
    ...(table.leftOut.length > 0
      ? [
          `${shown} of ${columns.length} columns fit this terminal, which is ${width} wide; left out: ` +
            `${table.leftOut.join(', ')}. Name those that you want, or take --json or --csv.`,
        ]
      : []),
    ...(table.isShortened ? ['What ends in … is shortened.'] : []),
  ];
}

export async function query(commandLine: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the answer may have seen enough of it: `… | head`.
    if (error.code === 'EPIPE') process.exit();
    process.exitCode = explain(new LocalSqlFailure(`The answer could not be written: ${error.message}`));
  });
  await endingInWords(async () => {
    refuseSwallowed(command, process.env);
    await command.action(answer).parseAsync([...commandLine], { from: 'user' });
  });
}
