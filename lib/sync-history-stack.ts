/** A stack that holds nothing but the construct. */
import { PermissionsBoundary, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { SyncHistoryConfiguration } from './configuration/configuration.ts';
import { settingsFromProps } from './configuration/props.ts';
import { SyncHistory } from './sync-history.ts';

export interface SyncHistoryStackProps
  extends Omit<StackProps, 'permissionsBoundary' | 'tags'>,
    SyncHistoryConfiguration {}

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
    settingsFromProps(props);
    const { permissionsBoundary: boundary, tags, ...rest } = props;
    super(scope, id, { ...rest, ...(boundary && { permissionsBoundary: boundaryOf(boundary) }) });
    // On the stack itself, which has tags of its own.
    for (const [key, value] of Object.entries(tags ?? {})) Tags.of(this).add(key, value);
    // The CDK leaves this id out of logical ids: they are those of a time when there was no construct in between.
    const history = new SyncHistory(this, 'Default', rest);
    this.bucket = history.bucket;
    this.table = history.table;
    this.alertTopic = history.alertTopic;
    this.function = history.function;
    this.databaseName = history.databaseName;
    this.workspaceNames = history.workspaceNames;
  }
}

const boundaryOf = (nameOrArn: string): PermissionsBoundary =>
  nameOrArn.startsWith('arn:')
    ? PermissionsBoundary.fromArn(nameOrArn)
    : PermissionsBoundary.fromName(nameOrArn);
