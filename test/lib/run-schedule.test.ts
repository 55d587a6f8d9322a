import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { templateOf, workspace } from './synthesize.ts';

const schedulesOf = (configuration: Parameters<typeof templateOf>[0]) =>
  templateOf(configuration).findResources('AWS::Scheduler::Schedule');

test('a workspace is exported every 15 minutes, in UTC', () => {
  templateOf().hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(15 minutes)',
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
    State: Match.absent(),
    Name: Match.absent(),
    Target: {
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ExporterFunction'), 'Arn'] },
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SchedulerRole'), 'Arn'] },
      Input: '{"workspace":"default"}',
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ScheduleFailures'), 'Arn'] } },
    },
  });
});

test('each of three workspaces has a schedule with its own name for input', () => {
  const schedules = schedulesOf({ workspaces: [workspace('ab'), workspace('a-b'), workspace('adashb')] });
  expect(Object.values(schedules).map(({ Properties }) => Properties.Target.Input)).toEqual([
    '{"workspace":"ab"}',
    '{"workspace":"a-b"}',
    '{"workspace":"adashb"}',
  ]);
});

test('no schedule is there before failed runs are no longer tried again', () => {
  const [delivery] = Object.keys(templateOf().findResources('AWS::Lambda::EventInvokeConfig'));
  const [schedule] = Object.values(templateOf().findResources('AWS::Scheduler::Schedule'));
  expect(schedule?.DependsOn).toEqual([delivery]);
});

describe('a paused workspace', () => {
  const template = templateOf({ workspaces: [workspace('default'), workspace('late', { paused: true })] });

  test('has no schedule and no alarm for silence', () => {
    expect(Object.keys(template.findResources('AWS::Scheduler::Schedule'))).toEqual(['ScheduleOfDefault']);
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).not.toContain('late');
  });

  test('keeps its secret and its place in the environment', () => {
    expect(Object.keys(template.findResources('AWS::SecretsManager::Secret'))).toContain('ApiKeyOfLate');
    expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).toContain('late');
  });

  test('may be the only one', () => {
    expect(schedulesOf({ workspaces: [workspace('late', { paused: true })] })).toEqual({});
  });
});

describe('an event is given up before the next one is due', () => {
  test.each([
    ['rate(1 minute)', 60],
    ['rate(2 minutes)', 120],
    ['rate(3 minutes)', 180],
    ['rate(5 minutes)', 300],
    ['rate(15 minutes)', 900],
    ['rate(1 hour)', 3600],
    ['rate(2 days)', 172_800],
    ['cron(0/20 8-17 ? * MON-FRI *)', 1200],
    ['cron(0,10 6 * * ? *)', 600],
    ['cron(55 23,0 * * ? *)', 3600],
    ['cron(0 6 1 1 ? 2099)', Infinity],
  ])('%s', (schedule, period) => {
    const template = templateOf({ schedule });
    const [{ Properties: delivery } = { Properties: undefined }] = Object.values(
      template.findResources('AWS::Lambda::EventInvokeConfig'),
    );
    const [{ Properties: one } = { Properties: undefined }] = Object.values(
      template.findResources('AWS::Scheduler::Schedule'),
    );
    const window = (one.FlexibleTimeWindow.MaximumWindowInMinutes ?? 0) * 60;
    const atLambda = delivery.MaximumEventAgeInSeconds;
    const atScheduler = one.Target.RetryPolicy.MaximumEventAgeInSeconds;
    expect(one.FlexibleTimeWindow.Mode).toBe(window > 0 ? 'FLEXIBLE' : 'OFF');
    for (const age of [atLambda, atScheduler]) {
      expect(age).toBeGreaterThanOrEqual(60);
      expect(age).toBeLessThanOrEqual(21_600);
      expect(Number.isInteger(age)).toBe(true);
      // A minute is the least that AWS takes.
      if (period > 60) expect(age).toBeLessThan(period);
    }
    expect(window).toBeLessThanOrEqual(900);
    if (period > 60) expect(window + atLambda + atScheduler).toBeLessThanOrEqual(period);
  });
});
