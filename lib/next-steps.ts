/** The stack's outputs: what a person needs after a deployment. */
import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ApiKey } from './api-key.ts';
import { runNowCommand, setKeyCommand } from './commands.ts';
import { workspaceId } from './workspace-id.ts';

export interface NextStepsProps {
  readonly bucketName: string;
  readonly tableName: string;
  readonly databaseName: string;
  readonly workgroupName: string;
  readonly functionName: string;
  readonly alertTopicArn: string;
  /** The key of each workspace, by its name. */
  readonly apiKeys: ReadonlyMap<string, ApiKey>;
}

export class NextSteps extends Construct {
  constructor(scope: Construct, id: string, props: NextStepsProps) {
    super(scope, id);
    const { bucketName, tableName, databaseName, workgroupName, functionName, alertTopicArn, apiKeys } =
      props;
    this.#tell('Bucket', bucketName, 'The bucket with the lake.');
    this.#tell('Table', tableName, 'The table with the checkpoints.');
    this.#tell('Database', databaseName, 'The Glue database to ask in Athena.');
    this.#tell('Workgroup', workgroupName, 'The Athena workgroup to ask it in, with the saved queries.');
    this.#tell(
      'SyncAlerts',
      alertTopicArn,
      'The topic on which incidents of your syncs are told: subscribe to it.',
    );
    for (const [workspace, { secretId, made }] of apiKeys) {
      const of = `Of${workspaceId(workspace)}`;
      this.#tell(`Secret${of}`, secretId, `The secret that holds the Braze key of ${workspace}.`);
      if (made) {
        this.#tell(
          `SetKey${of}`,
          setKeyCommand(secretId),
          `Asks for the Braze key of ${workspace} and keeps it.`,
        );
      }
      this.#tell(`RunNow${of}`, runNowCommand(functionName, workspace), `Exports ${workspace} now.`);
    }
  }

  /** Under a name without a hash: people and scripts look for it. */
  #tell(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description }).overrideLogicalId(name);
  }
}
