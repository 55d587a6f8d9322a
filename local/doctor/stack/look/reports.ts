import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { reportsPrefix } from '../../../../lambda/schema/keys.ts';
import type { ReportsSeen } from '../report-checks.ts';

export async function lookAtReports(client: S3Client, Bucket: string): Promise<ReportsSeen> {
  const reports = new Map<string, number>();
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket, Prefix: `${reportsPrefix}/` },
  ))
    for (const { Key = '', LastModified } of Contents) reports.set(Key, LastModified?.getTime() ?? 0);
  return reports;
}
