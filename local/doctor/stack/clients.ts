/** The AWS of this shell: region, credentials and AWS_ENDPOINT_URL are found as the AWS SDK finds them. */
import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { callOptions, dynamoDbClient, s3Client, secretsClient } from '../../../lambda/aws/clients.ts';

export interface StackClients {
  readonly athena: AthenaClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamoDb: DynamoDBClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly scheduler: SchedulerClient;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
}

/** The function asks Braze for a minute at the most, and may have to start first. */
const longestAnswer = 90_000;

/** Where AWS is, in place of what the environment says. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function stackClients(place?: Place): StackClients {
  const options = { ...callOptions, ...place };
  const { requestHandler } = callOptions;
  return {
    athena: new AthenaClient(options),
    cloudFormation: new CloudFormationClient(options),
    cloudWatch: new CloudWatchClient(options),
    dynamoDb: dynamoDbClient(place),
    iam: new IAMClient(options),
    // Braze is not asked twice because an answer was lost.
    lambda: new LambdaClient({
      ...place,
      maxAttempts: 1,
      requestHandler: { ...requestHandler, requestTimeout: longestAnswer, socketTimeout: longestAnswer },
    }),
    logs: new CloudWatchLogsClient(options),
    s3: s3Client(place && { ...place, forcePathStyle: true }),
    scheduler: new SchedulerClient(options),
    secrets: secretsClient(place),
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: false }),
  };
}
