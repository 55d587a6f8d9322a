/** The function: one invocation is one run for one workspace. */
import { Logger } from '@aws-lambda-powertools/logger';
import { openSinks } from './alerts/open-sinks.ts';
import { dynamoDbClient, s3Client, secretsClient } from './aws/clients.ts';
import { failedCalls } from './aws/failed-calls.ts';
import { DynamoDbCheckpointStore } from './checkpoint/dynamodb-checkpoint-store.ts';
import { readEnvironment } from './environment.ts';
import { makeHandler } from './invocation.ts';
import { goThrough, proxiesOf } from './network/proxies.ts';
import { S3ObjectStore } from './objects/s3-object-store.ts';
import { ApiKeySource } from './secrets/api-key-source.ts';
import { settingsFrom } from './secrets/settings-source.ts';
import { serviceName } from './telemetry/metrics.ts';
import { startSystemClock } from './time/system-clock.ts';

const { bucket, table, workspaces, alerts, firstDay } = readEnvironment(process.env);

// None is set by the stack: whoever runs the function in a network of their own may set them on it.
const proxies = proxiesOf(process.env);
goThrough(proxies);

const logger = failedCalls(new Logger({ serviceName }));
const s3 = s3Client({ logger });
const dynamoDb = dynamoDbClient({ logger });

const secrets = secretsClient({ logger });

const readWorkspaces =
  'inSecret' in workspaces
    ? settingsFrom(secrets, workspaces.inSecret)
    : () => Promise.resolve(workspaces.settings);

export const handler = makeHandler(readWorkspaces, {
  openStores: (stop) => ({
    objects: new S3ObjectStore(s3, bucket, stop),
    checkpoints: new DynamoDbCheckpointStore(dynamoDb, table, stop),
  }),
  keys: new ApiKeySource(secrets),
  isProxied: proxies !== undefined,
  startClock: startSystemClock,
  alerts,
  firstDay,
  openSinks: (tell) => openSinks(alerts.topic, tell),
});
