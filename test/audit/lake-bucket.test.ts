import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { LakeBucket } from '../../audit/bucket/lake-bucket.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { bucketServer } from '../report/bucket-server.ts';

test('what the stack keeps beside the lake is no part of it, and all else in the bucket is', async () => {
  const bucket = scratchFolder();
  const keys = [
    'athena-results/1.csv',
    'coverage/workspace=a/coverage.ndjson.gz',
    'notes.txt',
    'reports/workspace=a/report.html',
    'reports.txt',
  ];
  for (const key of keys) {
    mkdirSync(dirname(join(bucket, key)), { recursive: true });
    writeFileSync(join(bucket, key), '');
  }
  const { client } = await bucketServer(bucket);
  const listed = await new LakeBucket('lake', client).list();
  expect(listed.map(({ key }) => key)).toEqual([
    'coverage/workspace=a/coverage.ndjson.gz',
    'notes.txt',
    'reports.txt',
  ]);
});
