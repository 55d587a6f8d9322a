import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { awsFailure } from '../../../lambda/aws/aws-failure.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';

const fromAws = (name: string) => Object.assign(new Error('their words'), { name, $metadata: {} });

describe('awsFailure', () => {
  test.each([
    [fromAws('AccessDenied'), /^s3:\/\/b\/k is not open to these credentials: .* \(AccessDenied\)$/],
    [fromAws('NoSuchBucket'), /is not there: deploy the stack again, or mend the name\. \(NoSuchBucket\)$/],
    [fromAws('ExpiredTokenException'), /credentials are wrong or have run out: sign in again/],
    [fromAws('SlowDown'), /the next run goes on/],
    [fromAws('ThrottlingException'), /the next run goes on/],
    [fromAws('KMSInvalidStateException'), /encrypted with a key/],
    // What the SDK's own timeouts throw.
    [Object.assign(fromAws('TimeoutError'), { code: 'ETIMEDOUT' }), /does not answer: .* \(ETIMEDOUT\)$/],
    [Object.assign(new Error(), { name: 'AbortError' }), /does not answer: .* \(AbortError\)$/],
    [fromAws('InternalServerError'), /the next run goes on/],
    [Object.assign(new Error(), { code: 'ECONNREFUSED' }), /does not answer: .* \(ECONNREFUSED\)$/],
    [Object.assign(fromAws('Error'), { code: 'ECONNRESET' }), /does not answer: .* \(ECONNRESET\)$/],
    [new Error('Region is missing'), /no region is known: set AWS_REGION\.$/],
    [fromAws('SomethingNew'), /could not be read or written: run again\. \(SomethingNew\)$/],
  ])('%s is said with its place and what to do', (error, message) => {
    const failure = awsFailure('s3://b/k', error);
    expect(failure).toBeInstanceOf(StoreFailure);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('their words');
  });

  test.each([
    new TypeError('a fault'),
    Object.assign(new TypeError('a fault'), { code: 'ERR_INVALID_ARG_TYPE' }),
    'no error',
  ])('what is not from AWS stays as it is: %s', (error) => {
    expect(awsFailure('s3://b/k', error)).toBe(error);
    expect(inspect(error)).not.toContain('s3://');
  });
});
