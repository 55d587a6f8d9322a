/** `npm run report` and `npm run audit` share no code, and say the same of a bucket that can't be read. */
import { expect, test } from 'vitest';
import { inWords } from '../../audit/bucket/clients.ts';
import { explainingBucket } from '../../report/bucket/bucket-failure.ts';

const ofAws = (name: string) => Object.assign(new Error('words of AWS'), { name, $metadata: {} });
const ofNode = (code: string) => Object.assign(new Error('words of Node'), { code });
const ofSdk = (name: string, message: string) => Object.assign(new Error(message), { name });

test.each([
  ofNode('ECONNREFUSED'),
  ofNode('ENOTFOUND'),
  ofSdk('TimeoutError', 'no answer'),
  ofSdk('CredentialsProviderError', 'Could not load credentials from any providers'),
  ofSdk('TokenProviderError', 'Token is expired. To refresh it run aws sso login'),
  new Error('Region is missing'),
  new Error('Region not accepted: region="" is not a valid hostname component.'),
  ...[
    'NoSuchBucket',
    'PermanentRedirect',
    'RequestTimeTooSkewed',
    'ExpiredToken',
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'SlowDown',
    'SomethingNew',
  ].map(ofAws),
])('%s', async (error) => {
  const fail = () => Promise.reject(error);
  const [told, toldByAudit] = await Promise.all([
    explainingBucket('lake', fail).catch(({ message }) => message),
    inWords('The bucket lake', fail).catch(({ message }) => message),
  ]);
  expect(told).toMatch(/^The bucket lake /);
  expect(told).not.toContain('words of');
  expect(told).toBe(toldByAudit);
});

test('a fault of the program stays one', async () => {
  const fault = new TypeError('x is null');
  await expect(explainingBucket('lake', () => Promise.reject(fault))).rejects.toBe(fault);
});
