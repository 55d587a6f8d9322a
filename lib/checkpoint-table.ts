/** The table that holds how far each integration has been read, and the leases. It outlives the stack. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { pinned } from './pinned.ts';

export interface CheckpointTableProps {
  /**
   * Name of a table to use instead of making one.
   * @default - a table is made
   */
  readonly existingTable?: string | undefined;
}

export class CheckpointTable extends Construct {
  readonly table: ITableV2;

  constructor(scope: Construct, id: string, { existingTable }: CheckpointTableProps) {
    super(scope, id);
    this.table =
      existingTable === undefined ? this.#make() : TableV2.fromTableName(this, 'Existing', existingTable);
  }

  #make(): ITableV2 {
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'workspace', type: AttributeType.STRING },
      sortKey: { name: 'item', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The CDK's own types do not agree under exactOptionalPropertyTypes.
    return pinned(table, 'CheckpointTable') as ITableV2;
  }
}
