/**
 * What a person is told when the bucket can't be read: in the words of `audit/bucket/clients.ts`, which shares no code
 * with anything. A test holds the two together.
 */
import { withoutRegion } from '../../lambda/aws/failure-kinds.ts';
import { ReportFailure } from '../report-failure.ts';

const signIn = 'sign in (aws sso login), or set AWS_PROFILE.';

/** By Node's code of a broken connection, or the name that AWS gives its error. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/NoSuchBucket/, 'is not there: its name stands in the stack’s outputs.'],
  [
    /AccessDenied|Forbidden|NotAuthorized/,
    'is not open to these credentials: they need s3:ListBucket on it and s3:GetObject on its objects.',
  ],
  [
    /PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint/,
    'is in another region than the one that is asked: set AWS_REGION to its own.',
  ],
  [/RequestTimeTooSkewed/, 'can not be asked, the clock of this machine is wrong: set it.'],
  [/Expired/, `can not be asked, the AWS credentials of this shell have run out: ${signIn}`],
  [/CredentialsMissing/, `can not be asked, there are no AWS credentials in this shell: ${signIn}`],
  [
    /InvalidAccessKeyId|InvalidClientTokenId|Signature|InvalidToken|UnrecognizedClient|Credentials|AuthFailure/,
    `can not be asked, AWS does not accept the credentials of this shell: ${signIn}`,
  ],
  [/RegionIsMissing/, 'can not be asked, its region is not known: set AWS_REGION.'],
  [
    /Throttl|SlowDown|TooManyRequests|RequestLimit|ServiceUnavailable|InternalS|InternalError/,
    'is asked too much or not available for now: run again later.',
  ],
  [
    /Timeout|TIMEDOUT|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|NetworkingError/,
    'can not be reached: look at the connection of this machine, and at AWS_REGION, which says where AWS is asked; then run again.',
  ],
];

/** Names that are given here. */
const unasked: ReadonlySet<string> = new Set(['RegionIsMissing', 'CredentialsExpired', 'CredentialsMissing']);

/** Any error of the SDK or of the connection as a sentence about the bucket; any other as it is. */
export async function explainingBucket<T>(bucket: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw bucketFailure(bucket, error);
  }
}

function bucketFailure(bucket: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ReportFailure) return error;
  const name = nameOf(error);
  const advised = advice.find(([pattern]) => pattern.test(name))?.[1];
  if (!advised && !('$metadata' in error)) return error;
  const code = unasked.has(name) ? '' : ` (${name})`;
  return new ReportFailure(`The bucket ${bucket} ${advised ?? 'could not be read: run again.'}${code}`, {
    cause: error,
  });
}

function nameOf(error: Error): string {
  const { name, message } = error;
  if (withoutRegion.test(message)) return 'RegionIsMissing';
  // It has the one name for credentials that are not there, and for those of a profile that have run out.
  if (/^(Credentials|Token)ProviderError$/.test(name))
    return /expired/i.test(message) ? 'CredentialsExpired' : 'CredentialsMissing';
  return 'code' in error && typeof error.code === 'string' ? error.code : name;
}
