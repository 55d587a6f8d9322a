import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { AnswerSeen } from '../answer-checks.ts';

/** What the function answers to its own doctor. */
export async function askFunction(
  client: LambdaClient,
  FunctionName: string,
  workspace: string,
): Promise<AnswerSeen> {
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify({ workspace, doctor: true }) }),
  );
  return { isError: FunctionError !== undefined, text: Payload?.transformToString() ?? '' };
}
