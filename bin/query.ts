/** `npm run query -- "SELECT …"`: one SQL statement over the lake on this disk. */

import { Command, CommanderError, Option } from 'commander';
import { isForPeople } from '../lambda/errors/exporter-error.ts';
import { columns } from '../lambda/schema/tables.ts';
import { usualDirectory } from '../local/query/lake-folder.ts';
import { LocalSqlFailure } from '../local/query/local-sql-failure.ts';
import { openLake } from '../local/query/open-lake.ts';
import { asCsv, asJson, asTable, mostTableRows } from '../local/query/result-formats.ts';
import { version } from '../local/version.ts';
import { views } from '../sql/views.ts';

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
  const directory = data ?? usualDirectory();
  if (directory === undefined)
    throw new LocalSqlFailure(
      'There is no lake in ./data or ./data-simulated: run npm start first, or name its folder with --data.',
    );
  const lake = await openLake(directory);
  try {
    console.error(`The lake in ${directory}:`);
    const result = await lake.query(sql);
    if (json) process.stdout.write(asJson(result));
    else if (csv) process.stdout.write(asCsv(result));
    else {
      process.stdout.write(asTable(result, process.stdout.isTTY ?? false));
      if (result.rows.length > mostTableRows)
        console.error(`The first ${mostTableRows} of ${result.rows.length} rows; --json or --csv gives all.`);
    }
  } finally {
    lake.close();
  }
}

function explain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isExpected = isForPeople(error);
  console.error(isExpected ? message : `Error: a fault of this program: ${message}`);
  process.exitCode = 1;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the answer may have seen enough of it: `… | head`.
  if (error.code === 'EPIPE') process.exit();
  explain(new LocalSqlFailure(`The answer could not be written: ${error.message}`));
});

try {
  await command.action(answer).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else explain(error);
}
