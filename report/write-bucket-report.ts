/** The report of a lake in a bucket, by way of a scratch folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { downloadLake } from './bucket/download-lake.ts';
import { momentOf, type ReportOptions, type WrittenReport, writeReport } from './write-report.ts';

export interface BucketReportOptions extends Omit<ReportOptions, 'data' | 'source'> {
  readonly bucket: string;
  readonly client: S3Client;
  readonly out: string;
}

/** @throws {ReportFailure} when the bucket can't be read, too */
export async function writeBucketReport({
  bucket,
  client,
  ...options
}: BucketReportOptions): Promise<WrittenReport> {
  const now = options.now ?? new Date();
  const folder = await mkdtemp(join(tmpdir(), 'braze-cdi-report-'));
  try {
    await downloadLake(client, bucket, momentOf({ ...options, now }), folder);
    return await writeReport({ ...options, now, data: folder, source: `s3://${bucket}` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
