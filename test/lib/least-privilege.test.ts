import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flat } from './flat.ts';
import { faultsOf } from './least-privilege.ts';
import { type Statement, statementsOf } from './statements.ts';
import { project, templateOf, workspace } from './synthesize.ts';

const configurations = {
  'the shipped one': {},
  'three workspaces, one with a named secret, one paused': {
    workspaces: [
      workspace('ab'),
      workspace('a-b', { apiKeySecretName: 'braze/a-b' }),
      workspace('c', { paused: true }),
    ],
    alarmEmail: 'on-call@example.com',
  },
  'an existing bucket and table': { existingBucket: 'kept-bucket', existingTable: 'kept-table' },
};

describe.each(Object.entries(configurations))('P13: with %s', (_, configuration) => {
  const template = templateOf(configuration);
  const statements = statementsOf(template);

  test('every statement of every policy keeps to exact actions on exact resources', () => {
    expect(statements.filter(({ effect }) => effect === 'Allow').length).toBeGreaterThan(9);
    expect(
      statements.flatMap((statement) => faultsOf(statement).map((fault) => `${statement.at}: ${fault}`)),
    ).toEqual([]);
  });

  test('no right comes from elsewhere', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument', 'Policies']);
    }
    template.resourceCountIs('AWS::IAM::Role', 2);
    for (const type of [
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::User',
      'AWS::Lambda::Permission',
      'AWS::Lambda::Url',
    ]) {
      template.resourceCountIs(type, 0);
    }
  });
});

test('P13: the function and the scheduler may do this, and nothing else', () => {
  const template = templateOf({
    workspaces: [workspace('default'), workspace('b', { apiKeySecretName: 'braze/b' })],
  });
  const rights = statementsOf(template)
    .filter(({ kind }) => kind === 'identity')
    .flatMap(({ at, actions, resources }) =>
      actions.flatMap((action) =>
        resources.map((resource) => `${at} ${action} ${resource}`.replace(/(?<=[a-z])[0-9A-F]{8}\b/g, '')),
      ),
    );
  const objects = (action: string) =>
    ['changes', 'coverage', 'days', 'integrations', 'quarantine', 'standing', 'syncs'].map(
      (prefix) => `ExporterRole s3:${action} <LakeBucket.Arn>/${prefix}/*`,
    );
  expect(rights.sort()).toEqual(
    [
      ...objects('GetObject'),
      ...objects('PutObject'),
      'ExporterRole s3:ListBucket <LakeBucket.Arn>',
      'ExporterRole dynamodb:GetItem <CheckpointTable.Arn>',
      'ExporterRole dynamodb:PutItem <CheckpointTable.Arn>',
      'ExporterRole dynamodb:Query <CheckpointTable.Arn>',
      'ExporterRole secretsmanager:GetSecretValue <ApiKeyOfDefault>',
      'ExporterRole secretsmanager:GetSecretValue arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:braze/b-??????',
      'ExporterRole sns:Publish <SyncAlertsTopic>',
      'ExporterRole events:PutEvents arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default',
      'ExporterRole sqs:SendMessage <RunFailures.Arn>',
      'ExporterRole logs:CreateLogStream <ExporterLog.Arn>',
      'ExporterRole logs:PutLogEvents <ExporterLog.Arn>',
      'SchedulerRole lambda:InvokeFunction <ExporterFunction.Arn>',
      'SchedulerRole sqs:SendMessage <ScheduleFailures.Arn>',
    ].sort(),
  );
});

test('P13: the function may send every command that its code has, and no other', () => {
  const sources = globSync('lambda/**/*.ts', { cwd: project }).map((file) =>
    readFileSync(`${project}/${file}`, 'utf8'),
  );
  const commands = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/new (\w+)Command\(|\bpaginate(\w+)\(/g)].map(([, one, all]) => one ?? all),
    ),
  );
  // Powertools sends it for whoever asks its provider.
  if (sources.some((source) => source.includes('new SecretsProvider('))) commands.add('GetSecretValue');
  // One action of IAM stands for both of SNS's.
  if (commands.delete('PublishBatch')) commands.add('Publish');
  const actions = statementsOf(templateOf())
    .filter(({ at, kind }) => kind === 'identity' && at.startsWith('ExporterRole'))
    .flatMap((statement) => statement.actions.map((action) => action.split(':')[1]));
  // What S3 asks for when an object is missing, and what Lambda does with the role by itself.
  const besides = ['ListBucket', 'SendMessage', 'CreateLogStream', 'PutLogEvents'];
  expect(commands.size).toBeGreaterThan(0);
  expect(new Set(actions)).toEqual(commands.union(new Set(besides)));
});

