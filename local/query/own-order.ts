/**
 * An answer that the SQL gives no order comes in the order of its columns, from left to right: DuckDB reads files side
 * by side, and the same question would get its rows in another order each time.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cell } from './cell.ts';

/** Whether the statement leaves the order of its rows open: nowhere in it stands an ORDER BY. */
export async function hasOpenOrder(connection: DuckDBConnection, sql: string): Promise<boolean> {
  try {
    const reader = await connection.runAndReadAll(
      'SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS VARCHAR)',
      [sql],
    );
    const text = String(reader.getRows()[0]?.[0]);
    const has = (what: string) => text.includes(`"type":"${what}"`);
    // DESCRIBE and values that are written down have an order of their own.
    return has('BASE_TABLE') && !has('ORDER_MODIFIER') && !has('SHOW_REF');
  } catch {
    return false;
  }
}

export function inOwnOrder(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.toSorted((one, other) => {
    for (const [index, cell] of one.entries()) {
      const order = compared(cell, other[index] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Nothing comes last. */
function compared(one: Cell, other: Cell): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const isComparable = typeof one !== 'object' && typeof other !== 'object';
  const [a, b] = isComparable ? [one, other] : [textOf(one), textOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const textOf = (cell: Cell): string =>
  JSON.stringify(cell, (_, value) => (typeof value === 'bigint' ? String(value) : value));
