import type { ColumnType } from '../lambda/schema/tables.ts';
import type { Dialect } from './dialect.ts';

/** The Athena types of a view's columns. */
export type ViewColumnType = ColumnType | 'date';

export interface ViewColumn {
  readonly name: string;
  readonly type: ViewColumnType;
  /** What a BI tool shows beside the column. */
  readonly comment: string;
}

export interface View {
  readonly name: string;
  /** What a row is, and over how many days; a sentence or a few, for people. */
  readonly grain: string;
  /** In the order of the SELECT, with exactly the types that Trino derives for it. */
  readonly columns: readonly ViewColumn[];
  /** Names tables and other views without a database. */
  readonly sql: (dialect: Dialect) => string;
}

/** How Trino spells the types, in a view's definition and in a CAST. */
export const trinoTypes: Readonly<Record<ViewColumnType, string>> = {
  string: 'varchar',
  timestamp: 'timestamp(3)',
  date: 'date',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
};
