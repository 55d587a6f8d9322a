/** What the function that writes reports may do: read the lake, and write below one prefix, where no table looks. */
import { Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { reportsPrefix } from '../../lambda/schema/keys.ts';
import { columns } from '../../lambda/schema/tables.ts';
import { arnForNag } from '../arn-for-nag.ts';
import { interfacesOfLambda, interfacesReason } from '../network.ts';
import { useOfKey } from '../use-of-key.ts';

export interface ReportRoleProps {
  readonly bucket: IBucket;
  /** Where reports are announced. @default - nowhere */
  readonly announceTo?: ITopic | undefined;
  /** Where Lambda puts the invocations that failed. */
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
const tables = Object.keys(columns);

export class ReportRole extends Role {
  constructor(scope: Construct, id: string, props: ReportRoleProps) {
    const { bucket, announceTo, failures, logGroup, encryptionKey, isInVpc, path } = props;
    const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
    super(scope, id, {
      ...(path === undefined ? {} : { path }),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Report: new PolicyDocument({
          statements: [
            allow(
              ['s3:GetObject'],
              tables.map((table) => bucket.arnForObjects(`${table}/*`)),
            ),
            new PolicyStatement({
              actions: ['s3:ListBucket'],
              resources: [bucket.bucketArn],
              conditions: { StringLike: { 's3:prefix': tables.map((table) => `${table}/*`) } },
            }),
            allow(['s3:PutObject'], [bucket.arnForObjects(`${reportsPrefix}/*`)]),
            ...(announceTo ? [allow(['sns:Publish'], [announceTo.topicArn])] : []),
            allow(['sqs:SendMessage'], [failures.queueArn]),
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
            ...useOfKey(encryptionKey),
            ...(isInVpc ? [interfacesOfLambda()] : []),
          ],
        }),
      },
    });
    Validations.of(this).acknowledge(
      ...(isInVpc ? [interfacesReason] : []),
      ...[...tables, reportsPrefix].map((prefix) => ({
        id: `AwsSolutions-IAM5[Resource::${arnForNag(scope, bucket)}/${prefix}/*]`,
        reason:
          'The keys of the objects come from the history: a workspace and a day each. A table has a prefix, and so have reports.',
      })),
    );
  }
}
