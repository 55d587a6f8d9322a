/** The SQL that makes a table of the lake readable: its columns typed as in Athena, never guessed. */
import {
  type Columns,
  type ColumnType,
  columns,
  partitionColumns,
  type TableName,
} from '../../lambda/schema/tables.ts';

const duckTypes: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** DuckDB takes every path for a pattern; within brackets a character stands for itself. */
export const asPattern = (path: string): string => path.replace(/[[*?]/g, '[$&]');

export function viewOf(table: TableName, paths: readonly string[]): string {
  const own: Columns = columns[table];
  const partitions: Columns = partitionColumns[table];
  return `CREATE VIEW ${table} AS ${
    paths.length > 0 ? reading(paths, own, partitions) : withoutRows({ ...own, ...partitions })
  }`;
}

/**
 * The compression is told, since DuckDB would not know it of a path with a question mark.
 * The partition columns are taken from the path by hand: DuckDB's own hive partitioning would take the first
 * `workspace=…` of the path, which may be a folder above the lake. It still skips the files that a filter on
 * them rules out.
 */
function reading(paths: readonly string[], own: Columns, partitions: Columns): string {
  const typed = Object.entries(own).map(([name, type]) => `${name}: '${duckTypes[type]}'`);
  const selected = [...Object.keys(own), ...Object.entries(partitions).map(fromPath)];
  return `SELECT ${selected.join(', ')} FROM read_json(
    [${paths.map((path) => quoted(asPattern(path))).join(', ')}],
    columns = {${typed.join(', ')}}, format = 'newline_delimited', compression = 'gzip',
    hive_partitioning = false, filename = true)`;
}

const fromPath = ([name, type]: [string, ColumnType]): string =>
  `CAST(regexp_extract(filename, '(?s).*[/\\\\]${name}=([^/\\\\]*)[/\\\\]', 1) AS ${duckTypes[type]}) AS ${name}`;

function withoutRows(all: Columns): string {
  const cells = Object.entries(all).map(([name, type]) => `CAST(NULL AS ${duckTypes[type]}) AS ${name}`);
  return `SELECT ${cells.join(', ')} WHERE false`;
}
