import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LocalSqlFailure } from '../../local/query/local-sql-failure.ts';
import { writeBucketReport } from '../../report/write-bucket-report.ts';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from '../sql/lake-of.ts';
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import { dayMs } from '../sql/model/lake.ts';
import { bucketServer } from './bucket-server.ts';
import { now } from './report-of.ts';

function lakeFolder(): string {
  const data = scratchFolder();
  writeLake(
    data,
    lakeOf({
      integrations: [integration({}), integration({ workspace: 'b-2' })],
      coverage: [coverage({ from: now - 500 * dayMs, to: now, checkedAt: now })],
      syncs: [0, 1, 2, 3, 5, 40, 399, 401, 460].flatMap((days) => [
        sync({ start: now - days * dayMs }),
        sync({ workspace: 'b-2', start: now - days * dayMs }),
      ]),
      quarantine: [{ workspace: 'a', integration_id: 'one', reason: 'no start', raw: '{}' }],
    }),
  );
  return data;
}

afterEach(() => void vi.unstubAllEnvs());

describe('the report of a lake in a bucket', () => {
  it('is that of the same lake on disk', async () => {
    const data = lakeFolder();
    const { client } = await bucketServer(join(data, 'lake'));
    // One of its own: another report that is being written would leave something here for a while.
    vi.stubEnv('TMPDIR', scratchFolder());
    const options = { now: new Date(now), source: 's3://lake' };
    const { file } = await writeReport({ ...options, data, out: join(data, 'local.html') });
    const made = await writeBucketReport({
      now: options.now,
      bucket: 'lake',
      client,
      out: join(data, 'bucket.html'),
    });
    expect(readFileSync(made.file, 'utf8')).toBe(readFileSync(file, 'utf8'));
    expect(readdirSync(tmpdir())).toEqual([]);
  });

  it('is not begun where its file can’t be written: nothing is fetched', async () => {
    const data = lakeFolder();
    const { client, listed, read } = await bucketServer(join(data, 'lake'));
    const out = join(data, 'file/report.html');
    writeFileSync(join(data, 'file'), '');
    const made = writeBucketReport({ now: new Date(now), bucket: 'lake', client, out });
    await expect(made).rejects.toThrow(/is a file where a folder should be/);
    expect([...listed, ...read]).toEqual([]);
  });

  it('takes the objects that it needs, and nothing else that lies there', async () => {
    const data = lakeFolder();
    const lake = join(data, 'lake');
    const strange = [
      'syncs/workspace=a/dt=2026-06-16/_syncs.ndjson.gz',
      'syncs/workspace=a/notes.txt',
      'syncs/old.ndjson.gz',
    ];
    for (const key of strange) {
      mkdirSync(dirname(join(lake, key)), { recursive: true });
      writeFileSync(join(lake, key), 'not gzip');
    }
    const { client, read } = await bucketServer(lake);
    await writeBucketReport({
      now: new Date(now),
      bucket: 'lake',
      client,
      workspaces: ['a'],
      days: 30,
      out: join(data, 'bucket.html'),
    });
    const days = [0, 1, 2, 3, 5, 40].map((ago) => new Date(now - ago * dayMs).toISOString().slice(0, 10));
    expect(read.sort()).toEqual(
      [
        'coverage/workspace=a/coverage.ndjson.gz',
        ...['2026-05', '2026-06'].map((month) => `days/workspace=a/month=${month}/days.ndjson.gz`),
        'integrations/workspace=a/integrations.ndjson.gz',
        'quarantine/workspace=a/rows.ndjson.gz',
        ...days.map((date) => `syncs/workspace=a/dt=${date}/syncs.ndjson.gz`),
      ].sort(),
    );
  });

  it('of an empty bucket says that there is nothing yet', async () => {
    const data = scratchFolder();
    const { client } = await bucketServer(join(data, 'lake'));
    const { file } = await writeBucketReport({ bucket: 'lake', client, out: join(data, 'bucket.html') });
    expect(readFileSync(file, 'utf8')).toContain('There is nothing in this lake yet.');
  });

  it.each([
    ['x', 'An object of the lake is damaged: npm run audit -- --bucket lake names it, '],
    [gzipSync('x'), 's3://lake/syncs/workspace=a/dt='],
  ])(
    'names the bucket where an object is damaged, not the folder that it was fetched into',
    async (more, said) => {
      const data = lakeFolder();
      const day = new Date(now).toISOString().slice(0, 10);
      appendFileSync(join(data, `lake/syncs/workspace=a/dt=${day}/syncs.ndjson.gz`), more);
      const { client } = await bucketServer(join(data, 'lake'));
      const made = writeBucketReport({
        now: new Date(now),
        bucket: 'lake',
        client,
        out: join(data, 'new.html'),
      });
      const failure = await made.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LocalSqlFailure);
      expect(String(failure)).toContain(said);
      expect(String(failure)).not.toContain(tmpdir());
    },
  );

  it.each([
    ['NoSuchBucket', 'The bucket lake is not there: its name stands in the stack’s outputs. (NoSuchBucket)'],
    [
      'AccessDenied',
      'The bucket lake is not open to these credentials: they need s3:ListBucket on it and s3:GetObject on its objects. (AccessDenied)',
    ],
    ['ExpiredToken', expect.stringContaining('sign in (aws sso login)')],
    ['SomethingNew', 'The bucket lake could not be read: run again. (SomethingNew)'],
  ])('tells %s in a sentence', async (code, message) => {
    const data = scratchFolder();
    const { client } = await bucketServer(join(data, 'lake'), code);
    const out = join(data, 'bucket.html');
    await expect(writeBucketReport({ bucket: 'lake', client, out })).rejects.toMatchObject({
      name: 'ReportFailure',
      message,
    });
    expect(readdirSync(data)).toEqual([]);
  });
});
