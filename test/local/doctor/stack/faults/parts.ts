/** The bucket, the queues and the alarms. */
import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  PurgeQueueCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { sentinels } from '../../../../lambda/doctor/examining.ts';
import type { DeployedStack } from '../deployed-stack.ts';
import type { StackFault } from './fault.ts';

const storageFaults: readonly StackFault[] = [
  {
    title: 'the bucket keeps no versions',
    check: 'storage, versions',
    result: 'warning',
    mends: /: aws s3api put-bucket-versioning --bucket \S+ --versioning-configuration Status=Enabled$/,
    inject: async ({ clients: { s3 }, places: { bucket: Bucket } }) => {
      const put = (Status: 'Enabled' | 'Suspended') =>
        s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      await put('Suspended');
      return () => put('Enabled');
    },
  },
];

const messageIn =
  (queue: 'runs' | 'schedules'): StackFault['inject'] =>
  async ({ clients: { sqs }, places: { queues } }) => {
    const QueueUrl = queues[queue];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: sentinels.name }));
    return () => sqs.send(new PurgeQueueCommand({ QueueUrl }));
  };

const queueFaults: readonly StackFault[] = [
  {
    title: 'a failed run lies in its queue',
    check: 'queues, failed runs',
    result: 'warning',
    mends: /runbook\.md#alarm-runfailed.+: aws sqs purge-queue --queue-url \S+$/,
    inject: messageIn('runs'),
  },
  {
    title: 'a run that was not started lies in its queue',
    check: 'queues, failed schedules',
    result: 'warning',
    mends: /ERROR_MESSAGE.+runbook\.md#alarm-runnotstarted/,
    inject: messageIn('schedules'),
  },
  {
    title: 'a queue is gone',
    check: 'queues, failed runs',
    mends: / \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: async ({ clients: { sqs }, places: { queues } }) => {
      const QueueUrl = queues.runs ?? '';
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      return () => sqs.send(new CreateQueueCommand({ QueueName: QueueUrl.split('/').at(-1) }));
    },
  },
];

const alarm = ({ alarms }: DeployedStack['places'], name: string) =>
  alarms.filter((each) => each.includes(`Alarms${name}`));

const alarmFaults: readonly StackFault[] = [
  {
    title: 'an alarm rings',
    check: 'alarms, quiet',
    mends: /docs\/runbook\.md#alarm-norunendedwell\.$/,
    inject: async ({ clients: { cloudWatch }, places }) => {
      const [AlarmName] = alarm(places, 'NoRunEndedWellInDefault');
      const set = (StateValue: 'ALARM' | 'OK') =>
        cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }));
      await set('ALARM');
      return () => set('OK');
    },
  },
  {
    title: 'an alarm tells nobody',
    check: 'alarms, told',
    result: 'warning',
    mends: /: aws cloudwatch enable-alarm-actions --alarm-names \S+RunsFailing\S+$/,
    inject: async ({ clients: { cloudWatch }, places }) => {
      const AlarmNames = alarm(places, 'RunsFailing');
      await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames }));
      return () => cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames }));
    },
  },
  {
    title: 'an alarm is gone',
    check: 'alarms, found',
    mends: / \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: async ({ clients: { cloudWatch }, places }) => {
      const AlarmNames = alarm(places, 'KeyMissing');
      const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames }));
      return () => cloudWatch.send(new PutMetricAlarmCommand(MetricAlarms[0] as PutMetricAlarmCommandInput));
    },
  },
];

export const partFaults: readonly StackFault[] = [...storageFaults, ...queueFaults, ...alarmFaults];
