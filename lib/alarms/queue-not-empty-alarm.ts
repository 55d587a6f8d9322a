import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FailureQueue } from '../failure-queue.ts';
import { type AlarmText, alarmDescription } from './description.ts';

export interface QueueNotEmptyAlarmProps extends AlarmText {
  readonly queue: FailureQueue;
}

/** Something has failed, and stays in the queue until somebody takes it out. */
export class QueueNotEmptyAlarm extends Alarm {
  constructor(scope: Construct, id: string, { queue, ...text }: QueueNotEmptyAlarmProps) {
    super(scope, id, {
      alarmDescription: alarmDescription(id, text),
      metric: queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // SQS stops counting a queue that nobody has touched for hours.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }
}
