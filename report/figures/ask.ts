import type { LocalLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { withViews } from '../../sql/views.ts';
import type { Moment } from './moment.ts';

/** A question to the views, with the report's present as theirs. `Row` has the columns that the SQL selects. */
export async function ask<Row>(lake: LocalLake, moment: Moment, sql: string): Promise<Row[]> {
  const { columns, rows } = await lake.query(withViews(sql.trim(), at(duckdb, moment.now)));
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])) as Row);
}
