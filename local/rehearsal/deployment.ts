/** Steps: the stack is deployed, and told its key. */
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { localAccount, localRegion } from '../aws/client-environment.ts';
import { stackName } from '../aws/outputs.ts';
import { type Deployed, deployed } from './deployed.ts';
import { invoke } from './invoke.ts';
import { configurationOf, type Rehearsal } from './rehearsal.ts';
import { expectThat, RehearsalFailure } from './rehearsal-failure.ts';

export async function firstDeployment(rehearsal: Rehearsal): Promise<Deployed> {
  const { narrator, cdk } = rehearsal;
  await narrator.step('cdk bootstrap', async (say) => {
    const environment = `aws://${localAccount}/${localRegion}`;
    await cdk.run('bootstrap', configurationOf(rehearsal), environment);
    say(`${environment} is ready for deployments`);
  });
  return narrator.step('cdk deploy', async (say) => {
    const stack = await deploy(rehearsal);
    say(`The stack ${stackName} stands: bucket ${stack.bucket}, table ${stack.table}`);
    return stack;
  });
}

export async function deploy(rehearsal: Rehearsal, retained?: Deployed): Promise<Deployed> {
  const configuration = configurationOf(rehearsal, retained);
  await rehearsal.cdk.run('deploy', configuration, '--require-approval', 'never');
  return deployed(rehearsal.clients);
}

export async function setKey({ narrator, clients, braze }: Rehearsal, stack: Deployed): Promise<void> {
  await narrator.step('Run it before the key is set', async (say) => {
    const invoked = await invoke(clients, stack);
    if (!('noKey' in invoked)) {
      throw new RehearsalFailure(`A run without a key answered ${JSON.stringify(invoked)}.`);
    }
    const { message } = invoked.noKey;
    expectThat(
      message.includes(stack.secret) && message.includes('aws secretsmanager put-secret-value'),
      `The answer names neither the secret nor the command that sets it: ${message}`,
    );
    say(`It does nothing, and says what to do: “${message}”`);
  });
  await narrator.step('Set the key', async (say) => {
    await putKey({ clients, braze }, stack);
    say(`The secret ${stack.secret} has it`);
  });
}

export async function putKey(
  { clients, braze }: Pick<Rehearsal, 'clients' | 'braze'>,
  { secret }: Deployed,
): Promise<void> {
  await clients.secrets.send(new PutSecretValueCommand({ SecretId: secret, SecretString: braze.key() }));
}
