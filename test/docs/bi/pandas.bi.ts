/** Data frames: from the objects with awswrangler, and from the views through Trino, as Athena's engine. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';
import { environmentFor } from '../../../local/aws/client-environment.ts';
import { analysisPackages, fetchPythonPackages } from '../../../local/aws/fetch-python-packages.ts';
import { s3At } from '../../../local/aws/places.ts';
import { views } from '../../../sql/views.ts';
import { putLake } from '../../athena/lake-in-bucket.ts';
import { project } from '../../lib/synthesize.ts';
import { dtOf } from '../../sql/model/lake.ts';
import { modelAnswers } from '../../sql/model.ts';
import { knownLake } from './known-lake.ts';

const { awsEndpoint, awsEnvironment, trinoEndpoint, database, bucket } = inject('athena');
const now = Date.now();
const lake = knownLake(now);
let python: string;

beforeAll(async () => {
  python = await fetchPythonPackages(analysisPackages, { say: console.error });
  await putLake(s3At(awsEndpoint), bucket, lake);
});

async function run(...command: string[]): Promise<Record<string, unknown>[]> {
  const { stdout } = await promisify(execFile)(python, command, {
    env: environmentFor(awsEnvironment),
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}

test('the syncs straight from the bucket, by day and status', async () => {
  const read = await run(join(project, 'docs/bi/pandas/read_syncs.py'), bucket);
  const expected = Map.groupBy(lake.syncs, ({ start, status }) => `${dtOf(start)} ${status}`);
  expect(Object.fromEntries(read.map(({ dt, job_status, syncs }) => [`${dt} ${job_status}`, syncs]))).toEqual(
    Object.fromEntries([...expected].map(([key, { length }]) => [key, length])),
  );
});

test('the syncs of one day', async () => {
  const day = dtOf(now - 86_400_000);
  const read = await run(join(project, 'docs/bi/pandas/read_syncs.py'), bucket, day);
  expect(new Set(read.map(({ dt }) => dt))).toEqual(new Set([day]));
});

const viewUrl = `${trinoEndpoint.replace('http:', 'trino:').replace('//', '//local@')}/awsdatacatalog/${database}`;

test.each(views)('view $name as a data frame', async ({ name }) => {
  const expected = modelAnswers[name]?.(lake, now) ?? [];
  const frame = await run(
    join(import.meta.dirname, 'python/frame_of.py'),
    viewUrl,
    `SELECT count(*) AS view_rows, count(DISTINCT integration_id) AS integrations FROM ${name}`,
  );
  expect(frame).toEqual([
    {
      view_rows: expected.length,
      integrations: new Set(expected.map(({ integration_id }) => integration_id)).size,
    },
  ]);
});

/** As a data frame says it in JSON: a time in ISO 8601, of a double fifteen digits after the point. */
function framed(name: string, cell: unknown): unknown {
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'number') return expect.closeTo(cell, 9);
  const isTime = /_(start|finish)$/.test(name) && typeof cell === 'string';
  return isTime ? cell.replace(' ', 'T') : cell;
}

test('times, shares and hostile names arrive in a data frame as they are', async () => {
  const [row] = await run(
    join(import.meta.dirname, 'python/frame_of.py'),
    viewUrl,
    "SELECT * FROM daily_health WHERE integration_id = 'catalog' ORDER BY dt LIMIT 1",
  );
  const first = (modelAnswers.daily_health?.(lake, now) ?? [])
    .filter(({ integration_id }) => integration_id === 'catalog')
    .toSorted((left, right) => (String(left.dt) < String(right.dt) ? -1 : 1))[0];
  const { day, ...cells } = row ?? {};
  expect(String(day).slice(0, 10)).toBe(first?.day);
  expect(cells).toEqual(
    Object.fromEntries(
      Object.entries(first ?? {})
        .filter(([name]) => name !== 'day')
        .map(([name, cell]) => [name, framed(name, cell)]),
    ),
  );
});
