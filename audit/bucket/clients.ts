/** What the SDK is asked with, and its errors in sentences. */
import { AuditFailure } from '../audit-failure.ts';

/** An emulator under an address of its own knows buckets by the path only. */
export const isEmulated = (): boolean =>
  process.env.AWS_ENDPOINT_URL !== undefined || process.env.AWS_ENDPOINT_URL_S3 !== undefined;

const signIn = 'sign in (aws sso login), or set AWS_PROFILE.';

/** By Node's code of a broken connection, or the name that AWS gives its error. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/NoSuchBucket/, 'is not there: its name stands in the stack’s outputs.'],
  [
    /ResourceNotFound/,
    'is not there in this region and account: its name stands in the stack’s outputs. ' +
      'AWS_REGION says another region, AWS_PROFILE another account.',
  ],
  [
    /AccessDenied|Forbidden|NotAuthorized/,
    'is not open to these credentials: the README says what they need.',
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
    /Throttl|SlowDown|TooManyRequests|RequestLimit|ThroughputExceeded|ServiceUnavailable|InternalS|InternalError/,
    'is asked too much or not available for now: run again later.',
  ],
  [
    /Timeout|TIMEDOUT|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|NetworkingError/,
    'can not be reached: look at the connection of this machine, and at AWS_REGION, which says where AWS is asked; then run again.',
  ],
];

/** Names that are given here. */
const unasked: ReadonlySet<string> = new Set(['RegionIsMissing', 'CredentialsExpired', 'CredentialsMissing']);

/** @param what is asked, as the beginning of a sentence. */
export async function inWords<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof AuditFailure) throw error;
    const name = nameOf(error);
    if (name === undefined) throw error;
    const advised = advice.find(([pattern]) => pattern.test(name))?.[1] ?? 'could not be read: run again.';
    // What AWS calls it finds more on the web than the sentence; where nobody was asked, there is nothing to find.
    throw new AuditFailure(`${what} ${advised}${unasked.has(name) ? '' : ` (${name})`}`);
  }
}

/** Undefined: it is none of AWS's, nor of the way to it. */
function nameOf(error: Error): string | undefined {
  const { name, message } = error;
  // The SDK's own words, of an error without a name.
  if (/^Region (is missing|not accepted)/.test(message)) return 'RegionIsMissing';
  // It has the one name for credentials that are not there, and for those of a profile that have run out.
  if (/^(Credentials|Token)ProviderError$/.test(name))
    return /expired/i.test(message) ? 'CredentialsExpired' : 'CredentialsMissing';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return '$metadata' in error || /Timeout/.test(name) ? name : undefined;
}
