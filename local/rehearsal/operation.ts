/** Steps: what happens to a stack over time. */
import type { Deployed } from './deployed.ts';
import { putKey } from './deployment.ts';
import { invoke, invokeWell } from './invoke.ts';
import { configurationOf, type Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';
import { wholeLake } from './whole-lake.ts';

export async function deployAgain(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.narrator.step('cdk deploy again, with nothing changed', async (say) => {
    const printed = await rehearsal.cdk.run(
      'deploy',
      configurationOf(rehearsal),
      '--require-approval',
      'never',
    );
    expectThat(
      printed.includes('(no changes)'),
      'The CDK found changes between two deployments of the same. If nobody has edited lib/ or lambda/ ' +
        'meanwhile, two syntheses differ.',
    );
    say('No changes');
  });
}

export async function rotateKey(rehearsal: Rehearsal, stack: Deployed): Promise<void> {
  const { narrator, clients, braze } = rehearsal;
  await narrator.step('Rotate the key', async (say) => {
    braze.rotateKey();
    const refused = await invoke(clients, stack);
    expectThat('error' in refused, 'A run with a key that was taken back ended well.');
    say(`The old one is refused: “${refused.error}”`);
    await putKey(rehearsal, stack);
    braze.time.pass(15);
    const { rows } = await invokeWell(clients, stack);
    await wholeLake(clients, stack, braze);
    say(`The secret has the new one: the next run works, with ${rows.new} new rows`);
  });
}
