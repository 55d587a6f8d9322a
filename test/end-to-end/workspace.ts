import type { IntegrationJson, SyncJson, World } from '../../local/simulator/world.ts';

const first = Date.UTC(2026, 0, 5);
const hour = 3_600_000;

/** The sync of that number: one every five hours from the 5th of January 2026. */
export function sync(number: number, fields: Partial<SyncJson> = {}): SyncJson {
  return syncFrom(first + number * 5 * hour, { rows_synced: number, ...fields });
}

export function syncFrom(start: number, fields: Partial<SyncJson> = {}): SyncJson {
  return {
    job_status: 'success',
    sync_start_time: new Date(start).toISOString().replace('Z', '123Z'),
    sync_finish_time: new Date(start + 30_000).toISOString(),
    last_timestamp_synced: null,
    rows_synced: 0,
    rows_failed_with_errors: 0,
    ...fields,
  };
}

export function syncs(count: number): SyncJson[] {
  return Array.from({ length: count }, (_, number) => sync(number));
}

/** A world of these integrations; the test holds the rows and may change them. */
export function worldOf(rows: Record<string, unknown[] | undefined>): World {
  return {
    integrations: () => Object.keys(rows).map(integrationNamed),
    rows: (id) => (Object.hasOwn(rows, id) ? rows[id] : undefined),
  };
}

export function integrationNamed(id: string): IntegrationJson {
  return {
    integration_id: id,
    app_group_id: 'group',
    integration_name: `Name of ${id}`,
    integration_type: 'user_attributes',
    integration_status: 'active',
    contact_emails: 'someone@shop.example',
    last_updated_at: '2026-01-05T00:00:00.5Z',
    warehouse_type: 'snowflake',
    last_job_start_time: null,
    last_job_status: 'success',
    next_scheduled_run: null,
  };
}
