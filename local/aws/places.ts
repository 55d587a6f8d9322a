/** Buckets and tables in the local AWS, and the clients that the function uses, pointed there. */
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { dynamoDbClient, s3Client } from '../../lambda/aws/clients.ts';

/** Where the local AWS is reached: itself, or a proxy before it. */
export const placeAt = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export const s3At = (endpoint: string): S3Client => s3Client({ ...placeAt(endpoint), forcePathStyle: true });
export const dynamoDbAt = (endpoint: string): DynamoDBClient => dynamoDbClient(placeAt(endpoint));

export async function makeBucket(endpoint: string): Promise<string> {
  const Bucket = `lake-${randomUUID()}`;
  await s3At(endpoint).send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

/** With the keys that the stack gives it. */
export async function makeTable(endpoint: string): Promise<string> {
  const TableName = `checkpoint-${randomUUID()}`;
  const keys = { workspace: 'HASH', item: 'RANGE' } as const;
  await dynamoDbAt(endpoint).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.keys(keys).map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
  return TableName;
}

export async function makeSecret(endpoint: string, SecretString: string): Promise<string> {
  const Name = `key-${randomUUID()}`;
  await new SecretsManagerClient(placeAt(endpoint)).send(new CreateSecretCommand({ Name, SecretString }));
  return Name;
}

/** @returns its ARN. */
export async function makeTopic(endpoint: string): Promise<string> {
  const Name = `alerts-${randomUUID()}`;
  const { TopicArn } = await new SNSClient(placeAt(endpoint)).send(new CreateTopicCommand({ Name }));
  if (TopicArn === undefined) throw new TypeError('A topic without an ARN.');
  return TopicArn;
}
