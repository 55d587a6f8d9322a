/** The function over a bucket, a table and a secret of the local AWS, each invocation a process of its own. */
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { inject, onTestFinished } from 'vitest';
import type { Receipt } from '../../../lambda/run/receipt.ts';
import { type InvocationOptions, placeFunction } from '../../../local/aws/place-function.ts';
import { s3At } from '../../../local/aws/places.ts';
import { type SimulatedBrazeServerOptions, startSimulatedBraze } from '../../../local/simulator/http.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';

const key = 'sentinel-5d1f0c9e-key';

export interface Invoked {
  readonly receipt: Receipt | undefined;
  readonly signal: NodeJS.Signals | null;
  /** All that it wrote. */
  readonly output: string;
}

export async function deploy(options: SimulatedBrazeServerOptions) {
  const server = await startSimulatedBraze({
    keys: { [key]: allPermissions },
    ...options,
    quirks: { statusLimit: 1_000_000, listLimit: 1_000_000, ...options.quirks },
  });
  onTestFinished(() => server.close());
  const placed = await placeFunction(inject('localAws'), server.endpoint, key);

  const start = (how?: InvocationOptions) => {
    const child = placed.start(how);
    onTestFinished(() => void child.kill('SIGKILL'));
    const signalled = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_, signal) => resolve(signal));
    });
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
    invoke: (how?: InvocationOptions) => start(how).ended,
    lake: () => readLake(placed.bucket),
  };
}

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
