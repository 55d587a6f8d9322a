import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { workspaceItem } from '../../../../lambda/checkpoint/lease.ts';
import { coverageKey } from '../../../../lambda/schema/keys.ts';
import { orAbsent } from '../asked.ts';
import type { CoverageSeen, LeaseSeen } from '../run-checks.ts';

const line = z.object({ state: z.string(), checked_at: z.string().nullable() });

/** Undefined: no run has ended yet. */
export async function lookAtCoverage(
  client: S3Client,
  Bucket: string,
  workspace: string,
): Promise<CoverageSeen | undefined> {
  return orAbsent(/^NoSuchKey/, async () => {
    const { Body, LastModified } = await client.send(
      new GetObjectCommand({ Bucket, Key: coverageKey(workspace) }),
    );
    const gunzip = createGunzip();
    gunzip.end(await Body?.transformToByteArray());
    const lines = (await text(gunzip)).split('\n').slice(0, -1);
    return {
      writtenAt: LastModified?.getTime() ?? Number.NaN,
      integrations: lines.map((each) => line.parse(JSON.parse(each))),
    };
  });
}

const record = z.object({ lease: z.object({ until: z.iso.datetime() }).nullable() });

/** Undefined: no run has begun yet. */
export async function lookAtLease(
  client: DynamoDBClient,
  TableName: string,
  workspace: string,
): Promise<LeaseSeen | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: { workspace: { S: workspace }, item: { S: workspaceItem } } }),
  );
  if (!Item) return undefined;
  const { lease } = record.parse(JSON.parse(Item.data?.S ?? ''));
  return { until: lease && Date.parse(lease.until) };
}
