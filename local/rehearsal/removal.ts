/** Steps: the stack is destroyed, its data stays, and another stack goes on with it. */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { stackName } from '../aws/outputs.ts';
import type { Deployed } from './deployed.ts';
import { deploy, putKey } from './deployment.ts';
import { invokeWell } from './invoke.ts';
import { countsOf } from './lake.ts';
import { configurationOf, type Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';
import { steadyRun } from './runs.ts';
import { wholeLake } from './whole-lake.ts';

export async function destroy(rehearsal: Rehearsal, stack: Deployed): Promise<void> {
  const { narrator, cdk, clients, braze } = rehearsal;
  await narrator.step('cdk destroy', async (say) => {
    await cdk.run('destroy', configurationOf(rehearsal), '--force');
    const left = await clients.cloudFormation
      .send(new DescribeStacksCommand({ StackName: stackName }))
      .then(({ Stacks }) => Stacks?.[0]?.StackStatus)
      .catch(() => undefined);
    expectThat(left === undefined || left === 'DELETE_COMPLETE', `The stack is still there: ${left}.`);
    say(`The stack is gone; the bucket stays, with ${countsOf(await wholeLake(clients, stack, braze))}`);
  });
}

export async function takeUpAgain(rehearsal: Rehearsal, retained: Deployed): Promise<Deployed> {
  const { narrator, clients, braze } = rehearsal;
  const stack = await narrator.step('cdk deploy with existingBucket and existingTable', async (say) => {
    const again = await deploy(rehearsal, retained);
    expectThat(
      again.bucket === retained.bucket && again.table === retained.table,
      `It stands on ${again.bucket} and ${again.table} in place of ${retained.bucket} and ${retained.table}.`,
    );
    await putKey(rehearsal, again);
    say('It stands on the same bucket and table; its new secret has the key');
    return again;
  });
  await steadyRun(rehearsal, stack, 'Run it: it goes on where it stood');
  await narrator.step('Run it after a quarter of an hour', async (say) => {
    braze.time.pass(15);
    const { rows } = await invokeWell(clients, stack);
    say(`${rows.new} new rows; in the bucket ${countsOf(await wholeLake(clients, stack, braze))}`);
  });
  return stack;
}
