/** The command `npm run query`. */
import { Command, Option } from 'commander';
import { columns } from '../../lambda/schema/tables.ts';
import { views } from '../../sql/views.ts';
import { endingInWords, explain } from '../command/ending.ts';
import { refuseSwallowed, tellKeptJson } from '../command/swallowed-options.ts';
import { untilStopped } from '../command/until-stopped.ts';
import { WrongUse } from '../command/wrong-use.ts';
import { counted } from '../table/counted.ts';
import { screenOf } from '../table/screen.ts';
import { wrapped } from '../table/wrapped.ts';
import { version } from '../version.ts';
import { type AnswerFormat, answer } from './answer.ts';
import { filled, onThisDisk } from './filled.ts';
import { inShell } from './in-shell.ts';
import { type LakeChoice, lakeToRead } from './lake-folder.ts';
import { LocalSqlFailure } from './local-sql-failure.ts';
import type { Needed } from './needed.ts';
import { prompt } from './prompt.ts';
import { mostTableRows } from './result-formats.ts';
import { howToAsk, statementOf } from './statement.ts';

interface Options extends AnswerFormat {
  readonly data?: string;
  readonly file?: string;
  readonly saved?: string;
  readonly list?: true;
  readonly export?: string;
  readonly parquet?: string;
}

/** The first sentence of each. */
const viewList = views
  .map(({ name, grain }) => wrapped(`  ${name.padEnd(18)}${grain.split(/(?<=[.?]) /)[0]}`, 80, 20))
  .join('\n');

const command = new Command('npm run query --')
  .description(
    'Asks the lake on this disk with one SQL statement (DuckDB). Tables, views and their columns are those in ' +
      'Athena; times are UTC. ' +
      `The answer is a table of at most ${mostTableRows} rows, or all of them with --json or --csv.`,
  )
  .argument(
    '[SQL]',
    'the statement, in quotes; without it, from standard input, or from a prompt on a terminal',
  )
  .option('--file <FILE>', 'read the statement from this file', onThisDisk)
  .option('--saved <NAME>', 'ask a question of the cookbook, such as "open incidents"', filled)
  .addOption(new Option('--list', 'list the questions of the cookbook').conflicts(['file', 'saved']))
  .option('--data <DIR>', 'the folder that holds lake/ (default: ./data, else ./data-simulated)', onThisDisk)
  .addOption(
    new Option('--json', 'write a JSON array with one object a row; integers are exact').conflicts('csv'),
  )
  .addOption(new Option('--csv', 'write CSV (RFC 4180) with a header line'))
  .addOption(
    new Option(
      '--export <FILE>',
      'write the whole lake with its views into a DuckDB file, such as lake.duckdb',
    )
      .argParser(onThisDisk)
      .conflicts(['file', 'saved', 'list', 'json', 'csv', 'parquet']),
  )
  .addOption(
    new Option('--parquet <DIR>', 'write the tables as Parquet files into a new folder, with views.sql')
      .argParser(onThisDisk)
      .conflicts(['file', 'saved', 'list', 'json', 'csv']),
  )
  .version(version)
  .addHelpText(
    'after',
    `\nTables: ${Object.keys(columns).join(', ')}\n\nViews:\n${viewList}\n\nFor example:\n` +
      '  npm run query -- "SELECT * FROM freshness WHERE late"\n' +
      '  npm run query -- --saved "how late is each integration"\n' +
      '  npm run query -- "SELECT job_status, count(*) FROM syncs GROUP BY ALL"\n' +
      '  npm run --silent query -- "FROM coverage" --json | jq .\n' +
      '(--silent leaves out npm’s own lines)\n\n' +
      'Exit code: 0; 1 standard error says what could not be done; 2 wrong use.',
  )
  .showHelpAfterError(howToAsk)
  .exitOverride();

async function ask(sql: string | undefined, options: Options): Promise<void> {
  const { data, file, saved, list, export: exported, parquet, ...format } = options;
  tellKeptJson(command.name(), format.json === true, process.env);
  if (exported !== undefined || parquet !== undefined) {
    if (sql !== undefined)
      throw new WrongUse('Error: what is handed on is the whole lake: leave out the SQL.');
    return await handOn(lakeToRead(data), exported, parquet);
  }
  if (list) {
    if (sql !== undefined) throw new WrongUse('Error: --list asks no question: leave out the SQL.');
    const { savedList } = await import('./saved.ts');
    return void process.stdout.write(savedList(screenOf(process.stdout), format));
  }
  const statement = await statementOf(
    { sql, ...(file === undefined ? {} : { file }), ...(saved === undefined ? {} : { saved }) },
    process.stdin,
  );
  const { directory, title } = lakeToRead(data);
  // The database, which neither help nor wrong use has to wait for.
  const { openLake } = await import('./open-lake.ts');
  const { neededFor } = await import('./needed.ts');
  const asked = async (needed: Needed | undefined, heading: string | undefined): Promise<void> => {
    const lake = await openLake(directory, needed);
    try {
      if (heading !== undefined) tell(heading);
      if (statement !== undefined) await answer(lake, statement, format);
      else
        await prompt({
          answer: (typed) => answer(lake, typed, format),
          interrupt: () => lake.interrupt(),
        });
    } finally {
      lake.close();
    }
  };
  if (statement === undefined) return await asked(undefined, title);
  try {
    await asked(neededFor(statement), title);
  } catch (error) {
    // Which name was meant, DuckDB can only say where all of them are.
    if (!(error instanceof LocalSqlFailure && isNameUnknown(error))) throw error;
    await asked(undefined, undefined);
  }
}

const isNameUnknown = ({ message }: LocalSqlFailure): boolean =>
  /Table with name .+ does not exist/.test(message);

const tell = (text: string): void => console.error(wrapped(text, screenOf(process.stderr).width));

/** One of the two is there. */
async function handOn(
  { directory, title }: LakeChoice,
  file: string | undefined,
  folder: string | undefined,
): Promise<void> {
  tell(title);
  const { exportToDuckDB, exportToParquet } = await import('./export-lake.ts');
  const rows =
    file === undefined
      ? await exportToParquet(directory, folder ?? '')
      : await exportToDuckDB(directory, file);
  for (const [table, count] of rows) console.error(`  ${table.padEnd(14)}${counted(count, 'row')}`);
  const [written, asked] =
    file === undefined
      ? [folder, `cd ${inShell(folder ?? '')} && duckdb -init views.sql`]
      : [file, `duckdb ${inShell(file)}`];
  console.log(`${written} is written. To ask it: ${asked}`);
}

export async function query(commandLine: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the answer may have seen enough of it: `… | head`.
    if (error.code === 'EPIPE') process.exit();
    process.exitCode = explain(new LocalSqlFailure(`The answer could not be written: ${error.message}`));
  });
  await endingInWords(async () => {
    refuseSwallowed(command, process.env);
    await untilStopped(() => command.action(ask).parseAsync([...commandLine], { from: 'user' }));
  });
}
