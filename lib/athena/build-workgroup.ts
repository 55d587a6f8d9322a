/** The workgroup for whoever makes tables of the lake, such as dbt: in the other one they would lose their data. */
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import { mostBytesScanned } from './workgroup.ts';

export interface BuildWorkgroupProps {
  readonly databaseName: string;
}

/**
 * It enforces no place for results, and has none: Athena puts a table beside the results where that is enforced, and
 * there it expires after a week. Whoever names no place of their own is told so by Athena, before anything is made.
 */
export class BuildWorkgroup extends Construct {
  constructor(scope: Construct, id: string, { databaseName }: BuildWorkgroupProps) {
    super(scope, id);
    new CfnWorkGroup(this, 'Workgroup', {
      name: `${databaseName}_build`,
      description: 'For tables that are made of the sync history, in a bucket of your own.',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: false,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        bytesScannedCutoffPerQuery: mostBytesScanned,
        publishCloudWatchMetricsEnabled: true,
      },
    });
  }
}
