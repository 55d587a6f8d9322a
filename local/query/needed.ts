/** Which tables and views a question may read, so that nothing else has to be looked for on disk. */
import { columns, type TableName } from '../../lambda/schema/tables.ts';
import { duckdb } from '../../sql/dialect.ts';
import type { View } from '../../sql/view.ts';
import { viewSql, views } from '../../sql/views.ts';

export interface Needed {
  readonly tables: readonly TableName[];
  /** Each after those that it reads. */
  readonly views: readonly View[];
}

const tables = Object.keys(columns) as TableName[];

export const everything: Needed = { tables, views };

/** Such a statement asks for what there is, or takes a name from a computed text. */
const asksForNames =
  /\b(show|describe|desc|summarize|pragma|information_schema|duckdb_\w+|pg_\w+|query|query_table)\b/i;

/** By the names that stand anywhere in the SQL, even in a remark: rather one too many. */
export function neededFor(sql: string): Needed {
  if (asksForNames.test(sql)) return everything;
  let text = sql;
  const isNamed = (name: string): boolean => new RegExp(`\\b${name}\\b`, 'i').test(text);
  const needed: View[] = [];
  for (const view of views.toReversed()) {
    if (!isNamed(view.name)) continue;
    needed.unshift(view);
    // Of our own SQL only the sources: a column may bear the name of a table.
    for (const [source] of viewSql(view, duckdb).matchAll(/\b(?:FROM|JOIN) \w+/g)) text += `\n${source}`;
  }
  return { tables: tables.filter(isNamed), views: needed };
}
