/** What a person is told when AWS refuses: where, what is wrong, and what to do. */
import { StoreFailure } from '../errors/store-failure.ts';

/** By the error's name; the third says that it is no matter of the one object or record. */
const advice: readonly (readonly [RegExp, string, isOfWholeStore?: true])[] = [
  [
    /ItemSize|ValidationException|EntityTooLarge|TooLarge/,
    'is larger than AWS takes, or holds what it does not take: it stays as it was, and so does what belongs to it.',
  ],
  [
    /AccessDenied|Forbidden|NotAuthorized/,
    'is not open to these credentials: their role or a policy on the resource forbids it. Deploy the stack again, ' +
      'and look for a policy that somebody has added.',
  ],
  [/NoSuchBucket|ResourceNotFound/, 'is not there: deploy the stack again, or mend the name.', true],
  [
    /ExpiredToken|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClient|InvalidSignature|CredentialsProvider/,
    'can not be asked, the AWS credentials are wrong or have run out: sign in again.',
    true,
  ],
  [
    /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|ServiceUnavailable|LimitExceeded|InternalS/,
    'is asked too much or not available for now: the next run goes on.',
    true,
  ],
  [
    /KMS|Kms|DecryptionFailure/,
    'is encrypted with a key that this function may not use, or that is disabled: restore its access.',
  ],
  [
    /Timeout|TIMEDOUT|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|NetworkingError|AbortError/,
    'does not answer: the next run goes on.',
    true,
  ],
];

/**
 * Gives an error of the AWS SDK as a sentence about that place; any other error as it is.
 * The SDK's error is kept as the cause: it holds the call, but neither the credentials nor a secret's value.
 */
export async function explainingAws<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw awsFailure(place, error);
  }
}

export function awsFailure(place: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // The SDK's own words, without a name: on a person's machine no region may be set.
  if (error.message === 'Region is missing') {
    const message = `${place} can not be asked, no region is known: set AWS_REGION.`;
    return new StoreFailure(message, { cause: error, isOfWholeStore: true });
  }
  if (!isFromAws(error)) return error;
  const name = codeOf(error) ?? error.name;
  const [, advised, isOfWholeStore = false] = advice.find(([pattern]) => pattern.test(name)) ?? [];
  return new StoreFailure(`${place} ${advised ?? 'could not be read or written: run again.'} (${name})`, {
    cause: error,
    isOfWholeStore,
  });
}

/** The SDK marks its errors with `$metadata`; those of the connection are Node's own, and named by the system. */
export function isFromAws(error: Error): boolean {
  if ('$metadata' in error || '$fault' in error) return true;
  if (/Timeout|Credentials|AbortError/.test(error.name)) return true;
  return 'code' in error && /^E(?!RR_)[A-Z_]+$/.test(String(error.code));
}

/** Node's code of a connection's error, where that is what it is. */
function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
