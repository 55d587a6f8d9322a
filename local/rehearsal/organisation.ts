/** What an organisation insists on, all but the VPC: its key, boundary and topic are there before the stack is. */
import { CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import type { Clients } from '../aws/clients.ts';
import { outputsOf } from '../aws/outputs.ts';
import type { Narrator } from './narrator.ts';

/** As it is written into cdk.json. */
export type InsistedOn = Required<
  Pick<
    SyncHistoryConfiguration,
    'encryptionKeyArn' | 'permissionsBoundary' | 'rolePath' | 'tags' | 'alarmTopicArn' | 'logRetentionDays'
  >
>;

const StackName = 'Organisation';

const allow = (Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const template = {
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: allow('kms:*', { Principal: { AWS: '*' } }) },
    },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('*') } },
    OnCall: { Type: 'AWS::SNS::Topic' },
  },
  Outputs: {
    Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    Boundary: { Value: { Ref: 'Boundary' } },
    OnCall: { Value: { Ref: 'OnCall' } },
  },
};

export async function organisation(
  narrator: Narrator,
  { cloudFormation }: Pick<Clients, 'cloudFormation'>,
): Promise<InsistedOn> {
  return narrator.step('Make what an organisation insists on: a key, a boundary, a topic', async (say) => {
    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
    const patience = { client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
    await waitUntilStackCreateComplete(patience, { StackName });
    const output = await outputsOf(cloudFormation, StackName);
    say(
      'They stand in a stack of their own; the next one is given them all, with a path, tags and a year of log',
    );
    return {
      encryptionKeyArn: output('Key'),
      permissionsBoundary: output('Boundary'),
      alarmTopicArn: output('OnCall'),
      rolePath: '/service/',
      tags: { team: 'crm', 'cost-centre': '4711' },
      logRetentionDays: 365,
    };
  });
}
