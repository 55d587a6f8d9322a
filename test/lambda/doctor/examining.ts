/** The doctor before a simulated Braze on loopback. Nobody waits: a sleep moves the clock. */
import { onTestFinished } from 'vitest';
import { httpTransport } from '../../../lambda/braze/http-transport.ts';
import type { Transport } from '../../../lambda/braze/transport.ts';
import type { Diagnosis } from '../../../lambda/doctor/check.ts';
import { type Examination, type ExamineOptions, examine } from '../../../lambda/doctor/examine.ts';
import type { Clock } from '../../../lambda/time/clock.ts';
import {
  type SimulatedBrazeServer,
  type SimulatedBrazeServerOptions,
  startSimulatedBraze,
} from '../../../local/simulator/http.ts';
import type { Lie } from '../../../local/simulator/lies/lie.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';
import type { IntegrationJson, World } from '../../../local/simulator/world.ts';

/** What must stand nowhere. */
export const sentinels = {
  key: 'sentinelkey-5d1f0c9e',
  ids: ['sentinelid-one', 'sentinelid-two', 'sentinelid-three'],
  name: 'Sentinelname of a shop',
  mail: 'sentinelmail@shop.example',
  group: 'sentinelgroup',
};

export interface Fault extends Partial<SimulatedBrazeServerOptions> {
  readonly lie?: Lie;
  readonly options?: Partial<ExamineOptions>;
  /** Behind the host. @default nothing */
  readonly path?: string;
  /** By so much the exporter's clock is ahead of Braze's, in milliseconds. */
  readonly aheadMs?: number;
  readonly transport?: Transport;
  /** What the list says of each integration. */
  readonly integration?: Partial<IntegrationJson>;
  /** Each row, in its place. */
  readonly row?: (row: object, index: number) => unknown;
}

const epoch = Date.UTC(2026, 10, 1);

/** Three integrations with 34, 12 and 4 syncs, or so many times more, every quarter of an hour. */
export function shopWorld(
  { integration, row = (same) => same }: Pick<Fault, 'integration' | 'row'> = {},
  times = 1,
): World {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const start = new Date(epoch - (count - index) * 900_000).toISOString().replace('Z', '123Z');
      return row(
        {
          job_status: 'success',
          sync_start_time: start,
          sync_finish_time: start.replace(':00.', ':30.'),
          last_timestamp_synced: start,
          rows_synced: index,
          rows_failed_with_errors: 0,
        },
        index,
      );
    });
  const counts = [34 * times, 12 * times, 4 * times];
  return {
    integrations: () =>
      sentinels.ids.map((id, index) => ({
        integration_id: id,
        app_group_id: sentinels.group,
        integration_name: sentinels.name,
        integration_type: 'user_attributes',
        integration_status: 'active',
        contact_emails: sentinels.mail,
        last_updated_at: null,
        warehouse_type: 'snowflake',
        last_job_start_time: new Date(epoch - index).toISOString(),
        last_job_status: 'success',
        next_scheduled_run: new Date(epoch + 900_000).toISOString(),
        ...integration,
      })),
    rows: (id) => {
      const count = counts[sentinels.ids.indexOf(id)];
      return count === undefined ? undefined : rows(count);
    },
  };
}

export function jumpingClock(): Clock {
  let now = epoch;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

export interface Examined extends Examination {
  readonly server: SimulatedBrazeServer;
  readonly elapsedMs: number;
}

export async function examined(fault: Fault = {}): Promise<Examined> {
  const { lie, options, path = '', aheadMs = 0, transport, integration, row, ...braze } = fault;
  const clock = jumpingClock();
  const server = await startSimulatedBraze({
    world: shopWorld({ ...(integration ? { integration } : {}), ...(row ? { row } : {}) }),
    keys: { [sentinels.key]: allPermissions },
    now: () => clock.now() - aheadMs,
    ...braze,
  });
  onTestFinished(() => server.close());
  server.braze.lie = lie;
  const began = clock.now();
  const examination = await examine(
    {
      endpoint: server.endpoint + path,
      key: { key: sentinels.key },
      limits: { list: 50, status: 100 },
      ...options,
    },
    {
      openTransport: (url, key) => transport ?? httpTransport(url, key),
      clock,
      random: () => 0.5,
    },
  );
  return { ...examination, server, elapsedMs: clock.now() - began };
}

/** What is neither ok nor skipped: `failed paging, pages`. */
export function troubles({ categories }: Diagnosis): string[] {
  return categories.flatMap(({ name: category, checks }) =>
    checks
      .filter(({ result }) => result === 'failed' || result === 'warning')
      .map(({ name, result }) => `${result} ${category}, ${name}`),
  );
}
