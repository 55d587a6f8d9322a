import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { awsFailure } from '../../../lambda/aws/aws-failure.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';

const fromAws = (name: string) => Object.assign(new Error('their words'), { name, $metadata: {} });

describe('awsFailure', () => {
  test.each([
    [
      fromAws('NoSuchBucket'),
      /is not there: mend its name\. .+ says what brings it back\. \(NoSuchBucket\)$/,
    ],
    // Of a topic.
    [fromAws('NotFoundException'), /is not there: mend its name\./],
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
    [new Error('Region not accepted: region="" is not …'), /no region is known: set AWS_REGION\.$/],
    [fromAws('SomethingNew'), /could not be read or written: run again\. \(SomethingNew\)$/],
  ])('%s is said with its place and what to do', (error, message) => {
    const failure = awsFailure('s3://b/k', error);
    expect(failure).toBeInstanceOf(StoreFailure);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('their words');
  });

  // The last one is SNS's.
  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'Forbidden',
    'NotAuthorized',
    'AuthorizationErrorException',
  ])('%s is a denial', (name) => {
    const { message } = awsFailure('s3://b/k', fromAws(name)) as Error;
    expect(message).toMatch(/ is not open to these credentials: .* their words\)$/);
  });

  const by = (who: string) =>
    `User: arn:aws:sts::123456789012:assumed-role/Exporter is not authorized to perform: s3:PutObject ${who}`;

  test.each([
    [
      'with an explicit deny in a service control policy',
      /by a policy of your organisation: .*changes nothing\./,
    ],
    ['with an explicit deny in a resource control policy', /by a policy of your organisation: /],
    [
      'because no permissions boundary allows the s3:PutObject action',
      /by the permissions boundary of its role: /,
    ],
    ['with an explicit deny in a resource-based policy', /by the policy of the resource itself, /],
    ['with an explicit deny in a VPC endpoint policy', /by the policy of a VPC endpoint: /],
    [
      'because no identity-based policy allows the s3:PutObject action',
      /any more: npx cdk deploy --revert-drift sets the role right/,
    ],
    [
      'on resource: arn:aws:kms:eu-west-1:1:key/2 because no identity-based policy allows the kms:GenerateDataKey action',
      /is encrypted with a KMS key .* encryptionKeyArn /,
    ],
    ['', /is not open to these credentials: their role or a policy on the resource forbids it\. /],
  ])('a denial %s is said with what to do about that, and in AWS’s own words', (who, advice) => {
    const error = Object.assign(new Error(by(who)), {
      name: 'AccessDenied',
      $metadata: { requestId: '4442587FB7D0A2F9' },
    });
    const { message } = awsFailure('s3://b/k', error) as Error;
    expect(message).toMatch(advice);
    expect(message.startsWith('s3://b/k is ')).toBe(true);
    expect(message.endsWith(` (AccessDenied: ${by(who)}; request 4442587FB7D0A2F9)`)).toBe(true);
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
