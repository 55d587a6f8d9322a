/** The SQL of docs/bi/duckdb on a copy of the bucket: DuckDB's httpfs can't be loaded without a network. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, inject, test } from 'vitest';
import { columns, partitionColumns, type TableName } from '../../../lambda/schema/tables.ts';
import { s3At } from '../../../local/aws/places.ts';
import { keysIn, putLake } from '../../athena/lake-in-bucket.ts';
import { project } from '../../lib/synthesize.ts';
import { dtOf } from '../../sql/model/lake.ts';
import { modelAnswers } from '../../sql/model.ts';
import { knownLake } from './known-lake.ts';

const { awsEndpoint, bucket, directory } = inject('athena');
const now = Date.now();
const lake = knownLake(now);
let connection: DuckDBConnection;

beforeAll(async () => {
  const client = s3At(awsEndpoint);
  await putLake(client, bucket, lake);
  const copy = join(directory, 'copy');
  for (const Key of await keysIn(client, bucket)) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    await mkdir(dirname(join(copy, Key)), { recursive: true });
    await writeFile(join(copy, Key), (await Body?.transformToByteArray()) ?? '');
  }
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run((await sql('tables.sql')).replaceAll('s3://BUCKET', copy));
});

const sql = (name: string) => readFile(join(project, 'docs/bi/duckdb', name), 'utf8');
const rows = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJson();

const types = {
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

test.each(['syncs', 'integrations', 'coverage', 'standing'] satisfies TableName[])(
  'table %s has the columns of Athena',
  async (table) => {
    const described = await rows(`DESCRIBE ${table}`);
    expect(Object.fromEntries(described.map((row) => [row.column_name, row.column_type]))).toEqual(
      Object.fromEntries(
        Object.entries({ ...columns[table], ...partitionColumns[table] }).map(([name, type]) => [
          name,
          types[type],
        ]),
      ),
    );
  },
);

test('the question of the guide answers as the model does', async () => {
  const from = dtOf(now - 7 * 86_400_000);
  const expected = (modelAnswers.daily_health?.(lake, now) ?? [])
    .filter(({ dt }) => String(dt) >= from)
    .map(({ dt, workspace, integration_id, integration_name, syncs, error, config_error }) =>
      [dt, workspace, integration_id, integration_name, syncs, Number(error) + Number(config_error)].join(
        '\t',
      ),
    );
  const answered = await rows(await sql('failed-by-day.sql'));
  expect(answered.length).toBeGreaterThan(20);
  expect(answered.map((row) => Object.values(row).join('\t')).sort()).toEqual(expected.sort());
});
