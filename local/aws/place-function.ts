/** The function with a bucket, a table and a secret in the local AWS; each invocation is a process of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { variables } from '../../lambda/environment.ts';
import type { LocalAws } from './local-aws.ts';
import { makeBucket, makeSecret, makeTable, makeTopic } from './places.ts';

export interface InvocationOptions {
  /** Milliseconds that the invocation has left. @default 900_000 */
  readonly remaining?: number;
  /** For Node: memory, modules to load before the function. */
  readonly nodeOptions?: readonly string[];
  /** The module of the handler. @default the source */
  readonly bundle?: string;
  /** Where its AWS is reached, such as a proxy before it. @default the local AWS itself */
  readonly awsEndpoint?: string;
}

export type Invocation = ChildProcessByStdio<null, Readable, Readable>;

export interface PlacedFunction {
  readonly bucket: string;
  readonly table: string;
  start(options?: InvocationOptions): Invocation;
}

/** One workspace, with limits that nobody meets. @param apiKey goes into the secret. @param more a bucket to use, the workspace’s name. */
export async function placeFunction(
  { endpoint, environment }: Pick<LocalAws, 'endpoint' | 'environment'>,
  brazeEndpoint: string,
  apiKey: string,
  { bucket: existing, workspace = 'shop' }: { readonly bucket?: string; readonly workspace?: string } = {},
): Promise<PlacedFunction> {
  const bucket = existing ?? (await makeBucket(endpoint));
  const table = await makeTable(endpoint);
  const secret = await makeSecret(endpoint, apiKey);
  const topic = await makeTopic(endpoint);
  const limits = { requestsPerMinute: 1_000_000, listRequestsPerMinute: 1_000_000 };
  const program = join(import.meta.dirname, 'invoke-handler.ts');
  return {
    bucket,
    table,
    start: ({ remaining = 900_000, nodeOptions = [], bundle, awsEndpoint = endpoint } = {}) =>
      spawn(
        process.execPath,
        [
          ...nodeOptions,
          program,
          JSON.stringify({ workspace }),
          String(remaining),
          ...(bundle ? [bundle] : []),
        ],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            ...environment,
            AWS_ENDPOINT_URL: awsEndpoint,
            AWS_ENDPOINT_URL_S3: awsEndpoint,
            [variables.bucket]: bucket,
            [variables.table]: table,
            [variables.alerts]: JSON.stringify({ topic, refusedShare: 0.01, finishedSyncs: false }),
            [variables.firstDay]: '2022-01-01',
            [variables.workspaces]: JSON.stringify({
              [workspace]: { endpoint: brazeEndpoint, secret, ...limits },
            }),
          },
        },
      ),
  };
}
