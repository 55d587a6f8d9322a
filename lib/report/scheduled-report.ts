/** What writes the report of each workspace into the bucket, on a schedule of its own. */
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  CfnEventInvokeConfig,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type ReportEvent, reportVariables } from '../../lambda/report-environment.ts';
import { MessageInQueueAlarm } from '../alarms/message-in-queue-alarm.ts';
import type { Settings, Workspace } from '../configuration/schema.ts';
import { FailureQueue } from '../failure-queue.ts';
import { Network } from '../network.ts';
import { deliveryOf } from '../schedule/delivery.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { SchedulerRole } from '../scheduler-role.ts';
import { reportCode, reportHandler } from './report-code.ts';
import { ReportRole } from './report-role.ts';

export interface ScheduledReportProps
  extends Pick<Settings, 'logRetentionDays' | 'architecture' | 'vpc' | 'rolePath'> {
  readonly schedule: Schedule;
  readonly bucket: IBucket;
  /** Of which a report is written. */
  readonly workspaces: readonly Pick<Workspace, 'name' | 'dashboard'>[];
  /** Where reports are announced. @default - nowhere */
  readonly announceTo?: ITopic | undefined;
  /** Who is told when one could not be written. */
  readonly alarms: ITopic;
  /** @default - none */
  readonly encryptionKey?: IKey | undefined;
}

export class ScheduledReport extends Construct {
  readonly function: IFunction;
  readonly scheduleName: string;

  constructor(scope: Construct, id: string, props: ScheduledReportProps) {
    super(scope, id);
    const { schedule, bucket, announceTo, vpc, encryptionKey, rolePath: path } = props;
    const failures = new FailureQueue(this, 'Failures', { encryptionKey });
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      ...(encryptionKey && { encryptionKey }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const isInVpc = vpc !== undefined;
    const role = new ReportRole(this, 'Role', {
      ...{ bucket, announceTo, failures, logGroup, encryptionKey, isInVpc, path },
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: 'Writes a report of each Braze workspace into the bucket of the lake.',
      code: reportCode(this, props.architecture),
      handler: reportHandler,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      // A question to the lake may take half of it.
      memorySize: 2048,
      // For the objects of one workspace, and for what does not fit into memory.
      ephemeralStorageSize: Size.gibibytes(2),
      timeout: Duration.minutes(15),
      role,
      logGroup,
      environment: {
        [reportVariables.bucket]: bucket.bucketName,
        ...(announceTo && { [reportVariables.topic]: announceTo.topicArn }),
      },
    });
    if (vpc) new Network(this, 'Network', { vpc, function: this.function, role });
    const { window, eventAge } = deliveryOf(schedule);
    const delivery = new CfnEventInvokeConfig(this, 'Delivery', {
      functionName: this.function.functionName,
      qualifier: '$LATEST',
      // What has failed for one workspace would be written, and announced, again for all others.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: eventAge,
      destinationConfig: { onFailure: { destination: failures.queueArn } },
    });
    const scheduler = new SchedulerRole(this, 'SchedulerRole', {
      ...{ function: this.function, failures, encryptionKey, path },
    });
    const rule = new CfnSchedule(this, 'Schedule', {
      description: 'Writes a report of each Braze workspace.',
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: window ? { mode: 'FLEXIBLE', maximumWindowInMinutes: window } : { mode: 'OFF' },
      target: {
        arn: this.function.functionArn,
        roleArn: scheduler.roleArn,
        input: JSON.stringify(eventOf(props.workspaces)),
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: eventAge },
        deadLetterConfig: { arn: failures.queueArn },
      },
    });
    rule.addResourceDependency(delivery);
    this.scheduleName = rule.ref;

    const alarm = new MessageInQueueAlarm(this, 'ReportFailed', {
      queue: failures,
      schedule,
      means: 'A report could not be written, and its event lies in the queue for failed reports.',
      first:
        "First read the error in the message there, or in the log of the function that writes reports: it names the workspace. The exporter's work does not depend on it.",
    });
    const tell = new SnsAction(props.alarms);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}

const eventOf = (workspaces: readonly Pick<Workspace, 'name' | 'dashboard'>[]): ReportEvent => ({
  workspaces: workspaces.map(({ name, dashboard }) => ({ name, ...(dashboard ? { dashboard } : {}) })),
});
