/** A lake that is handed on: `--export` and `--parquet`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { columns } from '../../../lambda/schema/tables.ts';
import { memoryMegabytes } from '../../../local/query/database.ts';
import { exportToDuckDB, exportToParquet } from '../../../local/query/export-lake.ts';
import { openLake } from '../../../local/query/open-lake.ts';
import { at, duckdb } from '../../../sql/dialect.ts';
import { views, withViews } from '../../../sql/views.ts';
import { generatedLake } from '../../sql/generated-lake.ts';
import { writeLake } from '../../sql/lake-of.ts';
import { scratchFolder } from '../stores/scratch.ts';

const now = Date.UTC(2026, 5, 17, 13);
const present = '2026-06-17 13:00:00.000';

function folderWithLake(): string {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, generatedLake(3, now));
  return directory;
}

async function connected(path: string) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  return connection;
}

/** Of every table and view, by what it holds. */
const questions = [
  ...Object.keys(columns).map((table) => `SELECT count(*), count(DISTINCT workspace) FROM ${table}`),
  ...views.map(({ name }) => withViews(`SELECT count(*), min(workspace) FROM ${name}`, at(duckdb, present))),
];

async function answersOf(ask: (sql: string) => Promise<unknown[][]>): Promise<string[]> {
  const answers: string[] = [];
  for (const sql of questions) answers.push((await ask(sql)).flat().map(String).join(' '));
  return answers;
}

async function answersOfLake(directory: string): Promise<string[]> {
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  return await answersOf(async (sql) => (await lake.query(sql)).rows.map((row) => [...row]));
}

test('a DuckDB file answers as the lake does, with its views and their comments', async () => {
  const directory = folderWithLake();
  const file = join(directory, 'it’s a lake.duckdb');
  const rows = await exportToDuckDB(directory, file);
  expect(rows.get('syncs')).toBeGreaterThan(0);
  const connection = await connected(file);
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows() as unknown[][];
  expect(await answersOf(ask)).toEqual(await answersOfLake(directory));

  for (const { name, grain } of views) {
    // The view itself is there, too, with the clock of whoever asks.
    expect((await ask(`SELECT count(*) FROM ${name}`)).length, name).toBe(1);
    expect(await ask(`SELECT comment FROM duckdb_views() WHERE view_name = '${name}'`)).toEqual([[grain]]);
  }
  expect(readdirSync(directory).sort()).toEqual(['it’s a lake.duckdb', 'lake']);
});

test('Parquet files and views.sql answer as the lake does', async () => {
  const directory = folderWithLake();
  const folder = join(directory, 'parquet');
  await exportToParquet(directory, folder);
  expect(readdirSync(folder).sort()).toEqual(
    [...Object.keys(columns).map((table) => `${table}.parquet`), 'views.sql'].sort(),
  );
  const connection = await connected(':memory:');
  await connection.run(`SET file_search_path = '${folder}'`);
  await connection.run(readFileSync(join(folder, 'views.sql'), 'utf8'));
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows() as unknown[][];
  expect(await answersOf(ask)).toEqual(await answersOfLake(directory));
});

test('what is there already is not written over', async () => {
  const directory = folderWithLake();
  await expect(exportToDuckDB(directory, join(directory, 'lake'))).rejects.toThrow(/is there already/);
  await expect(exportToParquet(directory, join(directory, 'lake'))).rejects.toThrow(/is there already/);
  await expect(exportToDuckDB(scratchFolder(), join(directory, 'new'))).rejects.toThrow(/no lake/);
});

test('a path that DuckDB takes for another is refused before anything is made', async () => {
  const directory = folderWithLake();
  const file = join(directory, 'what?', 'new.duckdb');
  await expect(exportToDuckDB(directory, file)).rejects.toThrow(/has a \? in it.+another file with --export/);
  expect(readdirSync(directory)).toEqual(['lake']);
});

test('a lake that can’t be read leaves neither file nor folder', async () => {
  const directory = folderWithLake();
  const path = join(directory, 'lake/syncs/workspace=a/dt=2026-01-01/syncs.ndjson.gz');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'damaged');
  await expect(exportToDuckDB(directory, join(directory, 'new.duckdb'))).rejects.toThrow(/dt=2026-01-01/);
  // Half of a folder would be refused the next time, as one that is there already.
  await expect(exportToParquet(directory, join(directory, 'new'))).rejects.toThrow(/dt=2026-01-01/);
  expect(readdirSync(directory)).toEqual(['lake']);
});

test.each([
  [1, 512],
  [4, 2048],
  [64, 2048],
])('DuckDB takes of a machine of %i GB no more than %i MB', (gigabytes, megabytes) => {
  expect(memoryMegabytes(gigabytes * 1024 ** 3)).toBe(megabytes);
});

test('what does not fit into memory has a folder of its own, which is gone afterwards', async () => {
  const directory = folderWithLake();
  const lake = await openLake(directory);
  const limits = await lake.query(
    "SELECT current_setting('memory_limit'), current_setting('temp_directory')",
  );
  const [limit, folder] = limits.rows[0] ?? [];
  expect(limit).toMatch(/iB$/);
  expect(folder).toMatch(/braze-cdi-query-/);
  lake.close();
  expect(existsSync(String(folder))).toBe(false);
});
