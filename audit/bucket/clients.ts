/** What the SDK is asked with, and its errors in sentences. */
import { AuditFailure } from '../audit-failure.ts';

/** An emulator under an address of its own knows buckets by the path only. */
export const isEmulated = (): boolean =>
  process.env.AWS_ENDPOINT_URL !== undefined || process.env.AWS_ENDPOINT_URL_S3 !== undefined;

const advice: readonly (readonly [RegExp, string])[] = [
  [/NoSuchBucket|ResourceNotFound/, 'is not there: its name stands in the stack’s outputs.'],
  [
    /AccessDenied|Forbidden|NotAuthorized/,
    'is not open to these credentials: the README says what they need.',
  ],
  [
    /Expired|InvalidAccessKeyId|Signature|InvalidToken|UnrecognizedClient|Credentials/,
    'can not be asked without valid AWS credentials: sign in (aws sso login), or set AWS_PROFILE.',
  ],
  [/Region/i, 'can not be asked, its region is not known: set AWS_REGION.'],
];

/** @param what is asked, as the beginning of a sentence. */
export async function inWords<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof AuditFailure) throw error;
    const isOfService =
      '$metadata' in error ||
      'code' in error ||
      /Credentials|Region|Timeout/.test(error.name + error.message);
    if (!isOfService) throw error;
    const advised = advice.find(([pattern]) => pattern.test(`${error.name} ${error.message}`))?.[1];
    throw new AuditFailure(`${what} ${advised ?? `could not be read (${error.name}): run again.`}`);
  }
}
