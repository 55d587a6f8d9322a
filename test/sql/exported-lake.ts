/** A history as Braze would serve it, and what the lake must hold when it was exported. */
import { type IntegrationJson, RawJson, type World } from '../../local/simulator/world.ts';
import type { Integration, ModelLake, Sync } from './model/lake.ts';

/** Not JSON.stringify: counts go up to the ends of 64 bits. */
function rowText(sync: Sync, index: number): string {
  // Two syncs may start in the same millisecond: then the microseconds tell them apart.
  const start = new Date(sync.start).toISOString().replace('Z', `${String(index % 1000).padStart(3, '0')}Z`);
  const time = (at: number | null) => (at === null ? 'null' : `"${new Date(at).toISOString()}"`);
  return (
    `{"job_status":${JSON.stringify(sync.status?.toUpperCase() ?? null)},"sync_start_time":"${start}",` +
    `"sync_finish_time":${time(sync.finish)},"last_timestamp_synced":${time(sync.lastSynced)},` +
    `"rows_synced":${sync.synced},"rows_failed_with_errors":${sync.failed},"new_field":"it's ${index}"}`
  );
}

const listed = ({ id, name, type, status }: Integration): IntegrationJson => ({
  integration_id: id,
  app_group_id: 'group',
  integration_name: name,
  integration_type: type,
  integration_status: status,
  contact_emails: 'someone@shop.example',
  last_updated_at: null,
  warehouse_type: 'snowflake',
  last_job_start_time: null,
  last_job_status: null,
  next_scheduled_run: null,
});

export interface ExportedLake {
  readonly world: World;
  /** Without coverage, which is the exporter's own to say. */
  readonly lake: ModelLake;
}

/** One workspace, `a`, in which every integration is listed. */
export function exportedLake(generated: ModelLake): ExportedLake {
  const names = new Map(generated.integrations.map((each) => [each.id, each]));
  const ids = [...new Set([...generated.syncs.map(({ id }) => id), ...names.keys()])];
  const integrations = ids.map((id): Integration => {
    const { name, type, status } = names.get(id) ?? { name: id, type: null, status: 'active' };
    return { workspace: 'a', id, name, type, status, listed: true, warehouse: 'snowflake', nextRun: null };
  });
  const syncs = generated.syncs
    .toSorted((a, b) => a.start - b.start)
    .map((sync, index): Sync => {
      const status = sync.status?.toUpperCase().toLowerCase() ?? null;
      return { ...sync, workspace: 'a', status, raw: rowText(sync, index) };
    });
  const rows = new Map(
    ids.map((id) => [id, syncs.filter((sync) => sync.id === id).map(({ raw }) => new RawJson(raw))]),
  );
  return {
    world: { integrations: () => integrations.map(listed), rows: (id) => rows.get(id) },
    lake: { syncs, integrations, coverage: [], standing: [], quarantine: [], changes: [] },
  };
}
