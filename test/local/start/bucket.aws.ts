/** `npm start` into a bucket and a table, as the stack has them. */
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { clientEnvironment } from '../../../local/aws/client-environment.ts';
import { makeBucket, makeTable, s3At } from '../../../local/aws/places.ts';
import { Lab } from '../../end-to-end/export.ts';
import { syncs, worldOf } from '../../end-to-end/workspace.ts';

const { endpoint } = inject('localAws');
const lab = new Lab();
afterEach(() => lab.close());

async function bytesIn(client: S3Client, bucket: string): Promise<Record<string, string>> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  const objects = Contents.map(async ({ Key = '' }) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return [Key, (await Body?.transformToString('base64')) ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(objects));
}

describe('an export into a bucket', () => {
  test('writes what one into a folder writes, and the next one goes on from there', async () => {
    const [bucket, table] = [await makeBucket(endpoint), await makeTable(endpoint)];
    const server = await lab.serve({ world: worldOf({ a: syncs(34), b: syncs(7) }) });
    const environment = clientEnvironment(endpoint, lab.root);
    const place = ['--data', `s3://${bucket}`, '--checkpoint-table', table];

    const first = await lab.export(server, place, { environment });
    expect([first.code, first.receipt?.outcome, first.receipt?.rows.new]).toEqual([0, 'complete', 41]);
    const again = await lab.export(server, place, { environment });
    expect([again.code, again.receipt?.rows.new, again.receipt?.pages]).toEqual([0, 0, 2]);

    await lab.export(server);
    const inBucket = await bytesIn(s3At(endpoint), bucket);
    expect(Object.keys(inBucket).sort()).toEqual(lab.lake().keys);
    const inFolder = lab.lake().bytes('syncs');
    expect(inFolder.size).toBeGreaterThan(1);
    for (const [key, bytes] of inFolder) expect(inBucket[key], key).toBe(bytes);
  });

  test.each([
    ['bucket', 's3://no-such-bucket/'],
    ['table', 'no-such-table'],
  ] as const)('a %s that is not there is told by its name', async (missing, words) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(3) }) });
    const bucket = missing === 'bucket' ? 'no-such-bucket' : await makeBucket(endpoint);
    const table = missing === 'table' ? 'no-such-table' : await makeTable(endpoint);
    const { code, stderr } = await lab.export(
      server,
      ['--data', `s3://${bucket}`, '--checkpoint-table', table],
      { environment: clientEnvironment(endpoint, lab.root) },
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(stderr).toContain('is not there: mend its name.');
  });

  test('P12: without credentials a sentence says so', async () => {
    const server = await lab.serve({ world: worldOf({ a: syncs(3) }) });
    const { code, stderr } = await lab.export(
      server,
      ['--data', 's3://lake', '--checkpoint-table', 'table'],
      { environment: { ...clientEnvironment(endpoint, lab.root), AWS_ACCESS_KEY_ID: '' } },
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('the AWS credentials are wrong or have run out'),
    ]);
  });
});
