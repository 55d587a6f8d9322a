/** Hands a lake on to somebody without this project: as a DuckDB file, or as Parquet files, with its views. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';
import { columns, type TableName } from '../../lambda/schema/tables.ts';
import { duckdb } from '../../sql/dialect.ts';
import { tableComments } from '../../sql/table-comments.ts';
import { viewSql, views } from '../../sql/views.ts';
import { type Choice, explaining } from '../stores/file-error.ts';
import { clearedWhenStopped } from '../stores/half-made.ts';
import { makeFolder } from '../stores/make-folder.ts';
import { createTables, createViews, macro, openDatabase } from './database.ts';
import { hasLake, lakeFolder } from './lake-folder.ts';
import { explainedWhileReading, LocalSqlFailure } from './local-sql-failure.ts';
import { quoted } from './view.ts';

const tables = Object.keys(columns) as TableName[];

const otherFile = 'another file with --export';
const otherFolder = 'another folder with --parquet';

/** Rows by table. */
export type ExportedRows = ReadonlyMap<TableName, number>;

/**
 * Tables with their rows, and the views over them, with all comments. The file appears when it is whole.
 *
 * @throws {LocalSqlFailure} there is no lake, or the file exists. @throws {StoreFailure}
 */
export async function exportToDuckDB(directory: string, file: string): Promise<ExportedRows> {
  // It would write what belongs beside the file to another folder, and could not open it.
  if (resolve(file).includes('?'))
    throw new LocalSqlFailure(
      `${resolve(file)} has a ? in it, which DuckDB can not take: choose ${otherFile}.`,
    );
  return await whole(file, otherFile, async (unfinished) => {
    // DuckDB would tell in its own words what keeps it from being made, and would name the unfinished file.
    await explaining(file, () => writeFile(unfinished, ''), otherFile);
    await rm(unfinished);
    return await withLake(directory, async (connection) => {
      await connection.run(`ATTACH ${quoted(unfinished)} AS handed_on`);
      const counts = await eachTable(async (table) => {
        await connection.run(`CREATE TABLE handed_on.${table} AS FROM ${table}`);
        return await countOf(connection, `handed_on.${table}`);
      });
      await connection.run('USE handed_on');
      await createViews(connection);
      for (const comment of comments()) await connection.run(comment);
      await connection.run('USE memory');
      await connection.run('DETACH handed_on');
      return counts;
    });
  });
}

/**
 * A file a table, and `views.sql`, which makes tables of them and the views in a DuckDB that is started in the folder.
 * The folder appears when it is whole.
 *
 * @throws {LocalSqlFailure} there is no lake, or the folder exists. @throws {StoreFailure}
 */
export async function exportToParquet(directory: string, folder: string): Promise<ExportedRows> {
  return await whole(folder, otherFolder, async (unfinished) => {
    await explaining(folder, () => mkdir(unfinished), otherFolder);
    return await withLake(directory, async (connection) => {
      const rows = await eachTable(async (table) => {
        const file = quoted(join(unfinished, `${table}.parquet`));
        await connection.run(`COPY (FROM ${table}) TO ${file} (FORMAT parquet, COMPRESSION zstd)`);
        return await countOf(connection, `read_parquet(${file})`);
      });
      const file = join(unfinished, 'views.sql');
      await explaining(folder, () => writeFile(file, viewsScript()), otherFolder);
      return rows;
    });
  });
}

/**
 * Gives what is written its name when it is whole; of what fails or is stopped on the way, nothing is left.
 *
 * @param write into a place beside it.
 */
async function whole<T>(path: string, choice: Choice, write: (unfinished: string) => Promise<T>): Promise<T> {
  refuseExisting(path);
  makeFolder(dirname(path), choice);
  // Two that write at once must not take away each other's.
  const unfinished = `${resolve(path)}.${process.pid}.unfinished`;
  const clear = () => {
    // DuckDB may be writing into the folder still.
    for (const left of [unfinished, `${unfinished}.wal`])
      rmSync(left, { recursive: true, force: true, maxRetries: 3 });
  };
  const done = clearedWhenStopped(clear);
  try {
    const rows = await write(unfinished);
    await explaining(path, () => rename(unfinished, path), choice);
    return rows;
  } catch (error) {
    throw withoutUnfinished(error, unfinished, path, choice);
  } finally {
    clear();
    done();
  }
}

/** DuckDB tells of a full disk in its own words, and names what nobody knows of. */
function withoutUnfinished(error: unknown, unfinished: string, path: string, choice: Choice): unknown {
  if (!(error instanceof LocalSqlFailure && error.message.includes(unfinished))) return error;
  const [, reason = error.message] = /: ([^:\n]+)$/.exec(error.message) ?? [];
  return new LocalSqlFailure(
    `${path} could not be written (${reason}): see to its disk, or choose ${choice}.`,
    {
      cause: error,
    },
  );
}

function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new LocalSqlFailure(`${path} is there already: name another one, or remove it.`);
}

async function withLake<T>(
  directory: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  if (!hasLake(directory))
    throw new LocalSqlFailure(
      `There is no lake in ${directory}: run npm start first, or name another folder with --data.`,
    );
  const database = await openDatabase();
  try {
    await createTables(database.connection, resolve(lakeFolder(directory)));
    return await work(database.connection);
  } catch (error) {
    throw isForPeople(error) ? error : explainedWhileReading(directory, error);
  } finally {
    database.close();
  }
}

async function eachTable(work: (table: TableName) => Promise<number>): Promise<Map<TableName, number>> {
  const rows = new Map<TableName, number>();
  for (const table of tables) rows.set(table, await work(table));
  return rows;
}

async function countOf(connection: DuckDBConnection, source: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`);
  return Number(reader.getRows()[0]?.[0]);
}

function comments(): string[] {
  const onTables = tables.flatMap((table) => [
    `COMMENT ON TABLE ${table} IS ${quoted(tableComments[table].table)}`,
    ...Object.entries(tableComments[table].columns).map(
      ([name, comment]) => `COMMENT ON COLUMN ${table}.${name} IS ${quoted(comment)}`,
    ),
  ]);
  const onViews = views.flatMap(({ name, grain, columns: own }) => [
    `COMMENT ON VIEW ${name} IS ${quoted(grain)}`,
    ...own.map((column) => `COMMENT ON COLUMN ${name}.${column.name} IS ${quoted(column.comment)}`),
  ]);
  return [...onTables, ...onViews];
}

function viewsScript(): string {
  const statements = [
    ...tables.map((table) => `CREATE VIEW ${table} AS FROM '${table}.parquet'`),
    macro,
    ...views.map((view) => `CREATE VIEW ${view.name} AS ${viewSql(view, duckdb)}`),
  ];
  return `-- Start DuckDB in this folder: duckdb -init views.sql\n${statements.map((sql) => `${sql};\n`).join('\n')}`;
}
