/** The command `npm run report`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { workspaceName, writtenId, writtenIdRule } from '../lambda/schema/keys.ts';
import { filled, onThisDisk } from '../local/query/filled.ts';
import { lakeToRead } from '../local/query/lake-folder.ts';
import { defaultDays } from './figures/moment.ts';
import type { BucketReportOptions } from './write-bucket-report.ts';
import type { ReportOptions, WrittenReport } from './write-report.ts';

interface Options {
  readonly data?: string;
  readonly bucket?: string;
  readonly workspace?: readonly string[];
  readonly integration?: readonly string[];
  readonly dashboard?: string;
  readonly out?: string;
  readonly days: number;
}

/** A calendar of more is none that can be read. */
const mostDays = 400;

export const reportCommand = (): Command =>
  new Command('npm run report --')
    .description(
      'Writes what is in a lake as one HTML file: first what is wrong now and what to do about it; folded below it ' +
        'figures, incidents, and a calendar, rows and durations of each integration. The file loads nothing from ' +
        'anywhere: open it from disk, or send it by e-mail.',
    )
    .addOption(
      new Option('--data <DIR>', 'the folder that holds lake/ (default: ./data, else ./data-simulated)')
        .argParser(onThisDisk)
        .conflicts('bucket'),
    )
    .option(
      '--bucket <NAME>',
      'read the lake from this bucket, with the AWS credentials of this shell',
      bucketName,
    )
    .option('--workspace <NAME>', 'only this one; may be given several times', workspaces)
    .option('--integration <ID>', 'only this one; may be given several times', integrations)
    .option(
      '--dashboard <HOST>',
      'link to each integration in this dashboard of Braze: dashboard-01.braze.com',
      host,
    )
    .option(
      '--out <FILE>',
      'the file to write (default: report.html in the data folder; here with --bucket)',
      onThisDisk,
    )
    .option(
      '--days <N>',
      `the last so many days, 1 to ${mostDays}; the page opens at the newest 7`,
      days,
      defaultDays,
    )
    .addHelpText('after', '\nExit code: 0; 1 no page was written, and standard error says why; 2 wrong use.')
    .showHelpAfterError('See npm run report -- --help.')
    .action(write)
    .exitOverride();

function bucketName(name: string): string {
  if (filled(name).includes('/'))
    throw new InvalidArgumentError('It is the name of a bucket alone, without s3://.');
  return name;
}

function workspaces(name: string, before: readonly string[] = []): readonly string[] {
  if (!workspaceName.test(name)) throw new InvalidArgumentError('It is 1 to 63 of a-z, 0-9 and -.');
  return [...before, name];
}

function integrations(id: string, before: readonly string[] = []): readonly string[] {
  if (!writtenId.test(id)) throw new InvalidArgumentError(`It ${writtenIdRule}.`);
  return [...before, id];
}

function host(name: string): string {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name))
    throw new InvalidArgumentError('It is a host name alone, such as dashboard-01.braze.com.');
  return name;
}

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > mostDays)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${mostDays}.`);
  return number;
}

async function write({ data, bucket, workspace, integration, dashboard, out, days }: Options): Promise<void> {
  const shared = {
    days,
    ...(workspace ? { workspaces: workspace } : {}),
    ...(integration ? { integrations: integration } : {}),
    ...(dashboard ? { dashboard } : {}),
  };
  const { file, bytes } = bucket
    ? await fromBucket(bucket, { ...shared, out: out ?? 'report.html' })
    : await fromChosenFolder(data, { ...shared, ...(out ? { out } : {}) });
  console.log(`${file} (${(bytes / 1e6).toFixed(1)} MB): open it in a browser.`);
}

// The database and the charts are loaded only where a page is made, the AWS SDK only where it is made of a bucket:
// neither help nor wrong use has to wait for them.

async function fromChosenFolder(
  named: string | undefined,
  options: Omit<ReportOptions, 'data'>,
): Promise<WrittenReport> {
  const { directory, title } = lakeToRead(named);
  const { writeReport } = await import('./write-report.ts');
  const written = await writeReport({ ...options, data: directory });
  console.error(title);
  return written;
}

async function fromBucket(
  bucket: string,
  options: Omit<BucketReportOptions, 'bucket' | 'client'>,
): Promise<WrittenReport> {
  const { s3Client } = await import('../lambda/aws/clients.ts');
  const { writeBucketReport } = await import('./write-bucket-report.ts');
  const client = s3Client({ followRegionRedirects: true });
  try {
    return await writeBucketReport({ ...options, bucket, client });
  } finally {
    client.destroy();
  }
}
