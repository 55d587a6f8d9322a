/** One local AWS for all tests of a run: `inject('localAws')` gives its endpoint and environment. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalAws } from './local-aws.ts';

declare module 'vitest' {
  interface ProvidedContext {
    localAws: { readonly endpoint: string; readonly environment: Readonly<Record<string, string>> };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'local-aws-'));
  const localAws = await startLocalAws({ stateDirectory, say: console.error });
  const { endpoint, environment } = localAws;
  project.provide('localAws', { endpoint, environment });
  return async () => {
    await localAws.stop();
    await rm(stateDirectory, { recursive: true, force: true });
  };
}
