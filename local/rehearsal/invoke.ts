/** One run now, as a person would ask for it. */
import { setTimeout as after } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { TestAlertResult } from '../../lambda/alerts/test-alert.ts';
import type { NoKey } from '../../lambda/no-key.ts';
import type { Receipt } from '../../lambda/run/receipt.ts';
import type { Clients } from '../aws/clients.ts';
import { type Deployed, workspace } from './deployed.ts';
import { expectThat, RehearsalFailure } from './rehearsal-failure.ts';

export type Invoked = { readonly receipt: Receipt } | { readonly noKey: NoKey } | { readonly error: string };

export interface Invocable extends Pick<Deployed, 'function'> {
  /** @default that of the rehearsal */
  readonly workspace?: string;
}

/** In seconds: a run that was killed keeps its lease for four minutes, and then another takes it over. */
const patience = 300;

/** The schedule may be at it: then one waits and asks again. */
export async function invoke(
  clients: Clients,
  { function: name, workspace: which = workspace }: Invocable,
): Promise<Invoked> {
  for (let tries = 0; tries < patience; tries++) {
    const { FunctionError, Payload } = await clients.lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ workspace: which }) }),
    );
    const answer = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError !== undefined) return { error: String(answer?.errorMessage) };
    if (answer.outcome === 'no_key') return { noKey: answer };
    if (answer.outcome !== 'busy') return { receipt: answer };
    await after(1000);
  }
  throw new RehearsalFailure(
    `For ${patience} seconds every run found another one at work: its lease is neither given back nor taken over.`,
  );
}

/** A run that has to end with all history in the lake. */
export async function invokeWell(clients: Clients, stack: Invocable): Promise<Receipt> {
  const invoked = await invoke(clients, stack);
  if ('error' in invoked) throw new RehearsalFailure(`The run failed: ${invoked.error}`);
  if ('noKey' in invoked) throw new RehearsalFailure(`It had no key: ${invoked.noKey.message}`);
  const { receipt } = invoked;
  expectThat(receipt.outcome === 'complete', `The run was not complete: ${JSON.stringify(receipt)}`);
  return receipt;
}

/** As a person would try whether alerts arrive. */
export async function askForTestAlert(
  { lambda }: Clients,
  { function: name }: Deployed,
): Promise<TestAlertResult> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ workspace, test: 'alert' }) }),
  );
  const answer = Payload?.transformToString() ?? 'null';
  expectThat(FunctionError === undefined, `The test alert failed: ${answer}`);
  return JSON.parse(answer);
}
