/** The report of a lake in a bucket, by way of a scratch folder. */
import type { S3Client } from '@aws-sdk/client-s3';
import { dataOption } from '../local/query/in-shell.ts';
import { lakeFolder } from '../local/query/lake-folder.ts';
import { LocalSqlFailure } from '../local/query/local-sql-failure.ts';
import { inTemporaryFolder } from '../local/stores/temporary-folder.ts';
import { downloadLake } from './bucket/download-lake.ts';
import {
  momentOf,
  type ReportOptions,
  refuseUnwritable,
  type WrittenReport,
  writeReport,
} from './write-report.ts';

export interface BucketReportOptions extends Omit<ReportOptions, 'data' | 'source'> {
  readonly bucket: string;
  readonly client: S3Client;
  readonly out: string;
}

/** @throws {LocalSqlFailure} an object can't be read. @throws {ReportFailure} when the bucket can't be read, too */
export async function writeBucketReport({
  bucket,
  client,
  ...options
}: BucketReportOptions): Promise<WrittenReport> {
  // Before a lake is fetched in vain.
  await refuseUnwritable(options.out);
  const now = options.now ?? new Date();
  return await inTemporaryFolder('braze-cdi-report-', async (folder) => {
    await downloadLake(client, bucket, momentOf({ ...options, now }), folder);
    return await writeReport({ ...options, now, data: folder, source: `s3://${bucket}` }).catch(
      (error: unknown) => {
        throw error instanceof LocalSqlFailure ? namingBucket(error, folder, bucket) : error;
      },
    );
  });
}

/** The folder is gone by the time that somebody reads the error. */
const namingBucket = (error: LocalSqlFailure, folder: string, bucket: string): LocalSqlFailure =>
  new LocalSqlFailure(
    error.message
      .replaceAll(dataOption(folder), `--bucket ${bucket}`)
      .replaceAll(lakeFolder(folder), `s3://${bucket}`),
    { cause: error },
  );
