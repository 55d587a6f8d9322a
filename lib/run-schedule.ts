/** When a workspace is exported. */
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { FailureQueue } from './failure-queue.ts';
import type { Delivery } from './schedule/delivery.ts';
import type { SchedulerRole } from './scheduler-role.ts';
import { workspaceId } from './workspace-id.ts';

export interface RunScheduleProps {
  /** Name of the workspace. */
  readonly workspace: string;
  /** When it fires, in UTC. */
  readonly expression: string;
  readonly delivery: Delivery;
  readonly function: IFunction;
  readonly role: SchedulerRole;
  /** Where events go that could not be handed to the function. */
  readonly failures: FailureQueue;
}

export class RunSchedule extends CfnSchedule {
  constructor(scope: Construct, props: RunScheduleProps) {
    const { workspace, expression, delivery, role, failures } = props;
    super(scope, `ScheduleOf${workspaceId(workspace)}`, {
      description: `Exports the sync history of the Braze workspace ${workspace}.`,
      scheduleExpression: expression,
      scheduleExpressionTimezone: 'UTC',
      // Spread, so that many workspaces do not all start in one second.
      flexibleTimeWindow: delivery.window
        ? { mode: 'FLEXIBLE', maximumWindowInMinutes: delivery.window }
        : { mode: 'OFF' },
      target: {
        arn: props.function.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ workspace }),
        // What Lambda does not take on the third try it will hardly take before the next run is due.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: delivery.eventAge },
        deadLetterConfig: { arn: failures.queueArn },
      },
    });
  }
}
