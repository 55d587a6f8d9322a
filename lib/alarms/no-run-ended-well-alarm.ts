import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricNamespace, metrics, workspaceDimension } from '../../lambda/telemetry/metrics.ts';
import { workspaceId } from '../workspace-id.ts';
import { alarmDescription } from './description.ts';
import type { Watch } from './watch.ts';

export interface NoRunEndedWellAlarmProps {
  /** Name of the workspace. */
  readonly workspace: string;
  readonly watch: Watch;
}

/** A workspace whose runs all fail or gain nothing, or that has none any more: a schedule that is gone is as silent as a healthy one. */
export class NoRunEndedWellAlarm extends Alarm {
  constructor(scope: Construct, { workspace, watch: { period, periods } }: NoRunEndedWellAlarmProps) {
    super(scope, `NoRunEndedWellIn${workspaceId(workspace)}`, {
      alarmDescription: alarmDescription('NoRunEndedWell', {
        means:
          `No run for the Braze workspace ${workspace} has ended well in the last periods of its schedule (three, where ` +
          'CloudWatch can look back so far), so the lake falls behind.',
        first:
          "First read the last error or receipt in the function's log (a run that was suspended before it could read a page has not ended well: " +
          'something else uses up the rate limit of Braze), then see whether the schedule is still there and enabled.',
      }),
      metric: new Metric({
        namespace: metricNamespace,
        metricName: metrics.runEndedWell,
        dimensionsMap: { [workspaceDimension]: workspace },
        statistic: Stats.MAXIMUM,
        period,
      }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
