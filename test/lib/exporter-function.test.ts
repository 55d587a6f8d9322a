import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../lambda/environment.ts';
import { flat } from './flat.ts';
import { templateOf, workspace } from './synthesize.ts';

const template = templateOf();

test('the function has 15 minutes on Node 24 and ARM, and no concurrency of its own', () => {
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: 512,
    Timeout: 900,
    ReservedConcurrentExecutions: Match.absent(),
  });
});

test('a failed run is not tried again, and goes to its queue', () => {
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: Match.stringLikeRegexp('^ExporterFunction') },
    Qualifier: '$LATEST',
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 300,
    DestinationConfig: {
      OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RunFailures'), 'Arn'] } },
      OnSuccess: Match.absent(),
    },
  });
});

test('its log is kept for a month, and belongs to the stack', () => {
  const [[id, log] = []] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
  expect(log).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: id } } });
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
});

test('queues for failures are encrypted and keep a message for 14 days', () => {
  template.resourceCountIs('AWS::SQS::Queue', 2);
  template.allResourcesProperties('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 24 * 60 * 60,
    QueueName: Match.absent(),
  });
});

describe('its environment', () => {
  const of = (configuration: Parameters<typeof templateOf>[0]) => {
    const [only] = Object.values(templateOf(configuration).findResources('AWS::Lambda::Function'));
    const variables: Record<string, unknown> = only?.Properties.Environment.Variables;
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, flat(value)]));
  };

  test('is what the function reads', () => {
    expect(
      readEnvironment(
        of({
          workspaces: [
            workspace('ab'),
            workspace('a-b', {
              endpoint: 'https://rest.fra-01.braze.eu',
              integrations: ['one "quoted"', 'two'],
              requestsPerMinute: 250,
              listRequestsPerMinute: 7,
              apiKeySecretName: 'braze/a-b',
            }),
            workspace('late', {
              paused: true,
              muted: ['one "quoted"'],
              dashboard: 'dashboard-01.braze.com',
            }),
          ],
          alerts: { refusedShare: 0.2, lateGraceMinutes: 45, finishedSyncs: true, email: 'a@example.com' },
        }),
      ),
    ).toEqual({
      bucket: '<LakeBucket>',
      table: '<CheckpointTable>',
      workspaces: {
        settings: {
          ab: {
            endpoint: 'https://rest.iad-01.braze.com',
            secret: '<ApiKeyOfAb>',
            requestsPerMinute: 100,
            listRequestsPerMinute: 50,
          },
          'a-b': {
            endpoint: 'https://rest.fra-01.braze.eu',
            secret: 'braze/a-b',
            integrations: ['one "quoted"', 'two'],
            requestsPerMinute: 250,
            listRequestsPerMinute: 7,
          },
          late: {
            endpoint: 'https://rest.iad-01.braze.com',
            secret: '<ApiKeyOfLate>',
            requestsPerMinute: 100,
            listRequestsPerMinute: 50,
            muted: ['one "quoted"'],
            dashboard: 'dashboard-01.braze.com',
          },
        },
      },
      alerts: { topic: '<SyncAlertsTopic>', refusedShare: 0.2, lateGraceMinutes: 45, finishedSyncs: true },
      firstDay: '2022-01-01',
    });
  });

  test('holds nothing else', () => {
    expect(Object.keys(of({})).sort()).toEqual([
      'ALERTS',
      'CHECKPOINT_TABLE',
      'FIRST_DAY',
      'LAKE_BUCKET',
      'WORKSPACES',
    ]);
  });
});
