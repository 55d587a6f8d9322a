import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { environmentFor } from '../../../local/aws/client-environment.ts';
import { startLocalAws } from '../../../local/aws/local-aws.ts';

let stateDirectory: string;

beforeEach(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'local-aws-test-'));
});

afterEach(() => rm(stateDirectory, { recursive: true, force: true }));

test('an SDK client writes and reads, conditions kept', async () => {
  const client = new S3Client({
    endpoint: inject('localAws').endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  });
  const at = { Bucket: 'local-aws-test', Key: 'a/b=c' };
  await client.send(new CreateBucketCommand({ Bucket: at.Bucket }));
  await client.send(new PutObjectCommand({ ...at, Body: 'one', IfNoneMatch: '*' }));
  await expect(client.send(new PutObjectCommand({ ...at, Body: 'two', IfNoneMatch: '*' }))).rejects.toThrow(
    expect.objectContaining({ name: 'PreconditionFailed' }),
  );
  const { Body } = await client.send(new GetObjectCommand(at));
  expect(await Body?.transformToString()).toBe('one');
});

test('a second one has a port of its own, keeps its files to itself, and is gone once stopped', async () => {
  const second = await startLocalAws({ stateDirectory });
  expect(second.endpoint).not.toBe(inject('localAws').endpoint);
  expect((await fetch(`${second.endpoint}/_ministack/health`)).ok).toBe(true);
  expect(existsSync(second.log)).toBe(true);
  await second.stop();
  await expect(fetch(`${second.endpoint}/_ministack/health`)).rejects.toThrow();
});

test('a port that is taken is refused', async () => {
  const { port } = new URL(inject('localAws').endpoint);
  await expect(startLocalAws({ stateDirectory, port: Number(port) })).rejects.toThrow(
    `Port ${port} can't be used (EADDRINUSE): choose another`,
  );
});

test('the environment hides the user’s own AWS', () => {
  process.env.AWS_PROFILE = 'production';
  process.env.AWS_ENDPOINT_URL_DYNAMODB = 'https://elsewhere.example';
  try {
    const environment = environmentFor(inject('localAws').environment);
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    expect(environment).not.toHaveProperty('AWS_ENDPOINT_URL_DYNAMODB');
    expect(environment).toMatchObject({ PATH: process.env.PATH, AWS_ACCESS_KEY_ID: 'test' });
  } finally {
    delete process.env.AWS_PROFILE;
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
  }
});
