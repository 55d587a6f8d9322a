/** What a person is told when the bucket can't be read. */
import { ReportFailure } from '../report-failure.ts';

const advice: readonly (readonly [RegExp, string])[] = [
  [/NoSuchBucket/, 'is not there: look up its name in the stack’s output Bucket.'],
  [
    /AccessDenied|Forbidden/,
    'is not open to these credentials: they need s3:ListBucket on it and s3:GetObject on its objects.',
  ],
  [
    /ExpiredToken|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|CredentialsProvider|Credentials/,
    'can not be asked, there are no valid AWS credentials: sign in (aws sso login), or name a profile with AWS_PROFILE.',
  ],
  [/Region/i, 'can not be asked, its region is not known: set AWS_REGION.'],
  [
    /Timeout|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|SlowDown|ServiceUnavailable/,
    'does not answer: run again.',
  ],
];

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
  const text =
    'code' in error && typeof error.code === 'string' ? error.code : `${error.name} ${error.message}`;
  const advised = advice.find(([pattern]) => pattern.test(text))?.[1];
  if (!advised && !('$metadata' in error)) return error;
  return new ReportFailure(
    `The bucket ${bucket} ${advised ?? `could not be read (${error.name}): run again.`}`,
    {
      cause: error,
    },
  );
}
