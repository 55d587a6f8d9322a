/** The workgroup in which the lake is asked, with the cookbook as its saved queries. */
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { resultsPrefix } from '../../lambda/schema/keys.ts';
import { trino } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';

export interface WorkgroupProps {
  readonly bucket: IBucket;
  readonly databaseName: string;
  /** @default - the key of S3 */
  readonly encryptionKey?: IKey | undefined;
}

/**
 * A year of a thousand integrations is some two gigabytes: a query that wants more has lost its filter on dt.
 * It costs five cents.
 */
export const mostBytesScanned = 10 * 1024 ** 3;

export class Workgroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { bucket, databaseName, encryptionKey }: WorkgroupProps) {
    super(scope, id);
    this.name = databaseName;
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: this.name,
      description: 'Questions to the sync history of Braze Cloud Data Ingestion.',
      // What was asked there is no data: without it the workgroup could not be removed.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        bytesScannedCutoffPerQuery: mostBytesScanned,
        publishCloudWatchMetricsEnabled: true,
        // Drivers insist on a location.
        resultConfiguration: {
          outputLocation: `${bucket.s3UrlForObject(resultsPrefix)}/`,
          encryptionConfiguration: encryptionKey
            ? { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const question of questions) {
      const { name, description } = question;
      new CfnNamedQuery(this, name, {
        name,
        description,
        database: databaseName,
        workGroup: this.name,
        queryString: questionSql(question, trino),
      }).addResourceDependency(workgroup);
    }
  }
}
