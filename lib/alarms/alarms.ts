/** What is watched, and where it is told. */
import { Annotations } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { revertDrift } from '../../lambda/aws/revert-drift.ts';
import type { FailureQueue } from '../failure-queue.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { KeyMissingAlarm } from './key-missing-alarm.ts';
import { MessageInQueueAlarm } from './message-in-queue-alarm.ts';
import { NoRunEndedWellAlarm } from './no-run-ended-well-alarm.ts';
import { RunsFailingAlarm } from './runs-failing-alarm.ts';
import { threeTurns } from './watch.ts';

export interface AlarmsProps {
  readonly function: IFunction;
  /** Runs that failed, or that could not begin in time. */
  readonly runFailures: FailureQueue;
  /** Events that could not be handed to the function. */
  readonly scheduleFailures: FailureQueue;
  readonly schedule: Schedule;
  /** Names of the workspaces that have a schedule. */
  readonly workspaces: readonly string[];
  /**
   * Address that is told.
   * @default - nobody is, the topic alone is there
   */
  readonly email?: string | undefined;
  /**
   * ARN of a topic to tell.
   * @default - one is made
   */
  readonly topicArn?: string | undefined;
  /** @default - none */
  readonly encryptionKey?: IKey | undefined;
}

export class Alarms extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const {
      function: exporter,
      runFailures,
      scheduleFailures,
      schedule,
      workspaces,
      email,
      topicArn,
      encryptionKey,
    } = props;
    this.topic =
      topicArn === undefined
        ? new AlarmTopic(this, 'Topic', { email, encryptionKey })
        : Topic.fromTopicArn(this, 'Existing', topicArn);
    const alarms = [
      new RunsFailingAlarm(this, 'RunsFailing', { function: exporter, schedule }),
      new MessageInQueueAlarm(this, 'RunFailed', {
        queue: runFailures,
        schedule,
        means:
          'A run that the schedule had started has failed or could not begin, and its event lies in the queue for failed runs.',
        first:
          "First read the error in the message there, or in the function's log: it says what to do, and the next run may have done it.",
      }),
      new MessageInQueueAlarm(this, 'RunNotStarted', {
        queue: scheduleFailures,
        schedule,
        means:
          'EventBridge Scheduler could not start a run, and its event lies in the queue for failed schedules.',
        first:
          "First read the message's attribute ERROR_MESSAGE. A function or a role that is gone or was changed comes back " +
          `by ${revertDrift}, and not by a deployment of the same.`,
      }),
      new KeyMissingAlarm(this, 'KeyMissing', { schedule }),
      ...this.#silence(schedule, workspaces),
    ];
    const tell = new SnsAction(this.topic);
    for (const alarm of alarms) {
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }
  }

  #silence(schedule: Schedule, workspaces: readonly string[]): NoRunEndedWellAlarm[] {
    const watch = threeTurns(schedule);
    if (watch) return workspaces.map((workspace) => new NoRunEndedWellAlarm(this, { workspace, watch }));
    Annotations.of(this).addWarningV2(
      'braze-cdi-sync-history:no-alarm-for-silence',
      `The runs of ${schedule.expression} are more than a week apart, further than a CloudWatch alarm can look back: ` +
        'nothing will tell when they no longer take place.',
    );
    return [];
  }
}
