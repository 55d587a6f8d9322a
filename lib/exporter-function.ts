/** The function that exports: one invocation is one run for one workspace. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, CfnEventInvokeConfig, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings, Vpc } from './configuration/schema.ts';
import { ExporterRole } from './exporter-role.ts';
import type { FailureQueue } from './failure-queue.ts';
import { functionOfCode } from './function-code.ts';
import { Network } from './network.ts';

/** The longest that Lambda allows: a backfill waits for the rate limit most of the time. */
export const timeout = Duration.minutes(15);

export interface ExporterFunctionProps {
  readonly bucket: IBucket;
  readonly table: ITableV2;
  /** ARNs of the secrets that it reads: a list, and lists for policies of their own where they are many. */
  readonly secrets: { readonly inline: readonly string[]; readonly apart: readonly (readonly string[])[] };
  /** Where incidents are told. */
  readonly alerts: ITopic;
  /** Where runs go that failed, or that could not begin in time. */
  readonly failures: FailureQueue;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds until an event that waits for a free instance is given up. */
  readonly eventAge: number;
  /** How long its log is kept. */
  readonly logRetentionDays: number;
  readonly architecture: Settings['architecture'];
  /** @default - outside of any VPC */
  readonly vpc?: Vpc | undefined;
  /** Key of the log and of what the function reads and writes. */
  readonly encryptionKey?: IKey | undefined;
  /** @default '/' */
  readonly rolePath?: string | undefined;
}

export class ExporterFunction extends Construct {
  readonly function: IFunction;
  readonly logGroup: ILogGroup;
  /** What must be in force before anything starts a run: until then a failed one would be tried twice again. */
  readonly delivery: CfnEventInvokeConfig;

  constructor(scope: Construct, id: string, props: ExporterFunctionProps) {
    super(scope, id);
    const { bucket, table, secrets, alerts, failures, environment, eventAge, vpc, encryptionKey } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      ...(encryptionKey && { encryptionKey }),
      // It tells of runs, not of syncs: without the function nobody would miss it, and its name is new every time.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroup = logGroup;
    const role = new ExporterRole(this, 'Role', {
      secretArns: secrets.inline,
      keyPolicies: secrets.apart.map(
        (resources, at) =>
          new ManagedPolicy(this, `Keys${at + 1}`, {
            description: 'Braze CDI sync history: the function may read these keys.',
            ...(props.rolePath === undefined ? {} : { path: props.rolePath }),
            statements: [
              new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [...resources] }),
            ],
          }),
      ),
      ...{ bucket, table, alerts, failures, logGroup, encryptionKey },
      isInVpc: vpc !== undefined,
      path: props.rolePath,
    });
    this.function = functionOfCode(this, 'Function', {
      description: 'Exports the sync history of one Braze workspace, named by its event, to the lake.',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: 512,
      timeout,
      role,
      logGroup,
      environment: { ...environment },
    });
    if (vpc) new Network(this, 'Network', { vpc, function: this.function, role });
    // By hand, since the CDK's own would let the function read the queue's attributes as well.
    this.delivery = new CfnEventInvokeConfig(this, 'Delivery', {
      functionName: this.function.functionName,
      qualifier: '$LATEST',
      // The next run is the retry.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: eventAge,
      destinationConfig: { onFailure: { destination: failures.queueArn } },
    });
  }
}
