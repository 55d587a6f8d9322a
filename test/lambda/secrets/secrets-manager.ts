/** As much of Secrets Manager as reading a secret takes, on loopback, for the real client. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';

/** Answered as AWS does; the message is made up where there is none. */
export interface SecretError {
  readonly error: string;
  readonly message?: string;
}

export interface SecretsManager {
  readonly client: SecretsManagerClient;
  /** By name; undefined: the secret has no value yet. An error is answered as AWS does. */
  readonly values: Map<string, string | undefined | SecretError>;
  /** Names of the secrets that were asked for. */
  readonly asked: string[];
}

export async function startSecretsManager(
  values: Record<string, string | undefined | SecretError>,
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
        : [
            400,
            {
              __type: error,
              message: (typeof value === 'object' ? value.message : undefined) ?? `Not for ${SecretId}.`,
            },
          ];
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
