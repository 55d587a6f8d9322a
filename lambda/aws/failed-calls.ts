/** Calls that AWS has refused, in its own words, for the log: whoever asks its support is asked for the request id. */
import type { Logger } from '@aws-lambda-powertools/logger';

/** What the SDK hands to its logger when a call has failed. The input is left out: it holds what was to be stored. */
interface FailedCall {
  readonly clientName: string;
  readonly commandName: string;
  readonly error: unknown;
}

/** Answers that this program asks for: nothing stands there yet, or another run was faster. */
const expected =
  /^(NoSuchKey|PreconditionFailed|ConditionalCheckFailedException|ConditionalRequestConflict)$/;

const nothing = () => {};

/** As the `logger` of an SDK client. */
export const failedCalls = (logger: Logger) => ({
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: (given: unknown) => {
    if (!isFailedCall(given)) return;
    const { clientName, commandName, error } = given;
    if (!(error instanceof Error) || expected.test(error.name)) return;
    const { httpStatusCode, requestId, attempts } = metadataOf(error);
    // AWS has not answered, or was not waited for: the failure itself says so.
    if (httpStatusCode === undefined) return;
    logger.warn('AWS has refused', {
      call: `${clientName.replace(/Client$/, '')} ${commandName.replace(/Command$/, '')}`,
      error: error.name,
      words: error.message,
      status: httpStatusCode,
      aws_request_id: requestId,
      tries: attempts,
    });
  },
});

function isFailedCall(given: unknown): given is FailedCall {
  return typeof given === 'object' && given !== null && 'commandName' in given && 'error' in given;
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly attempts?: number;
}

function metadataOf(error: Error): Metadata {
  return '$metadata' in error && typeof error.$metadata === 'object' ? (error.$metadata ?? {}) : {};
}
