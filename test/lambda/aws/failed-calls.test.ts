import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@aws-lambda-powertools/logger';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { s3Client } from '../../../lambda/aws/clients.ts';
import { failedCalls } from '../../../lambda/aws/failed-calls.ts';
import { captureOutput } from '../invocation/capture-output.ts';

/** An S3 that refuses everything, each in its way. */
async function refusing(status: number, code: string, message: string) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'x-amz-request-id': 'REQUEST-7' });
    response.end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const output = captureOutput();
  const client = s3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'sentinel-credential' },
    forcePathStyle: true,
    logger: failedCalls(new Logger({ serviceName: 'exporter' })),
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { client, output };
}

test('a call that AWS refuses is a line of the log, in its own words and without what was sent', async () => {
  const { client, output } = await refusing(403, 'AccessDenied', 'explicit deny in a service control policy');

  const put = new PutObjectCommand({ Bucket: 'lake', Key: 'k', Body: 'sentinel-body' });
  await expect(client.send(put)).rejects.toThrow('explicit deny');

  expect(output.lines()).toMatchObject([
    {
      level: 'WARN',
      service: 'exporter',
      message: 'AWS has refused',
      call: 'S3 PutObject',
      error: 'AccessDenied',
      words: 'explicit deny in a service control policy',
      status: 403,
      aws_request_id: 'REQUEST-7',
    },
  ]);
  expect(output.text()).not.toContain('sentinel');
});

test.each([
  [404, 'NoSuchKey'],
  [412, 'PreconditionFailed'],
  [409, 'ConditionalRequestConflict'],
])('%i %s is an answer, and no line', async (status, code) => {
  const { client, output } = await refusing(status, code, 'as asked for');

  await expect(client.send(new GetObjectCommand({ Bucket: 'lake', Key: 'k' }))).rejects.toThrow();

  expect(output.text()).toBe('');
});

test('a call that was not waited for was refused by nobody', async () => {
  const { client, output } = await refusing(403, 'AccessDenied', 'no');
  const abortSignal = AbortSignal.abort();
  const get = client.send(new GetObjectCommand({ Bucket: 'lake', Key: 'k' }), { abortSignal });
  await expect(get).rejects.toThrow('aborted');
  expect(output.lines()).toEqual([]);
});
