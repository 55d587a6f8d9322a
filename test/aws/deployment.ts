/** The function over a bucket, a table and a secret of the local AWS, each invocation a process of its own. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { inject, onTestFinished } from 'vitest';
import { variables } from '../../lambda/environment.ts';
import type { Receipt } from '../../lambda/run/receipt.ts';
import { type SimulatedBrazeServerOptions, startSimulatedBraze } from '../../simulator/http.ts';
import { allPermissions } from '../../simulator/permissions.ts';
import { makeBucket, makeTable, placeAt, s3At } from './places.ts';

const key = 'sentinel-5d1f0c9e-key';

export interface Invoked {
  readonly receipt: Receipt | undefined;
  readonly signal: NodeJS.Signals | null;
  /** All that it wrote. */
  readonly output: string;
}

export interface InvokeOptions {
  /** Milliseconds that the invocation has left. @default 900_000 */
  readonly remaining?: number;
  /** Modules to load before the function. */
  readonly preload?: readonly string[];
}

export async function deploy(options: SimulatedBrazeServerOptions) {
  const server = await startSimulatedBraze({
    keys: { [key]: allPermissions },
    ...options,
    quirks: { statusLimit: 100_000, listLimit: 100_000, ...options.quirks },
  });
  onTestFinished(() => server.close());
  const [bucket, table, secret] = [await makeBucket(), await makeTable(), `key-${randomUUID()}`];
  const { endpoint, environment } = inject('localAws');
  await new SecretsManagerClient(placeAt(endpoint)).send(
    new CreateSecretCommand({ Name: secret, SecretString: key }),
  );
  const limits = { requestsPerMinute: 100_000, listRequestsPerMinute: 100_000 };
  const settings = { shop: { endpoint: server.endpoint, secret, ...limits } };

  const start = ({ remaining = 900_000, preload = [] }: InvokeOptions = {}) => {
    const imports = preload.flatMap((name) => ['--import', join(import.meta.dirname, name)]);
    const program = join(import.meta.dirname, 'invoke-handler.ts');
    const child = spawn(process.execPath, [...imports, program, '{"workspace":"shop"}', String(remaining)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...environment,
        [variables.bucket]: bucket,
        [variables.table]: table,
        [variables.workspaces]: JSON.stringify(settings),
      },
    });
    const signalled = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_, signal) => resolve(signal));
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = Promise.all([text(child.stdout), text(child.stderr), signalled]).then(
      ([stdout, stderr, signal]): Invoked => {
        if ((stdout + stderr).includes(key)) throw new Error('P12: the key is in the output.');
        return { receipt: receiptIn(stdout), signal, output: stdout + stderr };
      },
    );
    return { ended, kill: () => void child.kill('SIGKILL') };
  };
  return {
    server,
    start,
    invoke: (how?: InvokeOptions) => start(how).ended,
    lake: () => readLake(bucket),
  };
}

export type Deployment = Awaited<ReturnType<typeof deploy>>;

/** The unzipped text of every object of a bucket, by key, read without the code that wrote it. */
async function readLake(bucket: string): Promise<Map<string, string>> {
  const client = s3At(inject('localAws').endpoint);
  const lake = new Map<string, string>();
  // Pages of ten: a listing of more than a page is the usual case.
  for await (const { Contents = [] } of paginateListObjectsV2({ client, pageSize: 10 }, { Bucket: bucket })) {
    for (const { Key } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      lake.set(Key ?? '', gunzipSync((await Body?.transformToByteArray()) ?? '').toString());
    }
  }
  return lake;
}

/** The raw rows of the lake's syncs, sorted. */
export const rawIn = (lake: ReadonlyMap<string, string>): string[] =>
  [...lake]
    .filter(([key]) => key.startsWith('syncs/'))
    .flatMap(([, lines]) => lines.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line).raw)
    .sort();

function receiptIn(stdout: string): Receipt | undefined {
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) || '{}');
  return 'outcome' in last ? last : undefined;
}
