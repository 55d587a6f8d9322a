/** What a report needs of a lake in a bucket, as the same files below a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { aFewAtOnce } from '../../lambda/run/a-few-at-once.ts';
import { columns } from '../../lambda/schema/tables.ts';
import { lakeFolder } from '../../local/query/lake-folder.ts';
import { explaining } from '../../local/stores/file-error.ts';
import { pathBelow } from '../../local/stores/path-below.ts';
import { lookBackDays } from '../../sql/expressions.ts';
import { readDays as volumeDays } from '../../sql/volume/days.ts';
import { usualDays } from '../figures/day.ts';
import { daysBefore, firstDay, type Moment, today } from '../figures/moment.ts';
import { explainingBucket } from './bucket-failure.ts';

/** @param folder gets `lake/…`. @returns how many objects were read. */
export async function downloadLake(
  client: S3Client,
  bucket: string,
  moment: Moment,
  folder: string,
): Promise<number> {
  const lake = lakeFolder(folder);
  await mkdir(lake, { recursive: true });
  const keys = await explainingBucket(bucket, () => neededKeys(client, bucket, moment));
  await aFewAtOnce(keys, async (key) => {
    const body = await explainingBucket(bucket, () => read(client, bucket, key));
    const file = pathBelow(lake, key);
    await explaining(file, async () => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, body);
    });
  });
  return keys.length;
}

async function neededKeys(client: S3Client, bucket: string, moment: Moment): Promise<string[]> {
  const keys: string[] = [];
  for (const Prefix of prefixesOf(moment))
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix }))
      for (const { Key } of Contents) if (Key !== undefined && isNeeded(Key, moment)) keys.push(Key);
  return keys;
}

/** The whole prefix of a table costs a call for each thousand days, of all workspaces or of those that are asked for. */
const prefixesOf = ({ workspaces }: Moment): string[] =>
  Object.keys(columns).flatMap(
    (table) => workspaces?.map((workspace) => `${table}/workspace=${workspace}/`) ?? [`${table}/`],
  );

const object =
  /^(syncs|integrations|coverage|standing|days|changes|quarantine)\/workspace=([a-z0-9][a-z0-9-]*)\/(?:(?:dt|month)=(\d{4}-\d\d(?:-\d\d)?)\/)?[^/._][^/]*\.ndjson\.gz$/;

/**
 * Whether a report needs the object of this key: of `days` those of the days that it shows, and of those that its views
 * look back to; of `syncs` those of the last weeks. Whatever else lies in the bucket is not taken for a part of the lake.
 */
function isNeeded(key: string, moment: Moment): boolean {
  const [, table, workspace, period] = object.exec(key) ?? [];
  if (table === undefined || workspace === undefined) return false;
  if (moment.workspaces && !moment.workspaces.includes(workspace)) return false;
  if (table !== 'syncs' && table !== 'days') return period === undefined;
  const earliest = table === 'syncs' ? daysBefore(today(moment), lookBackDays) : earliestDay(moment);
  return period !== undefined && period >= earliest.slice(0, period.length);
}

function earliestDay(moment: Moment): string {
  const shown = daysBefore(firstDay(moment), usualDays);
  const lookedBackTo = daysBefore(today(moment), volumeDays);
  return shown < lookedBackTo ? shown : lookedBackTo;
}

/** A body that breaks off in the middle is no error of the request any more, and the SDK does not try again. */
const tries = 3;

async function read(client: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt += 1) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new TypeError('S3 gave no body.');
    try {
      return await Body.transformToByteArray();
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
