/** As much of Secrets Manager as reading a secret takes, on loopback, for the real client. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';

export interface SecretsManager {
  readonly client: SecretsManagerClient;
  /** By name; undefined: the secret has no value yet. An error is answered as AWS does. */
  readonly values: Map<string, string | undefined | { readonly error: string }>;
  /** Names of the secrets that were asked for. */
  readonly asked: string[];
}

export async function startSecretsManager(
  values: Record<string, string | undefined | { readonly error: string }>,
): Promise<SecretsManager> {
  const known = new Map(Object.entries(values));
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string };
    asked.push(SecretId);
    const value = known.get(SecretId);
    const error = typeof value === 'object' ? value.error : 'ResourceNotFoundException';
    const [status, body] =
      typeof value === 'string'
        ? [200, { Name: SecretId, SecretString: value }]
        : [400, { __type: error, message: `Not for ${SecretId}.` }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { client, values: known, asked };
}
