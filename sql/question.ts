import type { Dialect } from './dialect.ts';

/** A query that is kept under a name in the workgroup, usable as it stands. */
export interface Question {
  readonly name: string;
  /** What the answer holds, in a sentence or two. */
  readonly description: string;
  /**
   * Rows come in an order that is the same every time. Where a result column bears the name of the column that it
   * is made from, ORDER BY says which of them: Trino takes the result, DuckDB within an expression the source.
   */
  readonly sql: (dialect: Dialect) => string;
}
