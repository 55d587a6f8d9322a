/** A table of the lake in the Glue catalogue. */

import { Aws } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { columns, partitionColumns, type TableName } from '../../lambda/schema/tables.ts';
import { tableComments } from '../../sql/table-comments.ts';
import { glueColumns } from './glue-columns.ts';
import { partitionProjection } from './partition-projection.ts';

export interface LakeTableProps {
  readonly table: TableName;
  readonly databaseName: string;
  readonly bucket: IBucket;
  /** Paused ones too: their data stays. */
  readonly workspaceNames: readonly string[];
  /** The first one that the tables show, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

/**
 * Read by the Hive JSON SerDe: of the OpenX one its vendor says that results can have more or fewer rows than
 * there are.
 */
const serde = 'org.apache.hive.hcatalog.data.JsonSerDe';

export class LakeTable extends Construct {
  constructor(scope: Construct, id: string, props: LakeTableProps) {
    super(scope, id);
    const { table, databaseName, bucket, workspaceNames, firstDay } = props;
    const comments = tableComments[table];
    const location = bucket.s3UrlForObject(table);
    new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName,
      tableInput: {
        name: table,
        description: comments.table,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: glueColumns(partitionColumns[table], comments.columns),
        parameters: {
          EXTERNAL: 'TRUE',
          classification: 'json',
          compressionType: 'gzip',
          ...partitionProjection(table, location, { workspaceNames, firstDay }),
        },
        storageDescriptor: {
          columns: glueColumns(columns[table], comments.columns),
          location: `${location}/`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: serde },
        },
      },
    });
  }
}
