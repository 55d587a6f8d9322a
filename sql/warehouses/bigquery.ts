/** External tables over the bucket, or over a copy of it in Cloud Storage, with partitions as Hive has them. */
import type { ColumnType } from '../../lambda/schema/tables.ts';
import { listed, schema, type Table, tables, type Warehouse } from './warehouse.ts';

/** Times are in UTC and without a zone, as in Athena. */
const types: Readonly<Record<ColumnType, string>> = {
  string: 'STRING',
  timestamp: 'DATETIME',
  bigint: 'INT64',
  double: 'FLOAT64',
  boolean: 'BOOL',
};

const described = (text: string): string => `OPTIONS (description = ${JSON.stringify(text)})`;

const table = ({ name, comment, columns, partitions }: Table): string => `
CREATE OR REPLACE EXTERNAL TABLE ${schema}.${name} (
${listed(columns.map((column) => ({ sql: `${column.name} ${types[column.type]} ${described(column.comment)}` })))}
)
WITH CONNECTION \`aws-REGION.CONNECTION\`
WITH PARTITION COLUMNS (
${listed(partitions.map((column) => ({ sql: `${column.name} STRING`, remark: column.comment })))}
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/${name}',
  uris = ['s3://BUCKET/${name}/*'],
  description = ${JSON.stringify(comment)}
);
`;

export const bigquery: Warehouse = {
  name: 'bigquery',
  tables: `-- Put your own in the place of REGION, CONNECTION and BUCKET. Over a copy in Cloud Storage: without the lines WITH
-- CONNECTION, gs:// in the place of s3://, and a location of yours.
CREATE SCHEMA IF NOT EXISTS ${schema} OPTIONS (location = 'aws-REGION');
${tables.map(table).join('')}`,
  view: ({ name, grain, columns }, query) => `CREATE OR REPLACE VIEW ${schema}.${name} (
${listed(columns.map((column) => ({ sql: `${column.name} ${described(column.comment)}` })))}
)
${described(grain)}
AS
${query};
`,
};
