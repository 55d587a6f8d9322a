/** What people ask: a database with the lake's tables and views, and a workgroup with saved queries. */
import { Aws } from 'aws-cdk-lib';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { columns, type TableName } from '../../lambda/schema/tables.ts';
import { views } from '../../sql/views.ts';
import { BuildWorkgroup } from './build-workgroup.ts';
import { LakeTable } from './lake-table.ts';
import { LakeView } from './lake-view.ts';
import { Workgroup } from './workgroup.ts';

export interface AthenaProps {
  readonly bucket: IBucket;
  readonly databaseName: string;
  /** Paused ones too: their data stays. */
  readonly workspaceNames: readonly string[];
  /** The first one that the tables show, `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** @default - the key of S3 */
  readonly encryptionKey?: IKey | undefined;
}

export class Athena extends Construct {
  readonly workgroupName: string;
  readonly database: CfnDatabase;

  constructor(
    scope: Construct,
    id: string,
    { bucket, databaseName, workspaceNames, firstDay, encryptionKey }: AthenaProps,
  ) {
    super(scope, id);
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: databaseName,
        description:
          'Sync history of Braze Cloud Data Ingestion; the view completeness tells how far to trust it.',
      },
    });
    for (const table of Object.keys(columns) as TableName[]) {
      new LakeTable(this, table, {
        table,
        databaseName,
        bucket,
        workspaceNames,
        firstDay,
      }).node.addDependency(this.database);
    }
    for (const view of views) {
      new LakeView(this, view.name, { view, databaseName }).node.addDependency(this.database);
    }
    this.workgroupName = new Workgroup(this, 'Workgroup', { bucket, databaseName, encryptionKey }).name;
    new BuildWorkgroup(this, 'BuildWorkgroup', { databaseName });
  }
}
