/**
 * SQL over a lake on this disk, without a server and without copying it: the tables have the columns that they have in Athena, and the views (`sql/`) are there, too.
 */
import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Cell, cellOf } from './cell.ts';
import { createTables, createViews, openDatabase } from './database.ts';
import { hasLake, lakeFolder } from './lake-folder.ts';
import { explainedWhileReading, LocalSqlFailure } from './local-sql-failure.ts';
import { everything, type Needed } from './needed.ts';
import { hasOpenOrder, inOwnOrder } from './own-order.ts';
import { question } from './question.ts';
import { asPattern, quoted } from './view.ts';

export interface QueryResult {
  /** Names are unique; `type` is DuckDB's, such as `BIGINT`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface LocalLake {
  /** @throws {LocalSqlFailure} */
  query(sql: string): Promise<QueryResult>;
  /** The question under way, if there is one, fails. */
  interrupt(): void;
  close(): void;
}

/**
 * Opens the lake in a data folder; objects that are added later are not seen.
 *
 * @param needed what the questions may read; the rest is not there.
 * @throws {LocalSqlFailure} when there is none
 */
export async function openLake(directory: string, needed: Needed = everything): Promise<LocalLake> {
  if (!hasLake(directory))
    throw new LocalSqlFailure(
      `There is no lake in ${directory}: run npm start first, or name another folder with --data.`,
    );
  const database = await openDatabase();
  try {
    await prepare(database.connection, resolve(lakeFolder(directory)), needed);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    query: (sql) => ask(database.connection, sql, directory),
    interrupt: () => database.connection.interrupt(),
    close: () => database.close(),
  };
}

/** From here on DuckDB opens nothing but the objects of the lake, and no statement can change that. */
async function prepare(connection: DuckDBConnection, lake: string, needed: Needed): Promise<void> {
  const all = await createTables(connection, lake, needed);
  await createViews(connection, needed);
  // Access is checked for the pattern as it is written, and for the file that it stands for.
  const allowed = new Set([...all, ...all.map(asPattern)]);
  await connection.run(`SET allowed_paths = [${[...allowed].map(quoted).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

async function ask(connection: DuckDBConnection, sql: string, directory: string): Promise<QueryResult> {
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
    throw explainedWhileReading(directory, error);
  } finally {
    statement.destroySync();
  }
}
