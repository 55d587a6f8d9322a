import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FailureQueue } from '../failure-queue.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { type AlarmText, alarmDescription } from './description.ts';
import { oneTurn } from './watch.ts';

export interface MessageInQueueAlarmProps extends AlarmText {
  readonly queue: FailureQueue;
  readonly schedule: Schedule;
}

/**
 * Something has failed in this turn, and lies in the queue for a person to read. It watches what is sent there and
 * not what lies there: that would stay the same when more fails, and when all is well again.
 */
export class MessageInQueueAlarm extends Alarm {
  constructor(scope: Construct, id: string, { queue, schedule, ...text }: MessageInQueueAlarmProps) {
    super(scope, id, {
      alarmDescription: alarmDescription(id, text),
      metric: queue.metricNumberOfMessagesSent({ period: oneTurn(schedule), statistic: Stats.SUM }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
