/**
 * What docs/bi/dbt with the adapter for Athena sends to Athena. The local one knows the workgroups that the stack has
 * deployed and keeps what it is sent, but computes no answer: what is asked is put before Trino afterwards.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AthenaClient,
  BatchGetQueryExecutionCommand,
  GetWorkGroupCommand,
  ListQueryExecutionsCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, inject, test } from 'vitest';
import { environmentFor } from '../../../local/aws/client-environment.ts';
import { placeAt, s3At } from '../../../local/aws/places.ts';
import { query } from '../../../local/aws/trino-query.ts';
import { unknownStatements } from '../../../local/warehouses/translate.ts';
import { templateOf } from '../../lib/synthesize.ts';
import { type PlacedDbt, placeDbt } from './placed-dbt.ts';

const { awsEndpoint, awsEnvironment, trinoEndpoint, bucket, database, directory } = inject('athena');
const athena = new AthenaClient(placeAt(awsEndpoint));
const s3 = s3At(awsEndpoint);
const own = 'models-of-mine';
const groups = { questions: database, tables: `${database}_build` };
let dbt: PlacedDbt;

beforeAll(async () => {
  const environment = { ...environmentFor(awsEnvironment), DBT_BUCKET: own };
  dbt = await placeDbt(join(directory, 'dbt-athena'), 'athena', environment);
  // The reader's own, and the one in which the local Trino puts tables.
  for (const Bucket of [own, 'warehouse']) await s3.send(new CreateBucketCommand({ Bucket }));
});

/** What a workgroup was sent. */
async function sentTo(WorkGroup: string): Promise<readonly QueryExecution[]> {
  const { QueryExecutionIds = [] } = await athena.send(new ListQueryExecutionsCommand({ WorkGroup }));
  if (QueryExecutionIds.length === 0) return [];
  // More than 50 would be refused.
  const { QueryExecutions = [] } = await athena.send(
    new BatchGetQueryExecutionCommand({ QueryExecutionIds }),
  );
  return QueryExecutions;
}

const isTable = ({ Query = '' }: QueryExecution) => /^create table /m.test(Query);
const placeNamed = ({ Query = '' }: QueryExecution) => /external_location='([^']*)'/.exec(Query)?.[1];

/** The rules of the lake's bucket by which current objects are deleted: the prefixes, as addresses. */
const expiring = Object.values(templateOf().findResources('AWS::S3::Bucket')).flatMap(({ Properties }) =>
  Properties.LifecycleConfiguration.Rules.flatMap(
    ({ Prefix = '', ExpirationInDays }: { Prefix?: string; ExpirationInDays?: number }) =>
      ExpirationInDays === undefined ? [] : [`s3://${bucket}/${Prefix}`],
  ),
);
const isLost = (place: string) => expiring.some((prefix) => place.startsWith(prefix));

test('a table goes where the profile says, in the workgroup for those who build', async () => {
  const { code, output } = await dbt.run('run');
  expect(code, output).toBe(0);
  const sent = await sentTo(groups.tables);
  const tables = sent.filter(isTable);
  expect(tables).toHaveLength(1);
  for (const table of tables) {
    expect(placeNamed(table)).toMatch(new RegExp(`^s3://${own}/dbt/braze_cdi_models/day_totals/`));
    expect(isLost(placeNamed(table) ?? '')).toBe(false);
  }
  for (const { ResultConfiguration } of sent) {
    expect(ResultConfiguration?.OutputLocation).toMatch(new RegExp(`^s3://${own}/athena-results/`));
  }
});

test('its questions are sent there as well, and all of it is SQL of Athena that Trino understands', async () => {
  // Nothing is answered here, so neither can end well. Side by side, each question costs less of a test's time.
  await dbt.run('test', '--threads', '8');
  await dbt.run('source', 'freshness', '--threads', '2');
  expect(await sentTo(groups.questions)).toEqual([]);
  expect(await sentTo('primary')).toEqual([]);
  const sent = (await sentTo(groups.tables)).map(({ Query = '' }) => Query.trim().replace(/;$/, ''));
  expect(await unknownStatements('athena', sent.join('\n;\n'))).toEqual([]);

  const made = sent.find((sql) => sql.includes('external_location')) ?? '';
  await query(trinoEndpoint, 'CREATE SCHEMA IF NOT EXISTS braze_cdi_models');
  await query(trinoEndpoint, 'DROP TABLE IF EXISTS braze_cdi_models.day_totals');
  // The properties are Athena's own. Names and types are what may differ: dbt.bi.ts computes the answers.
  await query(trinoEndpoint, `${made.replace(/^ *with \([^)]*\)$/m, '')}\nWITH NO DATA`);
  const asked = sent.filter((sql) => /^select\s[^']*\bfrom\b/im.test(sql) && sql !== made);
  const valid = await Promise.all(asked.map((sql) => query(trinoEndpoint, `EXPLAIN (TYPE VALIDATE) ${sql}`)));
  expect(valid.map(({ rows }) => rows)).toEqual(asked.map(() => [[true]]));
  // Sixteen tests, and two sources whose freshness is told.
  expect(asked.length).toBeGreaterThanOrEqual(18);
});

test('in the workgroup for questions the table would lie where it is deleted: so the profile names the other', async () => {
  const file = join(dbt.directory, 'profiles.yml');
  const profile = await readFile(file, 'utf8');
  await writeFile(file, profile.replace(groups.tables, groups.questions));
  const { code, output } = await dbt.run('run');
  expect(code, output).toBe(0);
  const tables = (await sentTo(groups.questions)).filter(isTable);
  expect(tables.map(placeNamed)).toEqual([undefined]);
  const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: groups.questions }));
  expect(isLost(WorkGroup?.Configuration?.ResultConfiguration?.OutputLocation ?? '')).toBe(true);
});
