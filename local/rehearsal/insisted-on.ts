/** Step: what an organisation insists on is looked for where it has to have arrived. */
import { AthenaClient, GetWorkGroupCommand } from '@aws-sdk/client-athena';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetBucketEncryptionCommand, HeadObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import pMap from 'p-map';
import { logGroupsIn, roleIn, taggedIn } from '../aws/other-services.ts';
import { outputsOf, stackName } from '../aws/outputs.ts';
import { dynamoDbAt, placeAt } from '../aws/places.ts';
import type { Deployed } from './deployed.ts';
import type { Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';

/** Physical ids of the stack's resources, by type. */
type Resources = (type: string) => readonly string[];

export async function insistedOn(rehearsal: Rehearsal, stack: Deployed): Promise<void> {
  await rehearsal.narrator.step('Look for what the organisation insists on', async (say) => {
    const resources = await resourcesOf(rehearsal);
    say(`Encrypted with its key: ${await encrypted(rehearsal, stack, resources)}`);
    say(`Of its path and within its boundary: ${await bounded(rehearsal, resources)} roles`);
    say(`Kept for a year: ${await retained(rehearsal, resources)} logs`);
    say(`Told to its topic: ${await told(rehearsal, resources)} alarms`);
    say(`With its tags: ${await tagged(rehearsal, resources)} resources`);
  });
}

async function resourcesOf({ clients: { cloudFormation: client } }: Rehearsal): Promise<Resources> {
  const all: { readonly type: string | undefined; readonly id: string }[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { ResourceType: type, PhysicalResourceId: id = '' } of StackResourceSummaries)
      all.push({ type, id });
  }
  return (type) => {
    const ids = all.filter((resource) => resource.type === type).map(({ id }) => id);
    expectThat(ids.length > 0, `The stack has no ${type}.`);
    return ids;
  };
}

async function encrypted(
  { localAws: { endpoint }, clients, insisted }: Rehearsal,
  { bucket, table }: Deployed,
  resources: Resources,
): Promise<string> {
  const place = placeAt(endpoint);
  const [sqs, sns, athena] = [new SQSClient(place), new SNSClient(place), new AthenaClient(place)];
  const { s3, secrets, cloudFormation } = clients;
  const group = (await outputsOf(cloudFormation))('Workgroup');
  const keys: Record<string, readonly (string | undefined)[]> = {
    bucket: [
      await s3
        .send(new GetBucketEncryptionCommand({ Bucket: bucket }))
        .then(
          ({ ServerSideEncryptionConfiguration: set }) =>
            set?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
        ),
    ],
    objects: await keysOfObjects(clients.s3, bucket),
    'results of queries': [
      await athena
        .send(new GetWorkGroupCommand({ WorkGroup: group }))
        .then(
          ({ WorkGroup }) => WorkGroup?.Configuration?.ResultConfiguration?.EncryptionConfiguration?.KmsKey,
        ),
    ],
    table: [
      await dynamoDbAt(endpoint)
        .send(new DescribeTableCommand({ TableName: table }))
        .then(({ Table }) => Table?.SSEDescription?.KMSMasterKeyArn),
    ],
    secrets: await pMap(resources('AWS::SecretsManager::Secret'), async (SecretId) => {
      const { KmsKeyId } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      return KmsKeyId;
    }),
    queues: await pMap(resources('AWS::SQS::Queue'), async (QueueUrl) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['KmsMasterKeyId'] });
      return (await sqs.send(asked)).Attributes?.KmsMasterKeyId;
    }),
    topics: await pMap(resources('AWS::SNS::Topic'), async (TopicArn) => {
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return Attributes?.KmsMasterKeyId;
    }),
    logs: (await ownLogs(endpoint, resources)).map(({ kmsKeyId }) => kmsKeyId),
  };
  for (const [what, found] of Object.entries(keys)) {
    const others = found.filter((key) => key !== insisted.encryptionKeyArn);
    expectThat(
      found.length > 0 && others.length === 0,
      `Of ${what}, not with its key: ${others.join(', ')}.`,
    );
  }
  return Object.entries(keys)
    .map(([what, { length }]) => `${length} ${what}`)
    .join(', ');
}

