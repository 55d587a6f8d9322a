/** What runs have left in the bucket and in the table, changed as a fault would have left it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { StackFault } from './fault.ts';

export const coverageOf =
  (workspace: string, change: (line: object, index: number) => object): StackFault['inject'] =>
  async ({ clients: { s3 }, places: { bucket: Bucket } }) => {
    const at = { Bucket, Key: `coverage/workspace=${workspace}/coverage.ndjson.gz` };
    const { Body } = await s3.send(new GetObjectCommand(at));
    const before = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const lines = gunzipSync(before).toString().trimEnd().split('\n');
    const changed = lines.map((line, index) => `${JSON.stringify(change(JSON.parse(line), index))}\n`);
    await s3.send(new PutObjectCommand({ ...at, Body: gzipSync(changed.join('')) }));
    return () => s3.send(new PutObjectCommand({ ...at, Body: before }));
  };

const leaseOf =
  (workspace: string, lease: object): StackFault['inject'] =>
  async ({ clients: { dynamoDb }, places: { table: TableName } }) => {
    const Key = { workspace: { S: workspace }, item: { S: 'workspace' } };
    const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
    const data = { S: JSON.stringify({ ...JSON.parse(Item?.data?.S ?? ''), lease }) };
    await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...Item, data } }));
    return () => dynamoDb.send(new PutItemCommand({ TableName, Item }));
  };

export const runFaults: readonly StackFault[] = [
  {
    title: 'no run has ended well for days',
    check: 'runs of default, last good run',
    mends: /runbook\.md#alarm-norunendedwell/,
    inject: coverageOf('default', (line) => ({ ...line, checked_at: '2026-01-01 00:00:00' })),
  },
  {
    title: 'the last run could not read an integration',
    check: 'runs of default, integrations',
    result: 'warning',
    mends: /runbook\.md#incident-not_exported/,
    inject: coverageOf('default', (line, index) => (index === 0 ? { ...line, state: 'failing' } : line)),
  },
  {
    title: 'the last run could read nothing',
    check: 'runs of default, integrations',
    mends: /FollowLog.+runbook\.md#failures/,
    inject: coverageOf('default', (line) => ({ ...line, state: 'failing' })),
  },
  {
    title: 'a run was killed and left its lease',
    check: 'runs of default, lease',
    result: 'warning',
    mends: /takes it over.+RunNow/,
    inject: leaseOf('default', { owner: 'dead', until: '2026-01-01T00:00:00.000Z' }),
  },
];
