/** The function as Lambda would call it, with a simulated Braze and Secrets Manager on loopback. */
import { onTestFinished } from 'vitest';
import type { AlertSink } from '../../../lambda/alerts/alert.ts';
import type { WorkspaceSettings } from '../../../lambda/environment.ts';
import { makeHandler } from '../../../lambda/invocation.ts';
import type { Receipt } from '../../../lambda/run/receipt.ts';
import { ApiKeySource } from '../../../lambda/secrets/api-key-source.ts';
import { type SimulatedBrazeServerOptions, startSimulatedBraze } from '../../../local/simulator/http.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { startSecretsManager } from '../secrets/secrets-manager.ts';
import { captureOutput } from './capture-output.ts';

export const sentinel = 'sentinel-5d1f0c9e-key';

export interface InvokingOptions {
  readonly settings?: Partial<WorkspaceSettings>;
  /** @default the sentinel */
  readonly secret?: string | undefined;
  /** @default before all syncs */
  readonly firstDay?: string;
  /** @default none */
  readonly sinks?: readonly AlertSink[];
}

export async function invoking(braze: SimulatedBrazeServerOptions, options: InvokingOptions = {}) {
  const server = await startSimulatedBraze({ keys: { [sentinel]: allPermissions }, ...braze });
  onTestFinished(() => server.close());
  const secrets = await startSecretsManager({ key: 'secret' in options ? options.secret : sentinel });
  const objects = new MemoryObjectStore();
  const checkpoints = new MemoryCheckpointStore();
  const settings: WorkspaceSettings = {
    endpoint: server.endpoint,
    secret: 'key',
    requestsPerMinute: 100_000,
    listRequestsPerMinute: 100_000,
    ...options.settings,
  };
  // Nobody waits: a sleep moves the clock.
  let ahead = 0;
  const clock = {
    now: () => Date.now() + ahead,
    sleep: async (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
  const ports = {
    openStores: () => ({ objects, checkpoints }),
    keys: new ApiKeySource(secrets.client),
    startClock: () => clock,
    firstDay: options.firstDay ?? '2022-01-01',
    alerts: { refusedShare: 0.01, finishedSyncs: false },
    openSinks: () => ({
      sinks: options.sinks ?? [],
      finished: { deliverFinished: async () => new Set<string>() },
    }),
  };
  const handler = makeHandler(async () => ({ shop: settings, 'shop-2': settings }), ports);
  const output = captureOutput();
  const invoke = async (event: unknown = { workspace: 'shop' }, remaining = 900_000) => {
    const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remaining };
    // Only the event of a test alert is answered with anything else.
    return (await handler(event, context)) as Receipt;
  };
  return { server, secrets, objects, checkpoints, output, invoke };
}
