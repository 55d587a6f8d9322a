/** A workspace whose integrations sync at a fixed cadence: how many pages it has at a time is known beforehand. */
import type { IntegrationJson, World } from '../../local/simulator/world.ts';

export interface SteadyWorldOptions {
  readonly integrations: number;
  /** Syncs of each at `since` plus their cadence times `rows`. */
  readonly rows: number;
  /** Milliseconds between two starts. */
  readonly cadence: number;
  /** Milliseconds since the epoch: when the last of the `rows` started. */
  readonly until: number;
}

export class SteadyWorld implements World {
  readonly #options: SteadyWorldOptions;
  readonly #rows = new Map<string, unknown[]>();

  constructor(options: SteadyWorldOptions) {
    this.#options = options;
    for (let index = 0; index < options.integrations; index += 1) {
      this.#rows.set(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, []);
    }
  }

  integrations(): IntegrationJson[] {
    return [...this.#rows.keys()].map(listed);
  }

  rows(id: string, at: number): unknown[] | undefined {
    const rows = this.#rows.get(id);
    if (!rows) return undefined;
    const { until, cadence, rows: before } = this.#options;
    const due = before + Math.max(0, Math.floor((at - until) / cadence));
    for (let index = rows.length; index < due; index += 1)
      rows.push(syncAt(until - (before - 1 - index) * cadence));
    return rows;
  }
}

function syncAt(start: number): unknown {
  return {
    job_status: start % 7 === 0 ? 'partial' : 'success',
    sync_start_time: new Date(start).toISOString().replace('Z', '728Z'),
    sync_finish_time: new Date(start + 42_000).toISOString().replace('Z', '113Z'),
    last_timestamp_synced: new Date(start - 60_000).toISOString().replace('Z', '000Z'),
    rows_synced: 1000 + (start % 9973),
    rows_failed_with_errors: start % 7 === 0 ? 3 : 0,
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
