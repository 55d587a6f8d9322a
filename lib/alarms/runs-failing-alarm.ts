import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Schedule } from '../schedule/schedule.ts';
import { alarmDescription } from './description.ts';
import { oneTurn } from './watch.ts';

export interface RunsFailingAlarmProps {
  readonly function: IFunction;
  readonly schedule: Schedule;
}

/**
 * Runs fail again and again, in whatever workspace.
 *
 * One failed run is no news: the next one takes up what it left. Two within three periods are, and where runs are
 * a day or more apart, a single one is, since nothing would put it right before tomorrow.
 */
export class RunsFailingAlarm extends Alarm {
  constructor(scope: Construct, id: string, { function: exporter, schedule }: RunsFailingAlarmProps) {
    const period = oneTurn(schedule);
    const rare = period.toDays({ integral: false }) >= 1;
    super(scope, id, {
      alarmDescription: alarmDescription('RunsFailing', {
        means: 'Runs of the exporter fail again and again, so that some history is not exported.',
        first:
          "First look at the last error in the function's log: it says what could not be done and what to do about it.",
      }),
      metric: exporter.metricErrors({ period, statistic: Stats.SUM }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: rare ? 1 : 3,
      datapointsToAlarm: rare ? 1 : 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
