import { setTimeout as after } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { cheapQuestion, type QuestionSeen } from '../athena-checks.ts';
import type { Places } from '../places.ts';

/** In milliseconds. */
const patience = 30_000;
const pause = 400;

/** One question. Its result goes where the workgroup puts it, and expires there. */
export async function askAthena(
  client: AthenaClient,
  { database, workgroup }: NonNullable<Places['catalog']>,
  workspaces: readonly string[],
): Promise<QuestionSeen> {
  const start = new StartQueryExecutionCommand({
    QueryString: cheapQuestion(workspaces),
    WorkGroup: workgroup,
    QueryExecutionContext: { Database: database },
  });
  const started = await client.send(start).catch((error: unknown) => {
    // A workgroup that is gone or closed is a matter of the stack, and not of whoever asks.
    if (error instanceof InvalidRequestException) return error;
    throw error;
  });
  if (started instanceof InvalidRequestException) return { state: 'not taken', reason: started.message };
  const { QueryExecutionId } = started;
  const deadline = performance.now() + patience;
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State = '', StateChangeReason = '' } = QueryExecution?.Status ?? {};
    const isOver = State !== 'QUEUED' && State !== 'RUNNING';
    if (isOver || performance.now() > deadline) return { state: State, reason: StateChangeReason };
    await after(pause);
  }
}
