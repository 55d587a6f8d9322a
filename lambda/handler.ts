/** The function: one invocation is one run for one workspace. */
import { openSinks } from './alerts/open-sinks.ts';
import { dynamoDbClient, s3Client, secretsClient } from './aws/clients.ts';
import { DynamoDbCheckpointStore } from './checkpoint/dynamodb-checkpoint-store.ts';
import { readEnvironment } from './environment.ts';
import { makeHandler } from './invocation.ts';
import { S3ObjectStore } from './objects/s3-object-store.ts';
import { ApiKeySource } from './secrets/api-key-source.ts';
import { startSystemClock } from './time/system-clock.ts';

const { bucket, table, workspaces, alerts, firstDay } = readEnvironment(process.env);

const s3 = s3Client();
const dynamoDb = dynamoDbClient();

export const handler = makeHandler(workspaces, {
  openStores: (stop) => ({
    objects: new S3ObjectStore(s3, bucket, stop),
    checkpoints: new DynamoDbCheckpointStore(dynamoDb, table, stop),
  }),
  keys: new ApiKeySource(secretsClient()),
  startClock: startSystemClock,
  alerts,
  firstDay,
  openSinks: (tell) => openSinks(alerts.topic, tell),
});
