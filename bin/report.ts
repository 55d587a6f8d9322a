/** `npm run report`: a lake as one HTML file. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { s3Client } from '../lambda/aws/clients.ts';
import { isForPeople } from '../lambda/errors/exporter-error.ts';
import { workspaceName } from '../lambda/schema/keys.ts';
import { usualDirectory } from '../local/query/lake-folder.ts';
import { LocalSqlFailure } from '../local/query/local-sql-failure.ts';
import { version } from '../local/version.ts';
import { writeBucketReport } from '../report/write-bucket-report.ts';
import { usualDays, type WrittenReport, writeReport } from '../report/write-report.ts';

interface Options {
  readonly data?: string;
  readonly bucket?: string;
  readonly workspace?: readonly string[];
  readonly out?: string;
  readonly days: number;
}

/** The views of incidents and freshness look back no further. */
const mostDays = 400;

const command = new Command('npm run report --')
  .description(
    'Writes what is in a lake as one HTML file: how each workspace stands, a calendar of each integration, what is ' +
      'late, incidents, rows, durations, and how complete it all is. The file loads nothing from anywhere: open it ' +
      'from disk, or send it by e-mail.',
  )
  .addOption(
    new Option(
      '--data <DIR>',
      'the folder that holds lake/ (default: ./data, else ./data-simulated)',
    ).conflicts('bucket'),
  )
  .option('--bucket <NAME>', 'read the lake from this bucket, with the AWS credentials of this shell')
  .option('--workspace <NAME>', 'only this one; may be given several times', workspaces)
  .option('--out <FILE>', 'the file to write (default: report.html in the data folder; here with --bucket)')
  .option('--days <N>', `how many days to show, 7 to ${mostDays}`, days, usualDays)
  .version(version)
  .showHelpAfterError('See npm run report -- --help.')
  .exitOverride();

function workspaces(name: string, before: readonly string[] = []): readonly string[] {
  if (!workspaceName.test(name)) throw new InvalidArgumentError('It is 1 to 63 of a-z, 0-9 and -.');
  return [...before, name];
}

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 7 || number > mostDays)
    throw new InvalidArgumentError(`It is a whole number from 7 to ${mostDays}.`);
  return number;
}

async function write({ data, bucket, workspace, out, days }: Options): Promise<void> {
  const shared = { days, ...(workspace ? { workspaces: workspace } : {}) };
  const { file, bytes } = bucket
    ? await fromBucket(bucket, { ...shared, out: out ?? 'report.html' })
    : await writeReport({ ...shared, data: data ?? localLake(), ...(out ? { out } : {}) });
  console.log(`${file} (${(bytes / 1e6).toFixed(1)} MB): open it in a browser.`);
}

async function fromBucket(
  bucket: string,
  options: Omit<Parameters<typeof writeBucketReport>[0], 'bucket' | 'client'>,
): Promise<WrittenReport> {
  const client = s3Client({ followRegionRedirects: true });
  try {
    return await writeBucketReport({ ...options, bucket, client });
  } finally {
    client.destroy();
  }
}

function localLake(): string {
  const directory = usualDirectory();
  if (directory !== undefined) return directory;
  throw new LocalSqlFailure(
    'There is no lake in ./data or ./data-simulated: run npm start first, or name its folder with --data.',
  );
}

function explain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isExpected = isForPeople(error);
  console.error(isExpected ? message : `Error: a fault of this program: ${message}`);
  process.exitCode = 1;
}

try {
  await command.action(write).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else explain(error);
}
