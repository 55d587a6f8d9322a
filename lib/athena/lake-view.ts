/** A view over the lake in the Glue catalogue, as Athena itself would have made it. */
import { Aws } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { prestoView } from '../../sql/presto-view.ts';
import type { View } from '../../sql/view.ts';
import { glueColumns } from './glue-columns.ts';

export interface LakeViewProps {
  readonly view: View;
  readonly databaseName: string;
}

export class LakeView extends Construct {
  constructor(scope: Construct, id: string, { view, databaseName }: LakeViewProps) {
    super(scope, id);
    const { name, columns } = view;
    new CfnTable(this, 'View', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName,
      tableInput: {
        name,
        tableType: 'VIRTUAL_VIEW',
        // By these words the engine knows a view of its own; what the view is about stands in its definition.
        description: 'Presto View',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        viewOriginalText: prestoView(view, databaseName),
        viewExpandedText: '/* Presto View */',
        partitionKeys: [],
        storageDescriptor: {
          location: '',
          serdeInfo: {},
          columns: glueColumns(
            Object.fromEntries(columns.map(({ name, type }) => [name, type])),
            Object.fromEntries(columns.map(({ name, comment }) => [name, comment])),
          ),
        },
      },
    });
  }
}
