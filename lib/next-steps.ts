/** The stack's outputs: what a person needs after a deployment. */
import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  followLogCommand,
  reportNowCommand,
  reportsAddress,
  runNowCommand,
  setKeyCommand,
} from './commands.ts';
import { logicalId } from './logical-id.ts';

export interface NextStepsProps {
  readonly bucketName: string;
  readonly tableName: string;
  /** @default - there is no catalogue */
  readonly catalog?: { readonly databaseName: string; readonly workgroupName: string } | undefined;
  readonly functionName: string;
  readonly logGroupName: string;
  readonly alertTopicArn: string;
  /** @default - no report is written */
  readonly report?: { readonly functionName: string; readonly scheduleName: string } | undefined;
  /** Names of all workspaces. */
  readonly workspaces: readonly string[];
  /** Those whose secret the stack has made, and somebody has to fill. */
  readonly workspacesToFill: readonly string[];
}

/** A few for all workspaces: a stack has at most 200 outputs. */
export class NextSteps extends Construct {
  constructor(scope: Construct, id: string, props: NextStepsProps) {
    super(scope, id);
    const { catalog, report, functionName, logGroupName, workspaces, workspacesToFill } = props;
    this.#tell('Bucket', props.bucketName, 'The bucket with the lake.');
    this.#tell('Table', props.tableName, 'The table with the checkpoints.');
    if (catalog) {
      this.#tell('Database', catalog.databaseName, 'The Glue database to ask in Athena.');
      this.#tell(
        'Workgroup',
        catalog.workgroupName,
        'The Athena workgroup to ask it in, with the saved queries.',
      );
    }
    this.#tell(
      'SyncAlerts',
      props.alertTopicArn,
      'The topic on which incidents of your syncs are told: subscribe to it.',
    );
    this.#tell('Function', functionName, 'The function that exports.');
    if (workspacesToFill.length > 0) {
      this.#tell(
        'SetKey',
        setKeyCommand(workspacesToFill, logicalId(this, '')),
        'Asks for the Braze key of a workspace and keeps it.',
      );
    }
    this.#tell(
      'RunNow',
      runNowCommand(functionName, workspaces),
      'Exports a workspace now, and does not wait for it.',
    );
    if (report) {
      this.#tell('Reports', reportsAddress(props.bucketName), 'Where the reports are written.');
      this.#tell(
        'ReportNow',
        reportNowCommand(report.functionName, report.scheduleName),
        'Writes the reports now, and does not wait for them.',
      );
    }
    this.#tell('FollowLog', followLogCommand(logGroupName), 'Prints what the function says, until Ctrl-C.');
  }

  /** Under a name without a hash: people and scripts look for it. */
  #tell(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description }).overrideLogicalId(logicalId(this, name));
  }
}
