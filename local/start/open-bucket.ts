/** The lake in a bucket and the checkpoint in a table, as the stack has them, with the AWS credentials of this shell. */
import { dynamoDbClient, s3Client } from '../../lambda/aws/clients.ts';
import { DynamoDbCheckpointStore } from '../../lambda/checkpoint/dynamodb-checkpoint-store.ts';
import { S3ObjectStore } from '../../lambda/objects/s3-object-store.ts';
import type { Stores } from './stores.ts';

export function openBucket(bucket: string, table: string): Omit<Stores, 'owner'> {
  const s3 = s3Client({ followRegionRedirects: true });
  const dynamoDb = dynamoDbClient();
  return {
    objects: new S3ObjectStore(s3, bucket),
    checkpoints: new DynamoDbCheckpointStore(dynamoDb, table),
    close: () => {
      s3.destroy();
      dynamoDb.destroy();
    },
  };
}
