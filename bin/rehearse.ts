/** `npm run rehearse`: the whole chain on this machine, without an account. */
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { isForPeople } from '../lambda/errors/exporter-error.ts';
import { Cdk } from '../local/aws/cdk.ts';
import { clientsFor } from '../local/aws/clients.ts';
import { startLocalAws } from '../local/aws/local-aws.ts';
import { chain } from '../local/rehearsal/chain.ts';
import { howToLook } from '../local/rehearsal/keep.ts';
import { narrate } from '../local/rehearsal/narrator.ts';
import { startSimulatedWorkspace } from '../local/rehearsal/simulated-workspace.ts';
import { version } from '../local/version.ts';

const { keep = false } = new Command('npm run rehearse --')
  .description(
    'Deploys the stack to an AWS on this machine, lets it export a simulated Braze, and takes it through what ' +
      'happens to a stack: runs, the schedule, another deployment, a new key, removal, and a new stack on the ' +
      'data of the old. It takes one to two minutes, and leaves nothing behind.',
  )
  .option('--keep', 'leave everything running at the end, until Ctrl-C')
  .addHelpText(
    'after',
    '\nIt needs Python 3.10 or newer, with venv. The local AWS is fetched by pip, once, into .local-aws/.\n' +
      'No AWS account is used: the credentials of this terminal are not read.\n\n' +
      'Exit code: 0 all was as it should be; 1 something was not, and standard error says what; 2 wrong use.',
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .version(version)
  .parse()
  .opts<{ keep?: true }>();

const narrator = narrate(console.log);
const stop = new AbortController();
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});
const directory = await mkdtemp(join(tmpdir(), 'rehearsal-'));
const closing: (() => Promise<void>)[] = [];

/** @returns what tells how to look at it. */
async function rehearse(): Promise<string> {
  const localAws = await narrator.step('Start an AWS on this machine', async (say) => {
    const started = await startLocalAws({ stateDirectory: join(directory, 'aws'), say, signal: stop.signal });
    closing.push(started.stop);
    say(`It answers at ${started.endpoint}`);
    return started;
  });
  const braze = await startSimulatedWorkspace();
  closing.push(braze.close);
  const rehearsal = {
    narrator,
    localAws,
    braze,
    cdk: new Cdk(localAws, directory, stop.signal),
    clients: clientsFor(localAws.endpoint),
    signal: stop.signal,
  };
  const stack = await chain(rehearsal);
  braze.time.flow();
  return howToLook(rehearsal, stack, directory);
}

const interruption = Symbol('interruption');
const outcome = await Promise.race([rehearse(), interrupted.then(() => interruption)]).catch(
  (error: unknown) => error,
);
const isDone = typeof outcome === 'string';
if (isDone) {
  console.log('All was as it should be.');
  if (keep) {
    console.log(outcome);
    await interrupted;
  }
}
stop.abort();
await Promise.all(closing.map((close) => close()));
if (isDone || outcome === interruption) {
  await rm(directory, { recursive: true, force: true });
} else {
  console.error(`Failed in ${narrator.current}. ${isForPeople(outcome) ? outcome.message : String(outcome)}`);
  // Only a folder without logs can be removed like this.
  await rmdir(directory).catch(() =>
    console.error(`The logs are kept in ${directory}; remove it when they are no longer needed.`),
  );
}
// What still waits for an answer of what was just ended must not delay the end.
process.exit(isDone ? 0 : outcome === interruption ? 130 : 1);
