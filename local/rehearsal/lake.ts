/** The lake, read back from the bucket as any other program would read it. */
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { reportsPrefix, resultsPrefix } from '../../lambda/schema/keys.ts';
import type { Clients } from '../aws/clients.ts';

/** What Athena has answered to the doctor, and reports for people, stand beside the lake. */
const besideLake = [resultsPrefix, reportsPrefix];

export interface Lake {
  /** The lines of each table. */
  readonly lines: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** The entity tag of each object. */
  readonly objects: ReadonlyMap<string, string>;
}

/** @param prefix of the keys. @default '': all */
export async function readLake({ s3 }: Clients, bucket: string, prefix = ''): Promise<Lake> {
  const objects = new Map<string, string>();
  for await (const { Contents } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
    for (const { Key = '', ETag = '' } of Contents ?? [])
      if (!besideLake.some((folder) => Key.startsWith(`${folder}/`))) objects.set(Key, ETag);
  const read = await pMap(
    objects.keys(),
    async (key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
      return [key.split('/', 1)[0] ?? '', text.split('\n').slice(0, -1)] as const;
    },
    { concurrency: 8 },
  );
  const lines: Record<string, Record<string, unknown>[]> = {};
  for (const [table, texts] of read) {
    lines[table] ??= [];
    for (const text of texts) lines[table].push(JSON.parse(text));
  }
  return { lines, objects };
}

/** Keys of what was written between the two: created or replaced. */
export function written(before: Lake, after: Lake): string[] {
  return [...after.objects].flatMap(([key, tag]) => (before.objects.get(key) === tag ? [] : [key]));
}

export function countsOf({ lines }: Lake): string {
  const tables = Object.entries(lines).map(
    ([table, { length }]) => `${length.toLocaleString('en')} in ${table}`,
  );
  return tables.join(', ');
}
