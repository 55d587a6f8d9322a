/** Step: the doctor looks at the stack, which is well, then at two faults, and at what was mended. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type UpdateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { clientEnvironment, environmentFor } from '../aws/client-environment.ts';
import type { Clients } from '../aws/clients.ts';
import { stackName } from '../aws/outputs.ts';
import { placeAt } from '../aws/places.ts';
import { type Deployed, workspace } from './deployed.ts';
import { putKey } from './deployment.ts';
import type { Rehearsal } from './rehearsal.ts';
import { expectThat, RehearsalFailure } from './rehearsal-failure.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../../bin/doctor.ts');

export async function doctor(rehearsal: Rehearsal, stack: Deployed): Promise<void> {
  const { narrator, clients, localAws } = rehearsal;
  await narrator.step('Ask the doctor: npm run doctor -- --stack', async (say) => {
    say(await ask(rehearsal, [0, /^All is well\.$/]));
    await changeSchedule(localAws.endpoint, clients, 'DISABLED');
    say(await ask(rehearsal, [1, new RegExp(`^failed +schedule of ${workspace}, state: it is disabled`)]));
    await changeSchedule(localAws.endpoint, clients, 'ENABLED');
    await clients.secrets.send(new PutSecretValueCommand({ SecretId: stack.secret, SecretString: ' ' }));
    say(await ask(rehearsal, [1, new RegExp(`^failed +key of ${workspace}, form: `)]));
    await putKey(rehearsal, stack);
    say(await ask(rehearsal, [0, /^All is well\.$/]));
  });
}

/** As a program of its own, as a person would start it. @returns its first sentence. */
async function ask(
  { localAws, directory, signal }: Rehearsal,
  [expected, first]: readonly [code: number, first: RegExp],
): Promise<string> {
  const env = environmentFor(clientEnvironment(localAws.endpoint, directory));
  const asked = run(process.execPath, [program, '--stack', stackName], { env, signal });
  const { code = 0, stdout = '', stderr = '' } = await asked.catch((error) => error);
  const text = stdout.trim().replaceAll(/\s+/g, ' ');
  // Nothing else may be wrong: of the rest it says at most that it was left out.
  const others = text.slice(1).match(/(failed|warning) +[a-z]/g);
  expectThat(
    code === expected && first.test(text) && others === null,
    `The doctor was to end with ${expected} and say ${first}; it ended with ${code}:\n${stdout}${stderr}`,
  );
  return `“${text.replace(/(?<=\.) .*/, '')}”`;
}

async function changeSchedule(
  endpoint: string,
  { cloudFormation }: Clients,
  State: 'ENABLED' | 'DISABLED',
): Promise<void> {
  const { StackResourceSummaries } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName: stackName }),
  );
  const Name = StackResourceSummaries?.find(
    ({ LogicalResourceId }) => LogicalResourceId === 'ScheduleOfRehearsal',
  )?.PhysicalResourceId;
  if (Name === undefined) throw new RehearsalFailure('The stack has no schedule.');
  const scheduler = new SchedulerClient(placeAt(endpoint));
  const { $metadata: _, ...as } = await scheduler.send(new GetScheduleCommand({ Name }));
  await scheduler.send(new UpdateScheduleCommand({ ...(as as UpdateScheduleCommandInput), State }));
}
