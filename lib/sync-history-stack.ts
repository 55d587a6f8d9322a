/** The stack: it only wires. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.ts';
import { AlertTopic } from './alert-topic.ts';
import { apiKeyOf } from './api-key.ts';
import { Athena } from './athena/athena.ts';
import { CheckpointTable } from './checkpoint-table.ts';
import type { SyncHistoryConfiguration } from './configuration/configuration.ts';
import { settingsFromProps } from './configuration/props.ts';
import { warnOfForeignHosts } from './configuration/warn-of-foreign-hosts.ts';
import { ExporterFunction } from './exporter-function.ts';
import { FailureQueue } from './failure-queue.ts';
import { functionEnvironment } from './function-environment.ts';
import { LakeBucket } from './lake-bucket.ts';
import { NextSteps } from './next-steps.ts';
import { RunSchedule } from './run-schedule.ts';
import { deliveryOf } from './schedule/delivery.ts';
import { SchedulerRole } from './scheduler-role.ts';

export interface SyncHistoryStackProps extends StackProps, SyncHistoryConfiguration {}

export class SyncHistoryStack extends Stack {
  /** The lake, at the root of the bucket. */
  readonly bucket: IBucket;
  /** The checkpoints. */
  readonly table: ITableV2;
  /** Where incidents of syncs are told. */
  readonly alertTopic: ITopic;
  /** The exporter: its event is `{"workspace": "NAME"}`. */
  readonly function: IFunction;
  /** Name of the Glue database for the lake's tables. */
  readonly databaseName: string;
  /** Names of all workspaces, paused ones too: their data stays in the tables. */
  readonly workspaceNames: readonly string[];

  /** @throws {ConfigurationFault} with every fault of the configuration. */
  constructor(scope: Construct, id: string, props: SyncHistoryStackProps) {
    super(scope, id, props);
    const settings = settingsFromProps(props);
    const { workspaces, schedule, database, alarmEmail, alerts, existingBucket, existingTable } = settings;
    warnOfForeignHosts(this, workspaces);
    this.databaseName = database;
    this.workspaceNames = workspaces.map(({ name }) => name);

    this.bucket = new LakeBucket(this, 'Lake', { existingBucket }).bucket;
    this.table = new CheckpointTable(this, 'Checkpoints', { existingTable }).table;
    const apiKeys = new Map(workspaces.map((workspace) => [workspace.name, apiKeyOf(this, workspace)]));
    const keyOf = (workspace: string) => {
      const key = apiKeys.get(workspace);
      if (!key) throw new TypeError(`There is no key of ${workspace}.`);
      return key;
    };

    const delivery = deliveryOf(schedule);
    this.alertTopic = new AlertTopic(this, 'SyncAlerts', { email: alerts.email });
    const runFailures = new FailureQueue(this, 'RunFailures');
    const exporter = new ExporterFunction(this, 'Exporter', {
      bucket: this.bucket,
      table: this.table,
      secretArns: [...apiKeys.values()].map(({ arn }) => arn),
      alerts: this.alertTopic,
      failures: runFailures,
      environment: functionEnvironment(settings, {
        bucket: this.bucket.bucketName,
        table: this.table.tableName,
        topic: this.alertTopic.topicArn,
        secretOf: ({ name }) => keyOf(name).secretId,
      }),
      eventAge: delivery.eventAge,
    });
    this.function = exporter.function;

    const scheduleFailures = new FailureQueue(this, 'ScheduleFailures');
    const role = new SchedulerRole(this, 'SchedulerRole', {
      function: this.function,
      failures: scheduleFailures,
    });
    const scheduled = workspaces.filter(({ paused }) => !paused).map(({ name }) => name);
    for (const workspace of scheduled) {
      new RunSchedule(this, {
        workspace,
        expression: schedule.expression,
        delivery,
        function: this.function,
        role,
        failures: scheduleFailures,
      });
    }

    const athena = new Athena(this, 'Athena', {
      bucket: this.bucket,
      databaseName: this.databaseName,
      workspaceNames: this.workspaceNames,
      firstDay: settings.firstDay,
    });

    new Alarms(this, 'Alarms', {
      function: this.function,
      runFailures,
      scheduleFailures,
      schedule,
      workspaces: scheduled,
      email: alarmEmail,
    });
    new NextSteps(this, 'NextSteps', {
      bucketName: this.bucket.bucketName,
      tableName: this.table.tableName,
      databaseName: this.databaseName,
      workgroupName: athena.workgroupName,
      functionName: this.function.functionName,
      alertTopicArn: this.alertTopic.topicArn,
      apiKeys,
    });
  }
}
