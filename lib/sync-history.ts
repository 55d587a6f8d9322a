/** The exporter with all that it needs, as a construct for a stack of your own: it only wires. */
import { Tags } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IManagedPolicy, ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.ts';
import { AlertTopic } from './alert-topic.ts';
import { apiKeyOf } from './api-key.ts';
import { Athena } from './athena/athena.ts';
import { CheckpointTable } from './checkpoint-table.ts';
import type { SyncHistoryConfiguration } from './configuration/configuration.ts';
import { settingsFromProps } from './configuration/props.ts';
import { fitIntoEnvironment } from './configuration/settings-size.ts';
import { warnOfForeignHosts } from './configuration/warn-of-foreign-hosts.ts';
import { ExporterDashboard } from './dashboard.ts';
import { ExporterFunction } from './exporter-function.ts';
import { FailureQueue } from './failure-queue.ts';
import { functionEnvironment, workspaceSettings } from './function-environment.ts';
import { keyPolicies } from './key-policies.ts';
import { LakeBucket } from './lake-bucket.ts';
import { prefixLogicalIds } from './logical-id.ts';
import { NextSteps } from './next-steps.ts';
import { ScheduledReport } from './report/scheduled-report.ts';
import { RunSchedule } from './run-schedule.ts';
import { deliveryOf } from './schedule/delivery.ts';
import { SchedulerRole } from './scheduler-role.ts';
import { SettingsSecret } from './settings-secret.ts';

export interface SyncHistoryProps extends SyncHistoryConfiguration {}

export class SyncHistory extends Construct {
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
  constructor(scope: Construct, id: string, props: SyncHistoryProps) {
    super(scope, id);
    const settings = settingsFromProps(props);
    prefixLogicalIds(this);
    const { workspaces, schedule, database, alarmEmail, alerts, firstDay, existingBucket, existingTable } =
      settings;
    const { alarmTopicArn, vpc, encryptionKeyArn, rolePath, logRetentionDays, architecture, catalog } =
      settings;
    for (const [key, value] of Object.entries(settings.tags ?? {})) Tags.of(this).add(key, value);
    if (settings.permissionsBoundary !== undefined) {
      PermissionsBoundary.of(this).apply(boundaryOf(this, settings.permissionsBoundary));
    }
    const encryptionKey =
      encryptionKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'EncryptionKey', encryptionKeyArn);
    warnOfForeignHosts(this, workspaces);
    this.databaseName = database;
    this.workspaceNames = workspaces.map(({ name }) => name);

    this.bucket = new LakeBucket(this, 'Lake', { existingBucket, encryptionKey }).bucket;
    this.table = new CheckpointTable(this, 'Checkpoints', { existingTable, encryptionKey }).table;
    const apiKeys = new Map(
      workspaces.map((workspace) => [workspace.name, apiKeyOf(this, workspace, encryptionKeyArn)]),
    );
    const keyOf = (workspace: string) => {
      const key = apiKeys.get(workspace);
      if (!key) throw new TypeError(`There is no key of ${workspace}.`);
      return key;
    };

    const json = workspaceSettings(workspaces, ({ name }) => keyOf(name).secretId);
    const settingsSecret = fitIntoEnvironment(workspaces)
      ? undefined
      : new SettingsSecret(this, 'WorkspaceSettings', { json, encryptionKeyArn });
    const apart = keyPolicies(workspaces);

    const delivery = deliveryOf(schedule);
    this.alertTopic = new AlertTopic(this, 'SyncAlerts', { email: alerts.email, encryptionKey });
    const runFailures = new FailureQueue(this, 'RunFailures', { encryptionKey });
    const exporter = new ExporterFunction(this, 'Exporter', {
      bucket: this.bucket,
      table: this.table,
      secrets: {
        inline: [
          ...(settingsSecret ? [settingsSecret.ref] : []),
          ...(apart.length === 0 ? this.workspaceNames.map((name) => keyOf(name).arn) : []),
        ],
        apart: apart.map((names) => names.map((name) => keyOf(name).arn)),
      },
      alerts: this.alertTopic,
      failures: runFailures,
      environment: functionEnvironment({
        bucket: this.bucket.bucketName,
        table: this.table.tableName,
        topic: this.alertTopic.topicArn,
        workspaces: settingsSecret ? { inSecret: settingsSecret.ref } : { json },
        alerts,
        firstDay,
      }),
      eventAge: delivery.eventAge,
      ...{ logRetentionDays, architecture, vpc, encryptionKey, rolePath },
    });
    this.function = exporter.function;

    const scheduleFailures = new FailureQueue(this, 'ScheduleFailures', { encryptionKey });
    const role = new SchedulerRole(this, 'SchedulerRole', {
      function: this.function,
      failures: scheduleFailures,
      encryptionKey,
      path: rolePath,
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
      }).addResourceDependency(exporter.delivery);
    }

    const athena = catalog
      ? new Athena(this, 'Athena', {
          bucket: this.bucket,
          databaseName: this.databaseName,
          workspaceNames: this.workspaceNames,
          firstDay,
          encryptionKey,
        })
      : undefined;

    // The table can't be taken back by a first deployment that fails: it is made once what fails most often stands.
    if (athena) this.table.node.addDependency(athena.database);

    new ExporterDashboard(this, 'Dashboard', { logGroup: exporter.logGroup, schedule });
    const alarms = new Alarms(this, 'Alarms', {
      function: this.function,
      runFailures,
      scheduleFailures,
      schedule,
      workspaces: scheduled,
      email: alarmEmail,
      topicArn: alarmTopicArn,
      encryptionKey,
    });
    const reported = workspaces.filter(({ paused }) => !paused);
    const report =
      settings.report &&
      reported.length > 0 &&
      new ScheduledReport(this, 'Report', {
        schedule: settings.report.schedule,
        bucket: this.bucket,
        workspaces: reported,
        announceTo: settings.report.announce ? this.alertTopic : undefined,
        alarms: alarms.topic,
        ...{ logRetentionDays, architecture, vpc, encryptionKey, rolePath },
      });
    new NextSteps(this, 'NextSteps', {
      bucketName: this.bucket.bucketName,
      tableName: this.table.tableName,
      catalog: athena && { databaseName: this.databaseName, workgroupName: athena.workgroupName },
      functionName: this.function.functionName,
      logGroupName: exporter.logGroup.logGroupName,
      alertTopicArn: this.alertTopic.topicArn,
      report: report
        ? { functionName: report.function.functionName, scheduleName: report.scheduleName }
        : undefined,
      workspaces: this.workspaceNames,
      workspacesToFill: this.workspaceNames.filter((name) => keyOf(name).made),
    });
  }
}

const boundaryOf = (scope: Construct, nameOrArn: string): IManagedPolicy =>
  nameOrArn.startsWith('arn:')
    ? ManagedPolicy.fromManagedPolicyArn(scope, 'Boundary', nameOrArn)
    : ManagedPolicy.fromManagedPolicyName(scope, 'Boundary', nameOrArn);
