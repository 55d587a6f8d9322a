/** What the function may do: exact actions on exact resources, by hand, since the grants of the CDK include deletion. */
import { Stack, Validations } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  type IManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { columns } from '../lambda/schema/tables.ts';
import { arnForNag } from './arn-for-nag.ts';
import { interfacesOfLambda, interfacesReason } from './network.ts';
import { useOfKey } from './use-of-key.ts';

export interface ExporterRoleProps {
  readonly bucket: IBucket;
  readonly table: ITableV2;
  /** ARNs of the secrets that it may read by this policy. */
  readonly secretArns: readonly string[];
  /** Policies for further ones, where they are many. */
  readonly keyPolicies: readonly IManagedPolicy[];
  /** Where incidents are told. */
  readonly alerts: ITopic;
  /** Where Lambda puts the runs that failed. */
  readonly failures: IQueue;
  readonly logGroup: ILogGroup;
  /** Key of all of these. */
  readonly encryptionKey?: IKey | undefined;
  /** Whether the function runs in a VPC. */
  readonly isInVpc: boolean;
  /** @default '/' */
  readonly path?: string | undefined;
}

/** The prefixes of the lake are named after its tables. */
const prefixes = Object.keys(columns);

export class ExporterRole extends Role {
  constructor(scope: Construct, id: string, props: ExporterRoleProps) {
    const { bucket, table, secretArns, alerts, failures, logGroup, encryptionKey, isInVpc, path } = props;
    const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
    super(scope, id, {
      ...(path === undefined ? {} : { path }),
      managedPolicies: [...props.keyPolicies],
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Export: new PolicyDocument({
          statements: [
            allow(
              ['s3:GetObject', 's3:PutObject'],
              prefixes.map((prefix) => bucket.arnForObjects(`${prefix}/*`)),
            ),
            // Without it S3 answers 403 for an object that is not there yet. A condition on the prefix would not
            // hold for that question, which has none.
            allow(['s3:ListBucket'], [bucket.bucketArn]),
            allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [table.tableArn]),
            ...(secretArns.length > 0 ? [allow(['secretsmanager:GetSecretValue'], [...secretArns])] : []),
            // It covers PublishBatch as well, which has no action of its own.
            allow(['sns:Publish'], [alerts.topicArn]),
            allow(['events:PutEvents'], [defaultBusArn(scope)]),
            allow(['sqs:SendMessage'], [failures.queueArn]),
            // The ARN of a log group ends in `:*`, which stands for its streams.
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
            ...useOfKey(encryptionKey),
            ...(isInVpc ? [interfacesOfLambda()] : []),
          ],
        }),
      },
    });
    Validations.of(this).acknowledge(
      ...(isInVpc ? [interfacesReason] : []),
      ...prefixes.map((prefix) => ({
        id: `AwsSolutions-IAM5[Resource::${arnForNag(scope, bucket)}/${prefix}/*]`,
        reason:
          'The keys of the objects come from the history: a workspace and a day each. A table has a prefix.',
      })),
    );
  }
}

const defaultBusArn = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
