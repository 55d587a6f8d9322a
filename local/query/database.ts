/** DuckDB in this process, within memory that is named beforehand, and with a folder for what does not fit. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdb } from '../../sql/dialect.ts';
import { viewSql } from '../../sql/views.ts';
import { clearedWhenStopped } from '../stores/half-made.ts';
import { objectsOf } from './lake-objects.ts';
import { everything } from './needed.ts';
import { viewOf } from './view.ts';

/** Half of a machine with less than four gigabytes: the rest is for the system, and for the answer. */
const mostMegabytes = 2048;
export const memoryMegabytes = (machineBytes = totalmem()): number =>
  Math.min(mostMegabytes, Math.floor(machineBytes / 2 / 1024 ** 2));

export interface Database {
  readonly connection: DuckDBConnection;
  close(): void;
}

export async function openDatabase(): Promise<Database> {
  // DuckDB makes the folder when something has to go there.
  const spillFolder = join(tmpdir(), `braze-cdi-query-${randomUUID()}`);
  const clear = () => rmSync(spillFolder, { recursive: true, force: true });
  const done = clearedWhenStopped(clear);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${memoryMegabytes()}MB`,
    temp_directory: spillFolder,
    // Rows that the SQL gives no order would be kept in that of the files, all of them in memory.
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
      clear();
      done();
    },
  };
}

/** Athena's name, so that a question about a field in `raw` can be asked in both. */
export const macro = 'CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path)';

/** The tables over the objects of a lake, and the views. @returns the paths of the objects. */
export async function createTables(
  connection: DuckDBConnection,
  lake: string,
  { tables } = everything,
): Promise<string[]> {
  const all: string[] = [];
  for (const table of tables) {
    const paths = await objectsOf(table, lake);
    await connection.run(viewOf(table, paths));
    all.push(...paths);
  }
  return all;
}

export async function createViews(connection: DuckDBConnection, { views } = everything): Promise<void> {
  await connection.run(macro);
  for (const view of views) await connection.run(`CREATE VIEW ${view.name} AS ${viewSql(view, duckdb)}`);
}
