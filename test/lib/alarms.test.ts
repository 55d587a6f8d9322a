import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { metricNamespace, metrics, workspaceDimension } from '../../lambda/telemetry/metrics.ts';
import { stackOf, templateOf, workspace } from './synthesize.ts';

const template = templateOf({
  workspaces: [workspace('default'), workspace('b')],
  alarmEmail: 'a@example.com',
});
const alarmsOf = (of = template) =>
  Object.values(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

test('runs that fail again and again', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: Match.stringLikeRegexp('^ExporterFunction') } }],
    Statistic: 'Sum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    Period: 900,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
  });
});

test('where runs are a day apart, one that fails', () => {
  templateOf({ schedule: 'rate(1 day)' }).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Errors',
    Period: 86_400,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
  });
});

test.each(['default', 'b'])('no run of %s that ended well in three periods, silence included', (name) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: metricNamespace,
    MetricName: metrics.runEndedWell,
    Dimensions: [{ Name: workspaceDimension, Value: name }],
    Statistic: 'Maximum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 900,
    EvaluationPeriods: 3,
    DatapointsToAlarm: Match.absent(),
    TreatMissingData: 'breaching',
  });
});

describe.each(['RunFailures', 'ScheduleFailures'])('a message in %s', (queue) => {
  test.each([
    ['rate(15 minutes)', 900],
    ['rate(1 minute)', 900],
    ['rate(1 hour)', 3600],
    ['rate(3 days)', 86_400],
  ])('is told in the turn in which it is sent, and over in the next one: %s', (schedule, period) => {
    templateOf({ schedule }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${queue}`), 'QueueName'] } },
      ],
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      Period: period,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
  });
});

describe('a key that is missing for a day is told in', () => {
  test.each([
    // No period is so short that a turn could miss it, and one more than fills a day.
    ['rate(15 minutes)', 21_600, 5, 5],
    ['rate(4 hours)', 28_800, 4, 4],
    ['rate(12 hours)', 86_400, 2, 2],
    ['rate(1 day)', 86_400, 7, 2],
    ['rate(3 days)', 86_400, 7, 2],
    ['rate(7 days)', 86_400, 7, 1],
  ])('%s', (schedule, period, periods, ofThem) => {
    templateOf({ schedule }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: metricNamespace,
      MetricName: metrics.keyMissing,
      Dimensions: [{ Name: 'service', Value: 'braze-cdi-sync-history' }],
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      Period: period,
      EvaluationPeriods: periods,
      ...(ofThem === periods ? {} : { DatapointsToAlarm: ofThem }),
      TreatMissingData: 'notBreaching',
    });
  });
});

test('every alarm goes to the topic, its end as well, and says what it means and what to do first', () => {
  const alarms = alarmsOf();
  expect(alarms).toHaveLength(6);
  for (const { AlarmActions, OKActions, AlarmDescription, ActionsEnabled } of alarms) {
    expect(OKActions).toEqual(AlarmActions);
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
    expect(ActionsEnabled).not.toBe(false);
    expect(AlarmDescription).toMatch(/^[A-Z][^.]+\. First .+\. More in docs\/runbook\.md#[\w-]+\.$/);
    expect(AlarmDescription.length).toBeLessThan(1024);
  }
});

test('the alarms of this account may publish to the topic, although it has a policy', () => {
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    Topics: [{ Ref: Match.stringLikeRegexp('^AlarmsTopic') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Sid: 'AlarmsMayPublish',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Resource: { Ref: Match.stringLikeRegexp('^AlarmsTopic') },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]),
    },
  });
});

test('without an address nobody is subscribed, and the topics for alarms and alerts are there', () => {
  template.resourceCountIs('AWS::SNS::Subscription', 1);
  const silent = templateOf();
  silent.resourceCountIs('AWS::SNS::Subscription', 0);
  silent.resourceCountIs('AWS::SNS::Topic', 2);
});

describe('CloudWatch takes the alarms of', () => {
  test.each([
    // Runs beside a long backfill say nothing for as long as it takes.
    ['rate(1 minute)', 900, 3],
    ['rate(15 minutes)', 900, 3],
    ['rate(20 minutes)', 1200, 3],
    ['rate(59 minutes)', 3540, 3],
    ['rate(6 hours)', 21_600, 3],
    ['rate(1 day)', 86_400, 3],
    ['rate(25 hours)', 86_400, 4],
    ['rate(2 days)', 86_400, 6],
    ['rate(56 hours)', 86_400, 7],
    ['cron(0 8-17 * * ? *)', 54_000, 3],
    // Three turns are more than a week: as many as fit.
    ['rate(57 hours)', 86_400, 5],
    ['rate(3 days)', 86_400, 6],
    ['rate(7 days)', 86_400, 7],
    ['cron(0 8-18 ? * MON-FRI *)', 86_400, 6],
    ['cron(0 6,7 * * ? *)', 82_800, 3],
  ])('%s', (schedule, period, periods) => {
    const of = templateOf({ schedule });
    const [silence] = alarmsOf(of).filter(({ MetricName }) => MetricName === metrics.runEndedWell);
    expect([silence.Period, silence.EvaluationPeriods]).toEqual([period, periods]);
    for (const { Period, EvaluationPeriods } of alarmsOf(of)) {
      expect(Period % 60).toBe(0);
      expect(Period).toBeLessThanOrEqual(86_400);
      expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 604_800);
    }
  });

  test.each(['rate(8 days)', 'cron(0 8 1 * ? *)', 'cron(0 6 1 1 ? 2099)'])(
    '%s, but none for silence, and that is said',
    (schedule) => {
      const { stack } = stackOf({ schedule });
      Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('more than a week apart'));
      const of = templateOf({ schedule });
      expect(JSON.stringify(alarmsOf(of))).not.toContain(metrics.runEndedWell);
      expect(alarmsOf(of)).toHaveLength(4);
    },
  );
});