describe('P13: the rule refuses', () => {
  const good: Statement = {
    at: 'Role',
    kind: 'identity',
    effect: 'Allow',
    actions: ['s3:GetObject'],
    resources: ['<LakeBucket.Arn>/syncs/*'],
    principals: [],
    condition: undefined,
    strange: [],
  };
  const trusted: Statement = {
    ...good,
    kind: 'trust',
    actions: ['sts:AssumeRole'],
    resources: [],
    principals: ['Service:scheduler.amazonaws.com'],
    condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  };

  test('nothing of what is right', () => {
    expect([good, trusted].flatMap(faultsOf)).toEqual([]);
  });

  test.each<[string, Partial<Statement>]>([
    ['a wildcard action', { actions: ['s3:*'] }],
    ['every action', { actions: ['*'] }],
    ['half a wildcard action', { actions: ['s3:Get*'] }],
    ['a deletion', { actions: ['s3:DeleteObject'] }],
    ['a deletion beside others', { actions: ['s3:GetObject', 's3:DeleteObjectVersion'] }],
    ['a batch of deletions', { actions: ['dynamodb:DeleteItem'], resources: ['<CheckpointTable.Arn>'] }],
    [
      'a change of the lifecycle',
      { actions: ['s3:PutLifecycleConfiguration'], resources: ['<LakeBucket.Arn>'] },
    ],
    ['every resource', { resources: ['*'] }],
    ['every object', { resources: ['<LakeBucket.Arn>/*'] }],
    ['objects of another prefix', { resources: ['<LakeBucket.Arn>/athena-results/*'] }],
    ['objects of every bucket', { resources: ['arn:aws:s3:::*/syncs/*'] }],
    ['a listing of objects', { actions: ['s3:ListBucket'] }],
    ['every version of a function', { actions: ['lambda:InvokeFunction'], resources: ['<Function.Arn>:*'] }],
    ['every secret', { actions: ['secretsmanager:GetSecretValue'], resources: ['*'] }],
    [
      'every secret that begins so',
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:braze-*'],
      },
    ],
    ['no resource', { resources: [] }],
    ['all but some actions', { actions: [], strange: ['NotAction'] }],
    ['all but some resources', { resources: [], strange: ['NotResource'] }],
  ])('%s', (_, change) => {
    expect(faultsOf({ ...good, ...change })).not.toEqual([]);
  });

  test.each<[string, Partial<Statement>]>([
    ['everybody', { principals: ['*'] }],
    ['every account', { principals: ['AWS:*'] }],
    ['another account', { principals: ['AWS:arn:aws:iam::1:root'] }],
    ['a service on behalf of any account', { condition: undefined }],
    ['a service on behalf of another account', { condition: { StringEquals: { 'aws:SourceAccount': '1' } } }],
  ])('to trust %s', (_, change) => {
    expect(faultsOf({ ...trusted, ...change })).not.toEqual([]);
    expect(faultsOf({ ...trusted, ...change, kind: 'resource', resources: ['<Topic>'] })).not.toEqual([]);
  });
});

test('P13: requests without TLS are refused by bucket, queues and topics', () => {
  const template = templateOf();
  const denied = statementsOf(template)
    .filter(({ effect }) => effect === 'Deny')
    .map(({ actions, resources, principals, condition }) => ({ actions, resources, principals, condition }));
  const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };
  const ids = (type: string) => Object.keys(template.findResources(type));
  const expected = [
    {
      actions: ['s3:*'],
      resources: ['<LakeBucket.Arn>', '<LakeBucket.Arn>/*'],
      principals: ['AWS:*'],
      condition: withoutTls,
    },
    ...ids('AWS::SQS::Queue').map((id) => ({
      actions: ['sqs:*'],
      resources: [`<${id}.Arn>`],
      principals: ['AWS:*'],
      condition: withoutTls,
    })),
    ...ids('AWS::SNS::Topic').map((id) => ({
      actions: ['sns:Publish'],
      resources: [`<${id}>`],
      principals: ['*'],
      condition: withoutTls,
    })),
  ];
  expect(denied).toHaveLength(expected.length);
  expect(denied).toEqual(expect.arrayContaining(expected));
  expect(ids('AWS::SQS::Queue')).toHaveLength(2);
  expect(ids('AWS::SNS::Topic')).toHaveLength(2);
  expect(flat({ Ref: 'A' })).toBe('<A>');
});
