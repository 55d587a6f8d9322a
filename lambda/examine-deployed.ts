/** The doctor inside the function: the same checks as on a person's machine, with the deployed key, and the stores. */
import { httpTransport } from './braze/http-transport.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import { broken, type Category, type Check, type Diagnosis, failed, ok } from './doctor/check.ts';
import { type ExamineOptions, examine } from './doctor/examine.ts';
import type { WorkspaceSettings } from './environment.ts';
import { isForPeople } from './errors/exporter-error.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { coverageKey } from './schema/keys.ts';
import type { ApiKeySource } from './secrets/api-key-source.ts';
import type { Clock } from './time/clock.ts';

export interface ExamineDeployedPorts {
  readonly keys: ApiKeySource;
  readonly clock: Clock;
  readonly isProxied: boolean;
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
}

export async function examineDeployed(
  workspace: string,
  settings: WorkspaceSettings,
  { keys, clock, isProxied, objects, checkpoints }: ExamineDeployedPorts,
): Promise<Diagnosis> {
  const { endpoint, integrations, requestsPerMinute, listRequestsPerMinute } = settings;
  const stores = await storesCategory(workspace, objects, checkpoints);
  const { diagnosis } = await examine(
    {
      endpoint,
      integrations,
      key: await keyOf(keys, workspace, settings.secret),
      limits: { list: listRequestsPerMinute, status: requestsPerMinute },
    },
    {
      openTransport: (url, key) => httpTransport(url, key, isProxied),
      clock,
      random: Math.random,
    },
  );
  return { categories: [...diagnosis.categories, stores] };
}

/** Anew: it may have been put right a moment ago. */
async function keyOf(keys: ApiKeySource, workspace: string, secret: string): Promise<ExamineOptions['key']> {
  try {
    return { key: await keys.readAnew(workspace, secret) };
  } catch (error) {
    return { fault: isForPeople(error) ? error.message : broken('form', error).hint };
  }
}

/** Only read: what a run writes is not tried. */
async function storesCategory(
  workspace: string,
  objects: ObjectStore,
  checkpoints: CheckpointStore,
): Promise<Category> {
  const checks = await Promise.all([
    reading('bucket', () => objects.get(coverageKey(workspace))),
    reading('table', () => checkpoints.get(workspace, 'workspace')),
  ]);
  return { name: 'stores', checks };
}

async function reading(name: string, read: () => Promise<unknown>): Promise<Check> {
  try {
    return ok(name, (await read()) === undefined ? 'open; nothing of this workspace yet' : 'open, and read');
  } catch (error) {
    return isForPeople(error) ? failed(name, 'it can not be read', error.message) : broken(name, error);
  }
}
