/** What a question costs on Trino over the deployed tables and on DuckDB, and what it would cost in other layouts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { columns } from '../../lambda/schema/tables.ts';
import { type LocalAthena, startAthena } from '../../local/aws/athena.ts';
import { s3At } from '../../local/aws/places.ts';
import { openLake } from '../../local/query/open-lake.ts';
import { trinoTypes } from '../../sql/view.ts';
import { views } from '../../sql/views.ts';
import { aDayAnObject, aPageAFile, aRunAFile, type Layout, workspace } from './layouts.ts';
import { type Measure, measure } from './measure.ts';
import type { SteadyWorldOptions } from './steady-world.ts';

const quarter = 15 * 60_000;
/** To the last hour: the views look back from now. */
const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const aYear: SteadyWorldOptions = { integrations: 20, rows: 365 * 96, cadence: quarter, until };
const aMonth: SteadyWorldOptions = { ...aYear, rows: 30 * 96 };

export async function queries(): Promise<Measure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const athena = await startAthena({
      stateDirectory: join(directory, 'athena'),
      configuration: {
        workspaces: [{ name: workspace, endpoint: 'https://rest.fra-01.braze.eu', paused: true }],
      },
      say: console.error,
    });
    try {
      const others = await otherLayouts(athena);
      await put(athena, aDayAnObject(aYear), join(directory, 'data'));
      return [...others, ...(await everyView(athena, join(directory, 'data')))];
    } finally {
      await athena.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Into the bucket and, where it is given, below `folder/lake/`. */
async function put(
  { localAws, bucket: Bucket }: LocalAthena,
  layout: Layout,
  folder?: string,
): Promise<void> {
  const client = s3At(localAws.endpoint);
  await pMap(
    layout,
    async ([Key, Body]) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      if (folder === undefined) return;
      const file = join(folder, 'lake', Key);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, Body);
    },
    { concurrency: 8 },
  );
}

/** The whole of each view over a year; what there is to be read is read. */
async function everyView(athena: LocalAthena, folder: string): Promise<Measure[]> {
  const lake = await openLake(folder);
  try {
    const measures: Measure[] = [];
    for (const { name, columns } of views) {
      const counted = columns.map(({ name }) => `count(${name})`).join(', ');
      const sql = `SELECT ${counted} FROM ${name}`;
      const { statistics } = await athena.trino.query(sql, { schema: athena.database });
      const began = performance.now();
      await lake.query(sql);
      const locally = (performance.now() - began) / 1000;
      const megabytes = (statistics.physicalInputBytes / 1e6).toFixed(1);
      measures.push(
        measure(
          `s, ${name} over a year, Trino (${megabytes} MB)`,
          statistics.elapsedMilliseconds / 1000,
          30,
          1,
        ),
        measure(`s, ${name} over a year, DuckDB`, locally, 15, 1),
      );
    }
    return measures;
  } finally {
    lake.close();
  }
}

/** The same month three times: how much more is read, and how much longer it takes, beside a day an object. */
async function otherLayouts(athena: LocalAthena): Promise<Measure[]> {
  await put(athena, aDayAnObject(aMonth));
  await put(athena, aPageAFile(aMonth));
  await put(athena, aRunAFile(aMonth));
  for (const name of ['pages', 'runs']) await athena.trino.query(tableOver(athena, name));
  const from = (days: number) => new Date(until - days * 86_400_000).toISOString();
  const asked = (table: string, days: number) => {
    const since = from(days).replace('T', ' ').replace('Z', '');
    const partitions = table === 'syncs' ? `dt >= '${from(days).slice(0, 10)}' AND ` : '';
    return athena.trino.query(
      `SELECT integration_id, job_status, count(*), sum(rows_synced) FROM ${table}
       WHERE ${partitions}sync_start_time >= TIMESTAMP '${since}' GROUP BY 1, 2`,
      { schema: athena.database },
    );
  };
  const measures: Measure[] = [];
  for (const days of [1, 30]) {
    const own = (await asked('syncs', days)).statistics;
    for (const [table, layout] of [
      ['pages', 'a file a page'],
      ['runs', 'a file a run'],
    ] as const) {
      const { physicalInputBytes, elapsedMilliseconds } = (await asked(table, days)).statistics;
      const what = `${days} of 30 days, ${layout}, over a day an object`;
      measures.push(
        // Over all days a file a run is the smaller one: rows of one moment are more alike than those of a day.
        measure(
          `bytes read, ${what}`,
          physicalInputBytes / own.physicalInputBytes,
          days === 1 ? 10 : 0.5,
          1,
          true,
        ),
        measure(`time, ${what}`, elapsedMilliseconds / own.elapsedMilliseconds, 1, 1, true),
      );
    }
  }
  return measures;
}

function tableOver({ bucket, database }: LocalAthena, name: string): string {
  const typed = Object.entries(columns.syncs).map(([column, type]) => `${column} ${trinoTypes[type]}`);
  return `CREATE TABLE ${database}.${name} (${typed.join(', ')})
    WITH (format = 'JSON', external_location = 's3://${bucket}/${name}/')`;
}
