/** External tables over a stage, with columns out of the JSON of a line, and partitions out of the keys. */
import type { ColumnType } from '../../lambda/schema/tables.ts';
import { listed, quoted, schema, type Table, tables, type Warehouse } from './warehouse.ts';

const types: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP_NTZ',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

const jsonValue = (name: string, type: ColumnType): string =>
  type === 'timestamp'
    ? `TO_TIMESTAMP_NTZ(value:${name}::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')`
    : `value:${name}::${types[type]}`;

const partOfKey = (name: string): string =>
  `SPLIT_PART(SPLIT_PART(METADATA$FILENAME, '${name}=', 2), '/', 1)`;

const table = ({ name, comment, columns, partitions }: Table): string => `
CREATE OR REPLACE EXTERNAL TABLE ${schema}.${name} (
${listed([
  ...columns.map((column) => ({
    sql: `${column.name} ${types[column.type]} AS (${jsonValue(column.name, column.type)})`,
    remark: column.comment,
  })),
  ...partitions.map((column) => ({
    sql: `${column.name} VARCHAR AS (${partOfKey(column.name)})`,
    remark: column.comment,
  })),
])}
)
PARTITION BY (${partitions.map((column) => column.name).join(', ')})
LOCATION = @${schema}.lake/${name}/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = ${quoted(comment)};
`;

export const snowflake: Warehouse = {
  name: 'snowflake',
  tables: `-- Put your own in the place of BUCKET, ACCOUNT and ROLE.
CREATE SCHEMA IF NOT EXISTS ${schema};

CREATE STORAGE INTEGRATION IF NOT EXISTS ${schema}
  TYPE = EXTERNAL_STAGE
  STORAGE_PROVIDER = 'S3'
  ENABLED = TRUE
  STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::ACCOUNT:role/ROLE'
  STORAGE_ALLOWED_LOCATIONS = ('s3://BUCKET/');

CREATE STAGE IF NOT EXISTS ${schema}.lake
  URL = 's3://BUCKET/'
  STORAGE_INTEGRATION = ${schema};
${tables.map(table).join('')}`,
  view: ({ name, grain, columns }, query) => `CREATE OR REPLACE VIEW ${schema}.${name} (
${listed(columns.map((column) => ({ sql: `${column.name} COMMENT ${quoted(column.comment)}` })))}
)
COMMENT = ${quoted(grain)}
AS
${query};
`,
};
