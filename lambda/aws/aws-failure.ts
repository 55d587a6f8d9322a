/** What a person is told when AWS refuses: where, what is wrong, and what to do. */
import { StoreFailure } from '../errors/store-failure.ts';
import { denialAdvice } from './denial.ts';
import { busy, codeOf, denied, signedOut, silent, withoutRegion } from './failure-kinds.ts';
import { revertDrift } from './revert-drift.ts';

/** By the error's name; the third says that it is no matter of the one object or record. */
const advice: readonly (readonly [RegExp, string, isOfWholeStore?: true])[] = [
  [
    /ItemSize|ValidationException|EntityTooLarge|TooLarge/,
    'is larger than AWS takes, or holds what it does not take: it stays as it was, and so does what belongs to it.',
  ],
  [
    denied,
    'is not open to these credentials: their role or a policy on the resource forbids it. Look for a policy ' +
      `that somebody has added or changed; the role of a stack is set right by ${revertDrift}.`,
  ],
  [
    /NoSuchBucket|ResourceNotFound|^NotFound/,
    'is not there: mend its name. Of a stack, `npm run doctor -- --stack NAME` says what brings it back.',
    true,
  ],
  [signedOut, 'can not be asked, the AWS credentials are wrong or have run out: sign in again.', true],
  [busy, 'is asked too much or not available for now: the next run goes on.', true],
  [
    /KMS|Kms|DecryptionFailure/,
    'is encrypted with a key that this function may not use, or that is disabled: restore its access.',
  ],
  [silent, 'does not answer: the next run goes on.', true],
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
  // On a person's machine none may be set.
  if (withoutRegion.test(error.message)) {
    const message = `${place} can not be asked, no region is known: set AWS_REGION.`;
    return new StoreFailure(message, { cause: error, isOfWholeStore: true });
  }
  if (!isFromAws(error)) return error;
  const name = codeOf(error);
  const [, byName = 'could not be read or written: run again.', isOfWholeStore = false] =
    advice.find(([pattern]) => pattern.test(name)) ?? [];
  const advised = (denied.test(name) ? denialAdvice(error.message) : undefined) ?? byName;
  return new StoreFailure(`${place} ${advised} (${[name, ...wordsOf(name, error)].join(': ')})`, {
    cause: error,
    isOfWholeStore,
  });
}

/** Longer ones are those of a policy with many conditions; the log has them whole. */
const mostWords = 600;

/**
 * A denial in AWS's own words: they name role, action and resource, which whoever allows it has to know, and AWS's
 * support asks for the request. In no other failure do they help, and they may repeat what was sent.
 */
function wordsOf(name: string, error: Error): string[] {
  if (!denied.test(name)) return [];
  const { requestId } = ('$metadata' in error ? error.$metadata : {}) as { readonly requestId?: string };
  return [`${error.message.slice(0, mostWords)}${requestId === undefined ? '' : `; request ${requestId}`}`];
}

/** The SDK marks its errors with `$metadata`; those of the connection are Node's own, and named by the system. */
export function isFromAws(error: Error): boolean {
  if ('$metadata' in error || '$fault' in error) return true;
  if (/Timeout|Credentials|AbortError/.test(error.name)) return true;
  return 'code' in error && /^E(?!RR_)[A-Z_]+$/.test(String(error.code));
}
