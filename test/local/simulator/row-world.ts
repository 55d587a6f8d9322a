import type { IntegrationJson, SyncJson, World } from '../../../local/simulator/world.ts';

/** A sync that started so many minutes after midnight. */
export function syncAt(minute: number, fields: Partial<SyncJson> = {}): SyncJson {
  const start = Date.UTC(2026, 2, 1) + minute * 60_000;
  return {
    job_status: 'success',
    sync_start_time: new Date(start).toISOString().replace('Z', '123Z'),
    sync_finish_time: new Date(start + 30_000).toISOString(),
    last_timestamp_synced: null,
    rows_synced: minute,
    rows_failed_with_errors: 0,
    ...fields,
  };
}

export function syncs(count: number): SyncJson[] {
  return Array.from({ length: count }, (_, minute) => syncAt(minute));
}

/** The world of one integration, `one`, whose rows the test holds and may change. */
export function rowWorld(rows: readonly unknown[], integrationCount = 1): World {
  const integrations = Array.from({ length: integrationCount }, (_, index) =>
    integrationNamed(`id-${index}`),
  );
  return { integrations: () => integrations, rows: (id) => (id === 'one' ? rows : undefined) };
}

function integrationNamed(id: string): IntegrationJson {
  return {
    integration_id: id,
    app_group_id: 'group',
    integration_name: id,
    integration_type: 'user_attributes',
    integration_status: 'active',
    contact_emails: 'someone@shop.example',
    last_updated_at: null,
    warehouse_type: 'snowflake',
    last_job_start_time: null,
    last_job_status: 'success',
    next_scheduled_run: null,
  };
}
