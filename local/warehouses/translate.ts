/** The views in the words of a warehouse, by sqlglot. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { viewSql, views } from '../../sql/views.ts';
import { namedCalls } from '../../sql/warehouses/named-calls.ts';
import { schema, type Warehouse } from '../../sql/warehouses/warehouse.ts';
import type { FetchOptions } from '../aws/fetch-once.ts';
import { fetchPythonPackages, sqlglotPackages } from '../aws/fetch-python-packages.ts';

type Name = Warehouse['name'];
/** Queries by the names of their views; one that the warehouse has no words for is not there. */
export type Queries = ReadonlyMap<string, string>;

/** @throws where sqlglot is not sure of anything. */
export async function translated(dialect: Name, options: FetchOptions = {}): Promise<Queries> {
  const texts = Object.fromEntries(views.map((view) => [view.name, viewSql(view, namedCalls)]));
  return known(await ask<string | null>('there', { dialect, schema, texts }, options));
}

/** What was translated, in the words of DuckDB. */
export async function translatedBack(dialect: Name, queries: Queries): Promise<Queries> {
  return known(await ask<string | null>('back', { dialect, texts: Object.fromEntries(queries) }));
}

/** @returns of some statements those that sqlglot does not know. @throws where one is not of the dialect. */
export async function unknownStatements(
  dialect: Name | 'athena',
  statements: string,
): Promise<readonly string[]> {
  const { all = [] } = await ask<readonly string[]>('parse', { dialect, texts: { all: statements } });
  return all;
}

const known = (answer: Readonly<Record<string, string | null>>): Queries =>
  new Map(Object.entries(answer).flatMap(([name, sql]) => (sql === null ? [] : [[name, sql]])));

async function ask<T>(
  direction: 'there' | 'back' | 'parse',
  task: object,
  options: FetchOptions = {},
): Promise<Readonly<Record<string, T>>> {
  const python = await fetchPythonPackages(sqlglotPackages, options);
  const script = join(import.meta.dirname, 'translate.py');
  return await new Promise((resolve, reject) => {
    const child = execFile(
      python,
      ['-B', script, direction],
      { maxBuffer: 16 * 1024 * 1024, ...(options.signal && { signal: options.signal }) },
      (error, stdout, stderr) =>
        error ? reject(new Error(stderr || error.message)) : resolve(JSON.parse(stdout)),
    );
    child.stdin?.end(JSON.stringify(task));
  });
}
