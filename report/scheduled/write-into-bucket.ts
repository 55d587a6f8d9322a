/** The report of a workspace, from the lake in the bucket into the same bucket. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { reportKey } from '../../lambda/schema/keys.ts';
import { explainingBucket } from '../bucket/bucket-failure.ts';
import { writeBucketReport } from '../write-bucket-report.ts';

export interface IntoBucketOptions {
  readonly bucket: string;
  readonly client: S3Client;
  readonly workspace: string;
  readonly dashboard?: string;
  readonly now: Date;
}

export interface ReportInBucket {
  readonly key: string;
  readonly bytes: number;
  /** What the page says first, without markup. */
  readonly headline: string;
}

/** @throws {NothingToReport} @throws {ReportFailure} */
export async function writeIntoBucket(options: IntoBucketOptions): Promise<ReportInBucket> {
  const { bucket, client, workspace } = options;
  const key = reportKey(workspace);
  const folder = await mkdtemp(join(tmpdir(), 'braze-cdi-reports-'));
  try {
    const out = join(folder, 'report.html');
    const { bytes, headlines } = await writeBucketReport({ ...options, workspaces: [workspace], out });
    const body = await readFile(out);
    await explainingBucket(bucket, () =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: 'text/html; charset=utf-8',
        }),
      ),
    );
    return { key, bytes, headline: headlines[0] ?? '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
