import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import { orAbsent } from '../asked.ts';
import type { BucketSeen, TableSeen } from '../storage-checks.ts';

/** Undefined: it is gone. */
export const lookAtBucket = (client: S3Client, Bucket: string): Promise<BucketSeen | undefined> =>
  orAbsent(/^(NoSuchBucket|NotFound)$/, async () => {
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
    return { keepsVersions: Status === 'Enabled' };
  });

/** Undefined: it is gone. */
export const lookAtTable = (client: DynamoDBClient, TableName: string): Promise<TableSeen | undefined> =>
  orAbsent(/^ResourceNotFound/, async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const keys = Table?.KeySchema?.map(({ AttributeName }) => AttributeName ?? '') ?? [];
    return { status: Table?.TableStatus ?? '', keys };
  });
