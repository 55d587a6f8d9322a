/** The Braze workspace that is exported: simulated, on loopback. */
import { randomUUID } from 'node:crypto';
import { believableWorld } from '../simulator/believable.ts';
import { startSimulatedBraze } from '../simulator/http.ts';
import { allPermissions } from '../simulator/permissions.ts';
import { FailingSyncs } from './failing-syncs.ts';
import { WorkspaceTime } from './workspace-time.ts';

/** As if Braze had raised the limits: with the usual ones the first run alone would take four minutes. */
export const requestsPerMinute = { status: 6000, list: 600 };

/** Its history ends so long ago at first, in milliseconds: all that is let pass must fit in. */
const back = 6 * 3_600_000;

export interface SimulatedWorkspace {
  readonly endpoint: string;
  readonly time: WorkspaceTime;
  /** The only key that works. */
  key(): string;
  /** The key so far is refused from now on. */
  rotateKey(): void;
  integrations(): number;
  /** From now on the syncs of one integration fail. @returns its id. */
  breakSyncs(): string;
  mendSyncs(): void;
  /** Every sync as it stands now: the integration's id, and the row as it is served. */
  syncs(): (readonly [integrationId: string, row: string])[];
  close(): Promise<void>;
}

export async function startSimulatedWorkspace(): Promise<SimulatedWorkspace> {
  const time = new WorkspaceTime(Date.now() - back);
  // Anchored: nothing falls off the end, so that all that was ever there can be counted.
  const world = believableWorld({ anchor: time.now() });
  const integrations = () => world.integrations(time.now());
  const failing = new FailingSyncs(world);
  const rows = (id: string) => failing.rows(id, time.now());
  let key = randomUUID();
  const server = await startSimulatedBraze({
    world: { integrations, rows },
    keys: { [key]: allPermissions },
    quirks: { statusLimit: requestsPerMinute.status, listLimit: requestsPerMinute.list },
  });
  return {
    endpoint: server.endpoint,
    time,
    key: () => key,
    rotateKey: () => {
      key = randomUUID();
      server.braze.keys = { [key]: allPermissions };
    },
    integrations: () => integrations().length,
    breakSyncs: () => failing.begin(time.now()),
    mendSyncs: () => failing.end(time.now()),
    syncs: () =>
      integrations().flatMap(({ integration_id: id }) =>
        id === null ? [] : (rows(id) ?? []).map((row) => [id, JSON.stringify(row)] as const),
      ),
    close: server.close,
  };
}
