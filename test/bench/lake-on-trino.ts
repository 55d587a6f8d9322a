/** A lake in the local AWS, the deployed tables over it, and what a question costs on Trino: requests and bytes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { type LocalAthena, startAthena } from '../../local/aws/athena.ts';
import { s3At } from '../../local/aws/places.ts';
import { filesBelow } from '../local/stores/scratch.ts';
import { workspace } from './layouts.ts';

export interface Cost {
  readonly lists: number;
  readonly gets: number;
  readonly megabytes: number;
  readonly seconds: number;
}

export interface LakeOnTrino {
  /** In which `lake/` is. */
  readonly folder: string;
  readonly firstDay: string;
  readonly heapMegabytes?: number;
}

/** It stops when what is asked of it has been answered. */
export async function withLakeOnTrino<T>(
  { folder, firstDay, heapMegabytes }: LakeOnTrino,
  asks: (athena: LocalAthena) => Promise<T>,
): Promise<T> {
  const athena = await startAthena({
    stateDirectory: join(folder, 'athena'),
    configuration: {
      workspaces: [{ name: workspace, endpoint: 'https://rest.fra-01.braze.eu', paused: true }],
      firstDay,
    },
    ...(heapMegabytes !== undefined && { heapMegabytes }),
    say: console.error,
  });
  try {
    await putAll(athena, join(folder, 'lake'));
    return await asks(athena);
  } finally {
    await athena.stop();
  }
}

async function putAll({ localAws, bucket: Bucket }: LocalAthena, lake: string): Promise<void> {
  const client = s3At(localAws.endpoint);
  await pMap(
    filesBelow(lake),
    async (Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: await readFile(join(lake, Key)) })),
    { concurrency: 8 },
  );
}

/** @throws {QueryFailure} */
export async function costOf({ trino, proxy, database }: LocalAthena, sql: string): Promise<Cost> {
  const before = proxy.requests.length;
  const { statistics } = await trino.query(sql, { schema: database });
  const asked = proxy.requests.slice(before).filter(({ method }) => method === 'GET');
  return {
    lists: asked.filter(({ path }) => /[?&]prefix=/.test(path)).length,
    gets: asked.filter(({ path }) => path.includes('.ndjson.gz') && !/[?&]prefix=/.test(path)).length,
    megabytes: statistics.physicalInputBytes / 1e6,
    seconds: statistics.elapsedMilliseconds / 1000,
  };
}
