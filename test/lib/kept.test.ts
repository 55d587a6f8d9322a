import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { templateOf, workspace } from './synthesize.ts';

const template = templateOf();
const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
/** A first deployment that fails takes it back. */
const keptOnceItStands = { ...kept, DeletionPolicy: 'RetainExceptOnCreate' };
const idsOf = (type: string, of: Template = template): string[] => Object.keys(of.findResources(type));

describe('P14: what holds data has this logical id, now and in every later version', () => {
  test.each([
    ['AWS::S3::Bucket', ['LakeBucket']],
    ['AWS::DynamoDB::GlobalTable', ['CheckpointTable']],
    ['AWS::SecretsManager::Secret', ['ApiKeyOfDefault']],
    // It holds who has subscribed.
    ['AWS::SNS::Topic', ['SyncAlertsTopic', 'AlarmsTopic3A2DFEBA']],
  ])('%s', (type, ids) => {
    expect(idsOf(type)).toEqual(ids);
  });

  test('secrets of names that differ by hyphens alone', () => {
    const names = ['ab', 'a-b', 'adashb', 'a--b', 'a-b-', '0'];
    const many = templateOf({ workspaces: names.map((name) => workspace(name)) });
    const ids = [
      'ApiKeyOfAb',
      'ApiKeyOfADashb',
      'ApiKeyOfAdashb',
      'ApiKeyOfADashDashb',
      'ApiKeyOfADashbDash',
      'ApiKeyOf0',
    ];
    expect(idsOf('AWS::SecretsManager::Secret', many)).toEqual(ids);
    for (const [index, id] of ids.entries()) {
      many.hasResourceProperties('AWS::SecretsManager::Secret', {
        Description: Match.stringLikeRegexp(` workspace ${names[index]}: `),
      });
      expect(JSON.stringify(many.findResources('AWS::SecretsManager::Secret')[id])).toContain(
        ` workspace ${names[index]}: `,
      );
    }
  });
});

test('P14: the bucket is kept, versioned, encrypted, and closed to the public', () => {
  template.hasResource('AWS::S3::Bucket', {
    ...keptOnceItStands,
    Properties: {
      BucketName: Match.absent(),
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    },
  });
});

test('P14: the bucket expires old versions, unfinished uploads and query results, and never an object of the lake', () => {
  const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));
  expect(bucket?.Properties.LifecycleConfiguration).toEqual({
    Rules: [
      { Id: 'OldVersions', NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Status: 'Enabled' },
      {
        Id: 'UnfinishedUploads',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        Status: 'Enabled',
      },
      {
        Id: 'QueryResults',
        Prefix: 'athena-results/',
        ExpirationInDays: 7,
        // The bucket keeps versions: without it results would stay for another 30 days.
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        Status: 'Enabled',
      },
    ],
  });
});

test('P14: the rule that refuses requests without TLS is kept with the bucket', () => {
  template.hasResource('AWS::S3::BucketPolicy', {
    ...keptOnceItStands,
    Properties: { Bucket: { Ref: 'LakeBucket' } },
  });
});

test('P14: the table is kept, can be restored, and refuses to be deleted', () => {
  template.hasResource('AWS::DynamoDB::GlobalTable', {
    ...kept,
    Properties: {
      TableName: Match.absent(),
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'workspace', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'workspace', AttributeType: 'S' },
        { AttributeName: 'item', AttributeType: 'S' },
      ],
      TimeToLiveSpecification: Match.absent(),
      Replicas: [
        {
          Region: { Ref: 'AWS::Region' },
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    },
  });
});

test('the table, which a first deployment that fails would leave, is made after what fails most often', () => {
  const [table] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
  expect(table?.DependsOn).toEqual([expect.stringMatching(/^AthenaDatabase/)]);
});

describe('P14: an existing bucket and table are taken up', () => {
  const again = templateOf({ existingBucket: 'kept-bucket', existingTable: 'kept-table' });

  test('none is made, and none is changed', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::DynamoDB::GlobalTable']) {
      again.resourceCountIs(type, 0);
    }
  });

  test('the function is told their names', () => {
    again.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { LAKE_BUCKET: 'kept-bucket', CHECKPOINT_TABLE: 'kept-table' } },
    });
    again.hasOutput('Bucket', { Value: 'kept-bucket' });
    again.hasOutput('Table', { Value: 'kept-table' });
  });

  test('one without the other', () => {
    const half = templateOf({ existingBucket: 'kept-bucket' });
    half.resourceCountIs('AWS::S3::Bucket', 0);
    expect(idsOf('AWS::DynamoDB::GlobalTable', half)).toEqual(['CheckpointTable']);
  });
});

test('P12: a secret is made without a value and without a name', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::SecretsManager::Secret'))) {
    expect(Object.keys(Properties)).toEqual(['Description']);
  }
});

test.each([
  ['alarms', 'AlarmsTopic', { alarmEmail: 'on-call@example.com' }],
  ['alerts', 'SyncAlertsTopic', { alerts: { email: 'on-call@example.com' } }],
])('P12: the address for %s stands in the subscription and nowhere else', (_, topic, configuration) => {
  const address = 'on-call@example.com';
  const template = templateOf(configuration);
  template.hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: { Ref: Match.stringLikeRegexp(`^${topic}`) },
  });
  const text = JSON.stringify(template.toJSON());
  expect(text.split(address)).toHaveLength(2);
  expect(text).toMatch(/"Endpoint":"on-call@example\.com","Protocol":"email"/);
  expect(text.toLowerCase()).not.toMatch(/oncallexample/);
  expect(JSON.stringify(templateOf().toJSON())).not.toMatch(/\w@\w/);
});
