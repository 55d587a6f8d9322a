/** Reports that are written by the stack. */
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readReportEvent } from '../../lambda/report-environment.ts';
import { columns } from '../../lambda/schema/tables.ts';
import { statementsOf } from './statements.ts';
import { templateOf, workspace } from './synthesize.ts';

const report = { schedule: 'cron(0 6 ? * MON *)' };
const workspaces = [workspace('shop', { dashboard: 'dashboard-01.braze.com' }), workspace('b')];
const template = templateOf({ workspaces, report });
const idsOf = (of: Template) => Object.keys(of.toJSON().Resources);

test('a report is an addition: all else of the stack is as it is without one', () => {
  const [before, after] = [templateOf({ workspaces }).toJSON(), template.toJSON()];
  expect(after).toMatchObject(before);
  const added = idsOf(template).filter((id) => !(id in before.Resources));
  expect(added.filter((id) => !id.startsWith('Report'))).toEqual([]);
  expect(added.map((id) => after.Resources[id].Type).sort()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::IAM::Role',
    'AWS::IAM::Role',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::Scheduler::Schedule',
  ]);
});

test('of many workspaces there are no more resources than of one', () => {
  const added = (count: number) => {
    const many = { workspaces: Array.from({ length: count }, (_, at) => workspace(`workspace-${at}`)) };
    return idsOf(templateOf({ ...many, report })).length - idsOf(templateOf(many)).length;
  };
  expect(added(100)).toBe(added(1));
});

test('one schedule names each workspace that is not paused, and its dashboard', () => {
  const withPaused = templateOf({ workspaces: [...workspaces, workspace('c', { paused: true })], report });
  const input = '{"workspaces":[{"name":"shop","dashboard":"dashboard-01.braze.com"},{"name":"b"}]}';
  withPaused.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: report.schedule,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
    Target: {
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportFunction'), 'Arn'] },
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportSchedulerRole'), 'Arn'] },
      Input: input,
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportFailures'), 'Arn'] } },
    },
  });
  expect(readReportEvent(JSON.parse(input))).toEqual(JSON.parse(input));
});

test('where all workspaces are paused there is none', () => {
  const paused = { workspaces: [workspace('c', { paused: true })] };
  expect(idsOf(templateOf({ ...paused, report }))).toEqual(idsOf(templateOf(paused)));
});

test('the function has room for a question to the lake, and goes into the queue where it fails', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Handler: 'report/index.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 2048,
    EphemeralStorage: { Size: 2048 },
    Timeout: 900,
    Environment: { Variables: { LAKE_BUCKET: { Ref: 'LakeBucket' } } },
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: Match.stringLikeRegexp('^ReportFunction') },
    MaximumRetryAttempts: 0,
    DestinationConfig: {
      OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportFailures'), 'Arn'] } },
    },
  });
});

test('one that could not be written is told where all alarms are', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Dimensions: [
      {
        Name: 'QueueName',
        Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportFailures'), 'QueueName'] },
      },
    ],
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlarmsTopic') }],
    AlarmDescription: Match.stringLikeRegexp('docs/runbook\\.md#alarm-reportfailed\\.$'),
  });
});

const rightsOf = (of: Template) =>
  statementsOf(of)
    .filter(({ at, kind }) => kind === 'identity' && at.startsWith('ReportRole'))
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) =>
        resources.map((resource) => `${action} ${resource}`.replace(/(?<=[a-z])[0-9A-F]{8}\b/g, '')),
      ),
    )
    .sort();
const tables = ['changes', 'coverage', 'days', 'integrations', 'quarantine', 'standing', 'syncs'];

describe('P13: its function may', () => {
  const rights = [
    ...tables.map((table) => `s3:GetObject <LakeBucket.Arn>/${table}/*`),
    's3:ListBucket <LakeBucket.Arn>',
    's3:PutObject <LakeBucket.Arn>/reports/*',
    'sqs:SendMessage <ReportFailures.Arn>',
    'logs:CreateLogStream <ReportLog.Arn>',
    'logs:PutLogEvents <ReportLog.Arn>',
  ];

  test('read the lake and write reports, and nothing else', () => {
    expect(rightsOf(template)).toEqual(rights.sort());
  });

  test('list the tables alone', () => {
    const [list] = statementsOf(template).filter(
      ({ at, actions }) => at.startsWith('ReportRole') && actions.includes('s3:ListBucket'),
    );
    expect(list?.condition).toEqual({
      StringLike: { 's3:prefix': Object.keys(columns).map((table) => `${table}/*`) },
    });
  });

  test('tell the topic of alerts only where that is asked for', () => {
    const announced = templateOf({ workspaces, report: { ...report, announce: true } });
    expect(rightsOf(announced)).toEqual([...rights, 'sns:Publish <SyncAlertsTopic>'].sort());
    announced.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ANNOUNCE_TO: { Ref: 'SyncAlertsTopic' } } },
    });
  });
});