async function keysOfObjects(client: Rehearsal['clients']['s3'], Bucket: string) {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    keys.push(...Contents.map(({ Key = '' }) => Key));
  const head = async (Key: string) => {
    const { SSEKMSKeyId } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return SSEKMSKeyId;
  };
  return pMap(keys, head, { concurrency: 8 });
}

async function bounded(
  { localAws: { endpoint }, insisted }: Rehearsal,
  resources: Resources,
): Promise<number> {
  const { rolePath, permissionsBoundary, tags } = insisted;
  const names = resources('AWS::IAM::Role');
  for (const name of names) {
    const role = await roleIn(endpoint, name);
    expectThat(
      role.path === rolePath && role.boundary === permissionsBoundary && has(role.tags, tags),
      `The role ${name} is ${JSON.stringify(role)}.`,
    );
  }
  return names.length;
}

const has = (all: Readonly<Record<string, string>>, some: Readonly<Record<string, string>>): boolean =>
  Object.entries(some).every(([key, value]) => all[key] === value);

async function retained(
  { localAws: { endpoint }, insisted }: Rehearsal,
  resources: Resources,
): Promise<number> {
  const logs = await ownLogs(endpoint, resources);
  for (const { logGroupName, retentionInDays } of logs)
    expectThat(
      retentionInDays === insisted.logRetentionDays,
      `The log ${logGroupName} is kept for ${retentionInDays} days.`,
    );
  return logs.length;
}

async function ownLogs(endpoint: string, resources: Resources) {
  const names = resources('AWS::Logs::LogGroup');
  const logs = (await logGroupsIn(endpoint)).filter(({ logGroupName }) => names.includes(logGroupName));
  expectThat(logs.length === names.length, `Of ${names.length} logs there are ${logs.length}.`);
  return logs;
}

async function told({ localAws: { endpoint }, insisted }: Rehearsal, resources: Resources): Promise<number> {
  const AlarmNames = [...resources('AWS::CloudWatch::Alarm')];
  const client = new CloudWatchClient(placeAt(endpoint));
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames }));
  const isTold = (actions: readonly string[] | undefined) =>
    actions?.length === 1 && actions[0] === insisted.alarmTopicArn;
  const silent = MetricAlarms.filter(
    ({ AlarmActions, OKActions }) => !isTold(AlarmActions) || !isTold(OKActions),
  );
  expectThat(
    MetricAlarms.length === AlarmNames.length && silent.length === 0,
    `Not told to its topic: ${silent.map(({ AlarmName }) => AlarmName).join(', ')}.`,
  );
  return MetricAlarms.length;
}

/** Of the types that the local AWS can look for by their tags. */
const taggedTypes = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::Function',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
];

async function tagged(
  { localAws: { endpoint }, clients: { secrets }, insisted }: Rehearsal,
  resources: Resources,
): Promise<number> {
  // The last part of an ARN or of a queue's address is its name.
  const names = taggedTypes.flatMap(resources).map((id) => id.replace(/^.*[:/]/, ''));
  const own = resources('AWS::SecretsManager::Secret');
  for (const SecretId of own) {
    const { Tags = [] } = await secrets.send(new DescribeSecretCommand({ SecretId }));
    const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    expectThat(has(tags, insisted.tags), `The secret ${SecretId} has the tags ${JSON.stringify(tags)}.`);
  }
  for (const tag of Object.entries(insisted.tags)) {
    const arns = await taggedIn(endpoint, tag);
    const without = names.filter((name) => !arns.some((arn) => arn.endsWith(name)));
    expectThat(without.length === 0, `Without the tag ${tag.join('=')}: ${without.join(', ')}.`);
  }
  return names.length + own.length;
}
