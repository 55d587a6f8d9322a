import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricNamespace, metrics, serviceDimension, serviceName } from '../../lambda/telemetry/metrics.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { alarmDescription } from './description.ts';
import { aDayOfTurns } from './watch.ts';

export interface KeyMissingAlarmProps {
  readonly schedule: Schedule;
}

/** A workspace whose key has not been set for a day: until then somebody may be about to. */
export class KeyMissingAlarm extends Alarm {
  constructor(scope: Construct, id: string, { schedule }: KeyMissingAlarmProps) {
    const { period, periods, ofThem } = aDayOfTurns(schedule);
    super(scope, id, {
      alarmDescription: alarmDescription(id, {
        means: 'A workspace has had no Braze key for a day, and nothing of it is exported.',
        first:
          "First look for “no key” in the function's log: it names the workspace, its secret, and the command that sets it.",
      }),
      metric: new Metric({
        namespace: metricNamespace,
        metricName: metrics.keyMissing,
        dimensionsMap: { [serviceDimension]: serviceName },
        statistic: Stats.MAXIMUM,
        period: Duration.seconds(period),
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: periods,
      datapointsToAlarm: ofThem,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
