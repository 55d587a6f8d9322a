/** What a question would cost on Trino in other layouts than that of the lake. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { columns } from '../../lambda/schema/tables.ts';
import { type LocalAthena, startAthena } from '../../local/aws/athena.ts';
import { s3At } from '../../local/aws/places.ts';
import { trinoTypes } from '../../sql/view.ts';
import { aDayAnObject, aPageAFile, aRunAFile, type Layout, workspace } from './layouts.ts';
import { type Measure, measure } from './measure.ts';
import type { SteadyWorldOptions } from './steady-world.ts';

const quarter = 15 * 60_000;
const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const aMonth: SteadyWorldOptions = { integrations: 20, rows: 30 * 96, cadence: quarter, until };

export async function layouts(): Promise<Measure[]> {
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
      return await otherLayouts(athena);
    } finally {
      await athena.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function put({ localAws, bucket: Bucket }: LocalAthena, layout: Layout): Promise<void> {
  const client = s3At(localAws.endpoint);
  await pMap(layout, ([Key, Body]) => client.send(new PutObjectCommand({ Bucket, Key, Body })), {
    concurrency: 8,
  });
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
