/**
 * SQL over a lake on this disk, without a server and without copying it: the tables have the columns that they have in Athena, and the views (`sql/`) are there, too.
 */
import { resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { columns, type TableName } from '../../lambda/schema/tables.ts';
import { duckdb } from '../../sql/dialect.ts';
import { viewSql, views } from '../../sql/views.ts';
import { type Cell, cellOf } from './cell.ts';
import { hasLake, lakeFolder } from './lake-folder.ts';
import { objectsOf } from './lake-objects.ts';
import { explainedByDuckDB, LocalSqlFailure } from './local-sql-failure.ts';
import { hasOpenOrder, inOwnOrder } from './own-order.ts';
import { question } from './question.ts';
import { asPattern, quoted, viewOf } from './view.ts';

export interface QueryResult {
  /** Names are unique; `type` is DuckDB's, such as `BIGINT`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface LocalLake {
  /** @throws {LocalSqlFailure} */
  query(sql: string): Promise<QueryResult>;
  close(): void;
}

/**
 * Opens the lake in a data folder; objects that are added later are not seen.
 *
 * @throws {LocalSqlFailure} when there is none
 */
export async function openLake(directory: string): Promise<LocalLake> {
  if (!hasLake(directory))
    throw new LocalSqlFailure(
      `There is no lake in ${directory}: run npm start first, or name another folder with --data.`,
    );
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Else a large sort would leave a folder beside whatever the current one is.
    temp_directory: '',
  });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await prepare(connection, resolve(lakeFolder(directory)));
  } catch (error) {
    close();
    throw error;
  }
  return { query: (sql) => ask(connection, sql), close };
}

/** From here on DuckDB opens nothing but the objects of the lake, and no statement can change that. */
async function prepare(connection: DuckDBConnection, lake: string): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  const all: string[] = [];
  for (const table of Object.keys(columns) as TableName[]) {
    const paths = await objectsOf(table, lake);
    await connection.run(viewOf(table, paths));
    all.push(...paths);
  }
  // Athena's name, so that a question about a field in `raw` can be asked in both.
  await connection.run('CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path)');
  for (const view of views) await connection.run(`CREATE VIEW ${view.name} AS ${viewSql(view, duckdb)}`);
  // Access is checked for the pattern as it is written, and for the file that it stands for.
  const allowed = new Set([...all, ...all.map(asPattern)]);
  await connection.run(`SET allowed_paths = [${[...allowed].map(quoted).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

async function ask(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  const statement = await question(connection, sql);
  try {
    const reader = await statement.runAndReadAll();
    const rows = reader.getRows().map((row) => row.map(cellOf));
    const types = reader.columnTypes();
    return {
      columns: reader
        .deduplicatedColumnNames()
        .map((name, index) => ({ name, type: String(types[index] ?? '') })),
      rows: (await hasOpenOrder(connection, sql)) ? inOwnOrder(rows) : rows,
    };
  } catch (error) {
    throw explainedByDuckDB(error);
  } finally {
    statement.destroySync();
  }
}
