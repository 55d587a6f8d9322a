/** What AWS, or the way to it, refuses is told in a sentence that says what to do: with the SDK's own errors. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { CheckpointTable } from '../../audit/bucket/checkpoint-table.ts';
import { inWords } from '../../audit/bucket/clients.ts';
import { LakeBucket } from '../../audit/bucket/lake-bucket.ts';

const credentials = { accessKeyId: 'a', secretAccessKey: 'a' };

async function failing(status: number, code: string) {
  const server = createServer((request, response) => {
    const isTable = request.method === 'POST';
    const body = isTable
      ? JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'words of AWS' })
      : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>words of AWS</Message></Error>`;
    response.writeHead(status, {
      'content-type': isTable ? 'application/x-amz-json-1.0' : 'application/xml',
    });
    response.end(body);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const place = (endpoint: string) => ({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
const bucketAt = (endpoint: string) =>
  new LakeBucket('abc', new S3Client({ ...place(endpoint), forcePathStyle: true })).list();
const tableAt = (endpoint: string) =>
  new CheckpointTable('abc', undefined, new DynamoDBClient(place(endpoint))).workspaces();

test.each([
  [404, 'NoSuchBucket', /is not there: its name stands in the stack’s outputs\./],
  [403, 'AccessDenied', /is not open to these credentials/],
  [400, 'ExpiredToken', /credentials of this shell have run out: sign in/],
  [403, 'InvalidAccessKeyId', /AWS does not accept the credentials/],
  [403, 'SignatureDoesNotMatch', /AWS does not accept the credentials/],
  [403, 'RequestTimeTooSkewed', /the clock of this machine is wrong/],
  [301, 'PermanentRedirect', /is in another region .+: set AWS_REGION/],
  [400, 'AuthorizationHeaderMalformed', /is in another region .+: set AWS_REGION/],
  [503, 'SlowDown', /is asked too much or not available for now/],
  [500, 'Unheard', /could not be read: run again\./],
])('a bucket: %i %s', async (status, code, says) => {
  const told = await bucketAt(await failing(status, code)).catch(String);
  expect(told).toMatch(/^AuditFailure: The bucket abc /);
  expect(told).toMatch(says);
  expect(told).toMatch(new RegExp(`\\(${code}\\)$`));
  expect(told).not.toContain('words of AWS');
});

test.each([
  ['ResourceNotFoundException', /is not there in this region and account: .+AWS_REGION.+AWS_PROFILE/],
  ['AccessDeniedException', /is not open to these credentials/],
  ['ExpiredTokenException', /credentials of this shell have run out: sign in/],
  ['UnrecognizedClientException', /AWS does not accept the credentials/],
  ['ThrottlingException', /is asked too much or not available for now/],
])('a table: %s', async (code, says) => {
  const told = await tableAt(await failing(400, code)).catch(String);
  expect(told).toMatch(/^AuditFailure: The table abc /);
  expect(told).toMatch(says);
});

test.each([bucketAt, tableAt])('nobody answers', async (ask) => {
  const told = await ask('http://127.0.0.1:9').catch(String);
  expect(told).toMatch(/can not be reached: look at the connection .+AWS_REGION.+ \(ECONNREFUSED\)$/);
});

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

test.each([
  [
    named('CredentialsProviderError', 'Could not load credentials from any providers'),
    /there are no AWS credentials/,
  ],
  [named('CredentialsProviderError', 'The SSO session has expired'), /have run out/],
  [named('TokenProviderError', 'Token is expired. To refresh it run aws sso login'), /have run out/],
  [new Error('Region is missing'), /its region is not known: set AWS_REGION/],
  [new Error('Region not accepted: region="" is not …'), /its region is not known: set AWS_REGION/],
])('%s', async (error, says) => {
  const told = await inWords('The bucket abc', () => Promise.reject(error)).catch(String);
  expect(told).toMatch(/^AuditFailure: The bucket abc can not be asked, .+\.$/);
  expect(told).toMatch(says);
});

test('a fault of the program stays one', async () => {
  const fault = new TypeError('x is null');
  await expect(inWords('The bucket abc', () => Promise.reject(fault))).rejects.toBe(fault);
});
