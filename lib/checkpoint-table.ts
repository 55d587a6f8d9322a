/** The table that holds how far each integration has been read, and the leases. It outlives the stack. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, CfnGlobalTable, type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { pinned } from './pinned.ts';

export interface CheckpointTableProps {
  /**
   * Name of a table to use instead of making one.
   * @default - a table is made
   */
  readonly existingTable?: string | undefined;
  /** @default - the key of DynamoDB */
  readonly encryptionKey?: IKey | undefined;
}

export class CheckpointTable extends Construct {
  readonly table: ITableV2;

  constructor(scope: Construct, id: string, { existingTable, encryptionKey }: CheckpointTableProps) {
    super(scope, id);
    this.table =
      existingTable === undefined
        ? this.#make(encryptionKey)
        : TableV2.fromTableName(this, 'Existing', existingTable);
  }

  #make(encryptionKey: IKey | undefined): ITableV2 {
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'workspace', type: AttributeType.STRING },
      sortKey: { name: 'item', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Also by a first deployment that fails: its protection would make that get stuck half-way.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // By hand: the CDK's own wants to know the region before it is deployed.
    if (encryptionKey && CfnGlobalTable.isCfnGlobalTable(table.node.defaultChild)) {
      table.node.defaultChild.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
      table.node.defaultChild.addPropertyOverride('Replicas.0.SSESpecification', {
        KMSMasterKeyId: encryptionKey.keyArn,
      });
    }
    // The CDK's own types do not agree under exactOptionalPropertyTypes.
    return pinned(table, 'CheckpointTable') as ITableV2;
  }
}
