/**
 * External tables of Unity Catalog over the files, whose partitions it finds itself, and views over them under the names of
 * the tables. Times are read as text: in which zone JSON's are taken is a matter of the session.
 */
import type { ColumnType } from '../../lambda/schema/tables.ts';
import { listed, schema, type Table, tables, type Warehouse } from './warehouse.ts';

const files = `${schema}_files`;

const types: Readonly<Record<ColumnType, string>> = {
  string: 'STRING',
  timestamp: 'STRING',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** A doubled quote would be two texts. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const described = (columns: readonly { readonly name: string; readonly comment: string }[]): string =>
  listed(columns.map(({ name, comment }) => ({ sql: `${name} COMMENT ${quoted(comment)}` })));

const table = ({ name, comment, columns, partitions }: Table): string => `
CREATE TABLE ${files}.${name} (
${listed([...columns, ...partitions].map((column) => ({ sql: `${column.name} ${types[column.type]}` })))}
)
USING JSON
PARTITIONED BY (${partitions.map((column) => column.name).join(', ')})
LOCATION 's3://BUCKET/${name}';

CREATE OR REPLACE VIEW ${schema}.${name} (
${described([...columns, ...partitions])}
)
COMMENT ${quoted(comment)}
AS
SELECT
${[
  ...columns.map((column) =>
    column.type === 'timestamp' ? `CAST(${column.name} AS TIMESTAMP_NTZ) AS ${column.name}` : column.name,
  ),
  ...partitions.map((column) => column.name),
]
  .map((column) => `  ${column}`)
  .join(',\n')}
FROM ${files}.${name};
`;

export const databricks: Warehouse = {
  name: 'databricks',
  tables: `-- Put your own in the place of BUCKET and CREDENTIAL, and USE the catalog in which it is to stand.
CREATE EXTERNAL LOCATION IF NOT EXISTS ${schema}
URL 's3://BUCKET/' WITH (STORAGE CREDENTIAL \`CREDENTIAL\`);

CREATE SCHEMA IF NOT EXISTS ${files};

CREATE SCHEMA IF NOT EXISTS ${schema};
${tables.map(table).join('')}`,
  view: ({ name, grain, columns }, query) => `CREATE OR REPLACE VIEW ${schema}.${name} (
${described(columns)}
)
COMMENT ${quoted(grain)}
AS
${query};
`,
};
