/**
 * External tables of Spectrum over the files, a partition a workspace, and views over them under the names of the tables. A
 * partition takes in what lies below it, so the days need none of their own, and nobody has to add one each night.
 *
 * Times are read as text: Spectrum wants six digits behind the second, and the lake has three.
 */
import type { ColumnType } from '../../lambda/schema/tables.ts';
import { listed, quoted, schema, type Table, tables, type Warehouse } from './warehouse.ts';

const files = `${schema}_files`;

const types: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR(65535)',
  timestamp: 'VARCHAR(32)',
  bigint: 'BIGINT',
  double: 'DOUBLE PRECISION',
  boolean: 'BOOLEAN',
};

/** `raw` is a word of the language. */
const named = (name: string): string => (name === 'raw' ? `"${name}"` : name);

/** What the key says beside the workspace follows from the rows. */
const ofKey: Readonly<Record<string, string>> = {
  dt: 'SUBSTRING(sync_start_time, 1, 10) AS dt',
  month: 'SUBSTRING(dt, 1, 7) AS month',
};

const typed = ({ columns, partitions }: Table): string[] => [
  ...columns.map(({ name, type }) =>
    type === 'timestamp' ? `CAST(${name} AS TIMESTAMP) AS ${name}` : named(name),
  ),
  ...partitions.map(({ name }) => ofKey[name] ?? name),
];

const table = (one: Table): string => `
CREATE EXTERNAL TABLE ${files}.${one.name} (
${listed(
  one.columns.map((column) => ({
    sql: `${named(column.name)} ${types[column.type]}`,
    remark: column.comment,
  })),
)}
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/${one.name}/';

-- Once for each workspace.
ALTER TABLE ${files}.${one.name} ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/${one.name}/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW ${schema}.${one.name} AS
SELECT
${typed(one)
  .map((column) => `  ${column}`)
  .join(',\n')}
FROM ${files}.${one.name}
WITH NO SCHEMA BINDING;

COMMENT ON VIEW ${schema}.${one.name} IS ${quoted(one.comment)};
`;

export const redshift: Warehouse = {
  name: 'redshift',
  tables: `-- Put your own in the place of BUCKET, WORKSPACE, ACCOUNT and ROLE. The Glue database is one of its own: Spectrum
-- does not read the tables of the stack, whose partitions are computed by whoever asks.
CREATE EXTERNAL SCHEMA IF NOT EXISTS ${files}
FROM DATA CATALOG
DATABASE '${files}'
IAM_ROLE 'arn:aws:iam::ACCOUNT:role/ROLE'
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE SCHEMA IF NOT EXISTS ${schema};
${tables.map(table).join('')}`,
  view: ({ name, grain }, query) => `CREATE OR REPLACE VIEW ${schema}.${name} AS
${query}
WITH NO SCHEMA BINDING;

COMMENT ON VIEW ${schema}.${name} IS ${quoted(grain)};
`,
};
