/** What the stack's outputs tell a person. */
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { secretLogicalId } from '../../lib/workspace-id.ts';
import type { Clients } from '../aws/clients.ts';
import { outputsOf, stackName } from '../aws/outputs.ts';
import { RehearsalFailure } from './rehearsal-failure.ts';

export const workspace = 'rehearsal';

export interface Deployed {
  readonly bucket: string;
  readonly table: string;
  readonly secret: string;
  readonly function: string;
  /** ARN of the topic on which incidents are told. */
  readonly alertTopic: string;
  /** For a terminal. */
  readonly runNow: string;
  readonly followLog: string;
}

export async function deployed({ cloudFormation }: Clients): Promise<Deployed> {
  const output = await outputsOf(cloudFormation);
  const LogicalResourceId = secretLogicalId(workspace);
  const { StackResources } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: stackName, LogicalResourceId }),
  );
  const secret = StackResources?.[0]?.PhysicalResourceId;
  if (!secret) throw new RehearsalFailure(`The stack has no ${LogicalResourceId}.`);
  return {
    bucket: output('Bucket'),
    table: output('Table'),
    secret,
    function: output('Function'),
    alertTopic: output('SyncAlerts'),
    runNow: output('RunNow'),
    followLog: output('FollowLog'),
  };
}
