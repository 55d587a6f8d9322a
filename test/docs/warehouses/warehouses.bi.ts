/**
 * The SQL of docs/warehouses: what the command makes, in the words of each dialect as sqlglot knows it, and translated back
 * on DuckDB with the answers of the views that it was made from. No warehouse is asked.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columns } from '../../../lambda/schema/tables.ts';
import { exportToDuckDB } from '../../../local/query/export-lake.ts';
import { tablesFile, viewsFile } from '../../../local/warehouses/files.ts';
import {
  type Queries,
  translated,
  translatedBack,
  unknownStatements,
} from '../../../local/warehouses/translate.ts';
import { views } from '../../../sql/views.ts';
import { schema } from '../../../sql/warehouses/warehouse.ts';
import { warehouses } from '../../../sql/warehouses/warehouses.ts';
import { project } from '../../lib/synthesize.ts';
import { generatedLake } from '../../sql/generated-lake.ts';
import { writeLake } from '../../sql/lake-of.ts';
import { lakesApart } from '../../sql/lakes-apart.ts';

const directory = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  const seeds = [1, 2, 3, 4].map((seed) => [`${seed}`, generatedLake(seed, Date.now())] as const);
  writeLake(directory, lakesApart(new Map(seeds)));
  const file = join(directory, 'lake.duckdb');
  await exportToDuckDB(directory, file);
  instance = await DuckDBInstance.create(file);
  connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(directory, { recursive: true });
});

/** What sqlglot 30 takes as it stands: a vendor's own words around tables. */
const unknown: Readonly<Record<string, RegExp>> = {
  bigquery: /^CREATE OR REPLACE EXTERNAL TABLE/,
  redshift: /^CREATE EXTERNAL SCHEMA/,
  databricks: /^CREATE EXTERNAL LOCATION/,
};

const count = async (query: string): Promise<number> =>
  Number((await connection.runAndReadAll(`SELECT count(*) FROM (${query})`)).getRows()[0]?.[0]);

describe.each(warehouses)('$name', (warehouse) => {
  const text = (name: string) => readFileSync(join(project, 'docs/warehouses', warehouse.name, name), 'utf8');
  let queries: Queries;
  beforeAll(async () => {
    queries = await translated(warehouse.name, { say: console.error });
  });

  test('the files are what npm run warehouses makes', () => {
    expect(text('tables.sql')).toBe(tablesFile(warehouse));
    expect(text('views.sql')).toBe(viewsFile(warehouse, queries));
  });

  test('each statement is of its dialect', async () => {
    expect(await unknownStatements(warehouse.name, text('views.sql'))).toEqual([]);
    const others = await unknownStatements(warehouse.name, text('tables.sql'));
    expect(others.filter((statement) => !unknown[warehouse.name]?.test(statement))).toEqual([]);
  });

  test('each view is there, but for the one that needs arrays where there are none', () => {
    const left = views.filter(({ name }) => !queries.has(name)).map(({ name }) => name);
    expect(left).toEqual(warehouse.name === 'redshift' ? ['volume_anomalies'] : []);
  });

  test('translated back, each view answers as the one that it was made from', async () => {
    await connection.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`);
    for (const table of Object.keys(columns))
      await connection.run(`CREATE VIEW ${schema}.${table} AS FROM main.${table}`);
    const back = await translatedBack(warehouse.name, queries);
    const seen: string[] = [];
    for (const { name } of views) {
      const query = back.get(name);
      if (!query) continue;
      await connection.run(`CREATE VIEW ${schema}.${name} AS ${query}`);
      expect(await count(`FROM main.${name}`), name).toBeGreaterThan(0);
      expect(await count(`FROM main.${name} EXCEPT ALL FROM ${schema}.${name}`), name).toBe(0);
      expect(await count(`FROM ${schema}.${name} EXCEPT ALL FROM main.${name}`), name).toBe(0);
      seen.push(name);
    }
    expect(seen).toEqual([...queries.keys()]);
  });
});
