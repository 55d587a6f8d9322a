/** The workspace that all exporters read: the same history at each call, and what becomes of it in two days. */
import { timestamp } from '../../local/simulator/timestamp.ts';
import type { IntegrationJson, SyncJson, World } from '../../local/simulator/world.ts';

export const hour = 3_600_000;

export interface PeersWorldOptions {
  readonly integrations: number;
  /** Syncs of each before the first export. */
  readonly rows: number;
  /** Milliseconds between two starts. */
  readonly cadence: number;
  /** When the first export begins, in milliseconds since the epoch. */
  readonly begin: number;
  /** How long after the first export the last sync before it ends, in milliseconds: of the first integrations. */
  readonly late?: readonly number[];
}

/** A row as a loader has to keep it. */
export type KeptSync = SyncJson & { readonly integration_id: string };

const usualDuration = 42_000;
const twoDays = 48 * hour;

export class PeersWorld implements World {
  readonly #syncs = new Map<string, { readonly start: number; readonly end: number }[]>();

  constructor({ integrations, rows, cadence, begin, late = [] }: PeersWorldOptions) {
    for (let index = 0; index < integrations; index += 1) {
      // A minute apart, so that no two starts are the same.
      const last = begin - (index + 2) * 60_000;
      const count = rows + Math.ceil(twoDays / cadence);
      const starts = Array.from({ length: count }, (_, row) => last + (row + 1 - rows) * cadence);
      const endsLate = late[index];
      this.#syncs.set(
        `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        starts.map((start) => ({
          start,
          end: start === last && endsLate !== undefined ? begin + endsLate : start + usualDuration,
        })),
      );
    }
  }

  integrations(): IntegrationJson[] {
    return [...this.#syncs.keys()].map(listed);
  }

  rows(id: string, at: number): SyncJson[] | undefined {
    return this.#syncs
      .get(id)
      ?.filter(({ start }) => start <= at)
      .map(({ start, end }) => sync(start, end, at));
  }

  /** All that can be known at this time. */
  truth(at: number): KeptSync[] {
    return [...this.#syncs.keys()].flatMap((integration_id) =>
      (this.rows(integration_id, at) ?? []).map((row) => ({ integration_id, ...row })),
    );
  }
}

function sync(start: number, end: number, at: number): SyncJson {
  const sync_start_time = timestamp(start * 1000 + 728);
  if (at < end) {
    return {
      job_status: 'running',
      sync_start_time,
      sync_finish_time: null,
      last_timestamp_synced: null,
      rows_synced: null,
      rows_failed_with_errors: null,
    };
  }
  const refused = (start / 60_000) % 7 === 0 ? 3 : 0;
  return {
    job_status: refused > 0 ? 'partial' : 'success',
    sync_start_time,
    sync_finish_time: timestamp(end * 1000 + 113),
    last_timestamp_synced: timestamp((start - 60_000) * 1000),
    rows_synced: 1000 + ((start / 60_000) % 9973),
    rows_failed_with_errors: refused,
  };
}

function listed(id: string): IntegrationJson {
  return {
    integration_id: id,
    app_group_id: '5f3c1d2e4b6a790011223344',
    integration_name: `Integration ${id.slice(-4)}`,
    integration_type: 'users',
    integration_status: 'active',
    contact_emails: 'team@example.com',
    last_updated_at: null,
    warehouse_type: 'snowflake',
    last_job_start_time: null,
    last_job_status: null,
    next_scheduled_run: null,
  };
}
