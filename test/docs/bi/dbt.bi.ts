/** docs/bi/dbt with the Trino adapter: sources with freshness, tests of the lake, and a model. */
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { s3At } from '../../../local/aws/places.ts';
import { query } from '../../../local/aws/trino-query.ts';
import { putLake } from '../../athena/lake-in-bucket.ts';
import { dayMs, type ModelLake } from '../../sql/model/lake.ts';
import { modelAnswers } from '../../sql/model.ts';
import { knownLake } from './known-lake.ts';
import { type PlacedDbt, placeDbt } from './placed-dbt.ts';

const { awsEndpoint, trinoEndpoint, bucket, directory } = inject('athena');
const client = s3At(awsEndpoint);
const now = Date.now();
let dbt: PlacedDbt;

beforeAll(async () => {
  const { hostname, port } = new URL(trinoEndpoint);
  const environment = { ...process.env, TRINO_HOST: hostname, TRINO_PORT: port };
  dbt = await placeDbt(join(directory, 'dbt'), 'trino', environment);
  // Where the local Trino puts tables.
  await client.send(new CreateBucketCommand({ Bucket: 'warehouse' }));
});

const put = (lake: ModelLake) => putLake(client, bucket, lake);

describe('with a lake that is well kept', () => {
  const lake = knownLake(now);
  beforeAll(() => put(lake));

  test('dbt source freshness: the exporter has looked, and syncs come in', async () => {
    const { code, output } = await dbt.run('source', 'freshness');
    expect(code, output).toBe(0);
    expect(await dbt.statuses('sources.json')).toEqual({
      'braze_cdi.coverage': 'pass',
      'braze_cdi.syncs': 'pass',
    });
  });

  test('dbt run makes the model, twice', async () => {
    for (const time of ['first', 'second']) {
      const { code, output } = await dbt.run('run');
      expect(code, `${time}: ${output}`).toBe(0);
    }
    const { rows } = await query(
      trinoEndpoint,
      'SELECT sum(syncs), sum(success), sum(failures), sum(rows_synced), sum(rows_failed) FROM day_totals',
      { schema: 'braze_cdi_models' },
    );
    const days = modelAnswers.daily_health?.(lake, now) ?? [];
    const sum = (count: (row: (typeof days)[number]) => unknown) =>
      days.reduce((total, row) => total + Number(count(row) ?? 0), 0);
    expect(rows).toEqual([
      [
        sum(({ syncs }) => syncs),
        sum(({ success }) => success),
        sum(
          ({ syncs, success, partial, open }) =>
            Number(syncs) - Number(success) - Number(partial) - Number(open),
        ),
        sum(({ rows_synced }) => rows_synced),
        sum(({ rows_failed }) => rows_failed),
      ],
    ]);
  });

  test('dbt test passes, and warns of the integration that is late', async () => {
    const { code, output } = await dbt.run('test');
    expect(code, output).toBe(0);
    const { nothing_is_late, ...others } = await dbt.statuses();
    expect(nothing_is_late).toBe('warn');
    expect(Object.keys(others).length).toBeGreaterThan(7);
    expect(new Set(Object.values(others))).toEqual(new Set(['pass']));
  });
});

test('dbt source freshness fails when nobody has looked for two days', async () => {
  await put(knownLake(now - 2 * dayMs, now - 2 * dayMs));
  const { code } = await dbt.run('source', 'freshness');
  expect(code).toBe(1);
  expect(await dbt.statuses('sources.json')).toEqual({
    'braze_cdi.coverage': 'error',
    'braze_cdi.syncs': 'warn',
  });
});

test('dbt test fails when nobody has looked at one of two workspaces, which the freshness of the source hides', async () => {
  const lake = knownLake(now);
  const old = lake.coverage.map((line) => ({ ...line, workspace: 'second', checkedAt: now - 2 * dayMs }));
  await put({ ...lake, coverage: [...lake.coverage, ...old] });
  expect((await dbt.run('source', 'freshness')).code).toBe(0);
  const { code, output } = await dbt.run('test', '--select', 'each_workspace_is_looked_at');
  expect(code, output).toBe(1);
});

test('dbt test fails when a sync stands twice and an integration has two lines of coverage', async () => {
  const lake = knownLake(now);
  const [covered] = lake.coverage;
  const last = lake.syncs.at(-1);
  if (!covered || !last) throw new Error('The lake is empty.');
  await put({ ...lake, syncs: [...lake.syncs, last], coverage: [...lake.coverage, covered] });
  const { code } = await dbt.run('test', '--select', 'source:*');
  expect(code).toBe(1);
  const failed = Object.entries(await dbt.statuses()).flatMap(([name, status]) =>
    status === 'fail' ? name : [],
  );
  expect(failed.sort()).toEqual(['a_sync_stands_once', 'one_row_an_integration']);
});
