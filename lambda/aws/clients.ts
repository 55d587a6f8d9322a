/**
 * The AWS clients, with retries and timeouts set on purpose: a call that hangs must cost a run little of the time
 * that its last commit has. The SDK tries again after throttling, 5xx and broken connections, with jitter.
 */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { proxiesOf } from '../network/proxies.ts';

const tries = 3;
const connecting = 2_000;
/** Milliseconds until one try must have its answer, and in which a body must go on. */
const answering = { record: 3_000, object: 8_000 };

const options = (requestTimeout: number) => ({
  maxAttempts: tries,
  requestHandler: {
    ...agents(),
    connectionTimeout: connecting,
    requestTimeout,
    throwOnRequestTimeout: true,
    socketTimeout: requestTimeout,
  },
});

/** The SDK has agents of its own, which know of no proxy. */
function agents() {
  const proxyEnv = proxiesOf(process.env);
  return proxyEnv ? { httpsAgent: { proxyEnv }, httpAgent: { proxyEnv } } : {};
}

/** For calls that carry a little and are answered at once. */
export const callOptions = options(answering.record);

/** An emulator under an address of its own knows buckets by the path only. */
const isEmulated = process.env.AWS_ENDPOINT_URL !== undefined;

/** @param place where it is not the environment that says it. */
export const s3Client = (place: S3ClientConfig = {}): S3Client =>
  new S3Client({ ...options(answering.object), forcePathStyle: isEmulated, ...place });

/** @param place where it is not the environment that says it. */
export const dynamoDbClient = (place: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ ...options(answering.record), ...place });

/** @param place where it is not the environment that says it. */
export const secretsClient = (place: SecretsManagerClientConfig = {}): SecretsManagerClient =>
  new SecretsManagerClient({ ...options(answering.record), ...place });
