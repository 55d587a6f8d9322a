/** The construct in a stack of somebody's own. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aws, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { SyncHistory, type SyncHistoryProps } from '../../lib/sync-history.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { flat } from './flat.ts';
import { project, templateOf, workspace } from './synthesize.ts';

const { context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8'));

function ownStack(): Stack {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, outdir: scratchFolder() });
  return new Stack(app, 'Own');
}

function own(...given: readonly (readonly [id: string, props: SyncHistoryProps])[]) {
  const stack = ownStack();
  for (const [id, props] of given) new SyncHistory(stack, id, props);
  return Template.fromStack(stack).toJSON();
}

/** Without logical ids: the construct's own id stands in each. */
const nameless = (part: Readonly<Record<string, unknown>>, prefix = '') => {
  const ids = Object.keys(part).sort((a, b) => b.length - a.length);
  // Without a bundle the code is named by its place in the app.
  let text = JSON.stringify(Object.values(part)).replace(/"S3Key":"\w+\.zip"/, '"S3Key":"code"');
  for (const id of ids) {
    const name = id.slice(id.startsWith(prefix) ? prefix.length : 0).replace(/[0-9A-F]{8}$/, '');
    text = text.replaceAll(id, name);
  }
  return JSON.parse(text)
    .map((each: unknown) => JSON.stringify(each))
    .sort();
};

test('it has what the stack has, under ids that begin with its own', () => {
  const props = { workspaces: [workspace('default')], permissionsBoundary: 'developers' };
  const { Resources, Outputs } = own(['History', props]);
  const stack = templateOf(props).toJSON();
  for (const id of [...Object.keys(Resources), ...Object.keys(Outputs)]) expect(id).toMatch(/^History/);
  expect(nameless(Resources, 'History')).toEqual(nameless(stack.Resources));
  expect(Object.keys(Outputs).map((id) => id.slice('History'.length))).toEqual(Object.keys(stack.Outputs));
});

test('two of them stand in one stack, and each command sets the key of its own', () => {
  const { Resources, Outputs } = own(
    ['One', { workspaces: [workspace('default')] }],
    ['Two', { workspaces: [workspace('default')], database: 'second' }],
  );
  expect(Object.keys(Resources)).toEqual(
    expect.arrayContaining(['OneLakeBucket', 'TwoLakeBucket', 'OneApiKeyOfDefault', 'TwoApiKeyOfDefault']),
  );
  expect(flat(Outputs.TwoSetKey.Value)).toContain('--logical-resource-id "TwoApiKeyOfDefault"');
});

test('two whose ids differ in no letter or digit are told by their names', () => {
  const stack = ownStack();
  const nested = new NestedStack(stack, 'Nested');
  const props = { workspaces: [workspace('default')] };
  new SyncHistory(stack, 'Sync-History', props);
  const told = /^Own\/SyncHistory has no letter .+ from Own\/Sync-History, .+ give another id/;
  expect(() => new SyncHistory(stack, 'SyncHistory', props)).toThrow(told);
  // A nested stack has ids of its own.
  expect(() => new SyncHistory(nested, 'SyncHistory', props)).not.toThrow();
});

test('its tags are on what it makes, and on nothing else of the stack', () => {
  const { Resources } = own(['History', { workspaces: [workspace('default')], tags: { team: 'crm' } }]);
  expect(Resources.HistoryLakeBucket.Properties.Tags).toEqual([{ Key: 'team', Value: 'crm' }]);
});

test('resources that are made beside it are taken, though their names are known only once they are deployed', () => {
  const stack = ownStack();
  const key = new Key(stack, 'Key');
  const topic = new Topic(stack, 'OnCall', { masterKey: key });
  const bucket = new Bucket(stack, 'Kept');
  const table = TableV2.fromTableName(stack, 'Known', new CfnParameter(stack, 'Checkpoints').valueAsString);
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
  new SyncHistory(stack, 'History', {
    workspaces: [workspace('default')],
    encryptionKeyArn: key.keyArn,
    alarmTopicArn: topic.topicArn,
    existingBucket: bucket.bucketName,
    existingTable: table.tableName,
    vpc: { vpcId: vpc.vpcId, subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) },
  });
  const { Resources } = Template.fromStack(stack).toJSON();
  const idOf = (name: string, type: string) =>
    Object.keys(Resources).find((id) => id.startsWith(name) && Resources[id].Type === type) ?? '';
  const bucketId = idOf('Kept', 'AWS::S3::Bucket');
  expect(Resources.HistoryApiKeyOfDefault.Properties.KmsKeyId).toEqual({
    'Fn::GetAtt': [idOf('Key', 'AWS::KMS::Key'), 'Arn'],
  });
  const exporter = Resources[idOf('HistoryExporter', 'AWS::Lambda::Function')].Properties;
  expect(exporter.Environment.Variables).toMatchObject({
    LAKE_BUCKET: { Ref: bucketId },
    CHECKPOINT_TABLE: { Ref: 'Checkpoints' },
  });
  expect(exporter.VpcConfig.SubnetIds).toEqual([{ Ref: expect.stringMatching(/^VpcPrivateSubnet1/) }]);
  const alarms = Object.values<{ Type: string; Properties: { AlarmActions?: unknown } }>(Resources).filter(
    ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
  );
  const onCall = { Ref: idOf('OnCall', 'AWS::SNS::Topic') };
  for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([onCall]);
});

test('what is wanted before the deployment is told as such, and not as if it were misspelt', () => {
  const stack = ownStack();
  const endpoint = new CfnParameter(stack, 'Endpoint').valueAsString;
  const make = () =>
    new SyncHistory(stack, 'History', {
      workspaces: [workspace('default', { endpoint })],
      tags: { region: Aws.REGION },
    });
  const wanted = 'is known only once it is deployed, and is wanted before: write the text itself.';
  expect(make).toThrow(`props.workspaces[0].endpoint ${wanted}\nprops.tags.region ${wanted}`);
});
