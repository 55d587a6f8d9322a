/** The command `npm run rehearse`: from the first signal that may end it to the last thing that is tidied. */
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';
import { Cdk } from '../aws/cdk.ts';
import { clientsFor } from '../aws/clients.ts';
import { startLocalAws } from '../aws/local-aws.ts';
import { chain } from './chain.ts';
import { howToLook } from './keep.ts';
import { narrate } from './narrator.ts';
import type { RehearseOptions } from './options.ts';
import { organisation } from './organisation.ts';
import { startSimulatedWorkspace } from './simulated-workspace.ts';

const interruption = Symbol('interruption');

/** @returns the exit code; the process is then to be ended. */
export async function rehearse({ keep }: RehearseOptions): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const stage = new Stage(await mkdtemp(join(tmpdir(), 'rehearsal-')));
  const outcome = await Promise.race([stage.play(), interrupted.then(() => interruption)]).catch(
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
  await stage.clear();
  if (isDone || outcome === interruption) {
    await rm(stage.directory, { recursive: true, force: true });
    return isDone ? 0 : 130;
  }
  const reason = isForPeople(outcome) ? outcome.message : String(outcome);
  console.error(`Failed in ${stage.narrator.current}. ${reason}`);
  // Only a folder without logs can be removed like this.
  await rmdir(stage.directory).catch(() =>
    console.error(`The logs are kept in ${stage.directory}; remove it when they are no longer needed.`),
  );
  return 1;
}

/** What a rehearsal has set up, and what ends it. */
class Stage {
  readonly narrator = narrate(console.log);
  readonly directory: string;
  readonly #stop = new AbortController();
  readonly #closing: (() => Promise<void>)[] = [];

  constructor(directory: string) {
    this.directory = directory;
  }

  /** @returns what tells how to look at it. */
  async play(): Promise<string> {
    const { narrator, directory } = this;
    const { signal } = this.#stop;
    const localAws = await narrator.step('Start an AWS on this machine', async (say) => {
      const started = await startLocalAws({ stateDirectory: join(directory, 'aws'), say, signal });
      this.#closing.push(started.stop);
      say(`It answers at ${started.endpoint}`);
      return started;
    });
    const braze = await startSimulatedWorkspace();
    this.#closing.push(braze.close);
    const clients = clientsFor(localAws.endpoint);
    const rehearsal = {
      narrator,
      localAws,
      braze,
      cdk: new Cdk(localAws, directory, signal),
      clients,
      insisted: await organisation(narrator, clients),
      directory,
      signal,
    };
    const stack = await chain(rehearsal);
    braze.time.flow();
    return howToLook(rehearsal, stack, directory);
  }

  async clear(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#closing.map((close) => close()));
  }
}
