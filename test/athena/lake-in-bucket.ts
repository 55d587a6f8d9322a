/** Puts a lake into a bucket as the exporter would, and takes it out again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { filesBelow } from '../local/stores/scratch.ts';
import { writeLake } from '../sql/lake-of.ts';
import type { ModelLake } from '../sql/model/lake.ts';

export async function keysIn(client: S3Client, Bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return keys;
}

export async function emptyBucket(client: S3Client, Bucket: string): Promise<void> {
  await pMap(await keysIn(client, Bucket), (Key) => client.send(new DeleteObjectCommand({ Bucket, Key })), {
    concurrency: 8,
  });
}

/** Replaces what is in the bucket. */
export async function putLake(client: S3Client, Bucket: string, lake: ModelLake): Promise<void> {
  await emptyBucket(client, Bucket);
  const directory = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
  try {
    writeLake(directory, lake);
    const folder = join(directory, 'lake');
    await pMap(
      filesBelow(folder),
      (Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: readFileSync(join(folder, Key)) })),
      { concurrency: 8 },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
