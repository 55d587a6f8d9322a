import {
  type Columns,
  type ColumnType,
  columns,
  partitionColumns,
  type TableName,
} from '../../lambda/schema/tables.ts';
import { tableComments } from '../table-comments.ts';
import type { View } from '../view.ts';

/** A data warehouse that reads the bucket itself. */
export interface Warehouse {
  /** As sqlglot calls its dialect, and its folder in docs/warehouses. */
  readonly name: 'snowflake' | 'bigquery' | 'redshift' | 'databricks';
  /** Statements that make the tables. What a reader puts in stands in capitals. */
  readonly tables: string;
  /** The statement that makes a view of a query, with what it and its columns mean. */
  readonly view: (view: View, query: string) => string;
}

/** Of tables and views. The stack's own database is called so unless somebody changes it. */
export const schema = 'braze_cdi';

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly comment: string;
}

export interface Table {
  readonly name: TableName;
  readonly comment: string;
  readonly columns: readonly TableColumn[];
  /** Of its keys in the bucket: all text. */
  readonly partitions: readonly TableColumn[];
}

export const tables: readonly Table[] = (Object.keys(columns) as TableName[]).map((name) => {
  const comments = tableComments[name].columns as Readonly<Record<string, string>>;
  const described = (types: Columns): TableColumn[] =>
    Object.entries(types).map(([column, type]) => ({
      name: column,
      type,
      // How Athena looks into a row is of no use elsewhere.
      comment: (comments[column] ?? '').replace(/: json_extract_scalar.*/, ''),
    }));
  return {
    name,
    comment: tableComments[name].table,
    columns: described(columns[name]),
    partitions: described(partitionColumns[name]),
  };
});

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Lines of a list, with commas between; what stands after a comma is a remark. */
export const listed = (lines: readonly { readonly sql: string; readonly remark?: string }[]): string =>
  lines
    .map(({ sql, remark }, index) => {
      const comma = index < lines.length - 1 ? ',' : '';
      return `${remark ? `  -- ${remark}\n` : ''}  ${sql}${comma}`;
    })
    .join('\n');
