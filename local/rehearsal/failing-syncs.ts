/** The simulated workspace with a warehouse that can be switched off: one integration's syncs fail until it is on again. */
import type { SyncJson, World } from '../simulator/world.ts';

/** As many of the newest must have gone well: else an incident may be open already. */
const calm = 20;

export class FailingSyncs {
  readonly #world: World;
  #outage: { readonly integrationId: string; readonly from: number; to: number } | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  readonly rows = (integrationId: string, at: number): readonly unknown[] | undefined =>
    this.#world.rows(integrationId, at)?.map((row) => {
      const outage = this.#outage;
      if (!outage || integrationId !== outage.integrationId || !isSync(row)) return row;
      const start = Date.parse(row.sync_start_time);
      const failed = row.sync_finish_time !== null && start > outage.from && start <= outage.to;
      return failed ? { ...row, job_status: 'error', last_timestamp_synced: null, rows_synced: 0 } : row;
    });

  /** Of the integration that syncs most, and goes well. @returns its id. */
  begin(at: number): string {
    const candidates = this.#world.integrations(at).flatMap(({ integration_id: id }) => {
      const rows = (id === null ? [] : (this.#world.rows(id, at) ?? [])).filter(isSync);
      const isWell = rows.slice(-calm).every(({ job_status }) => ['success', 'running'].includes(job_status));
      return id !== null && isWell ? [{ id, syncs: rows.length }] : [];
    });
    const [first] = candidates.sort((a, b) => b.syncs - a.syncs);
    if (!first) throw new TypeError('No integration of the simulated Braze goes well.');
    this.#outage = { integrationId: first.id, from: at, to: Number.POSITIVE_INFINITY };
    return first.id;
  }

  end(at: number): void {
    if (this.#outage) this.#outage.to = at;
  }
}

const isSync = (row: unknown): row is SyncJson =>
  typeof row === 'object' && row !== null && 'job_status' in row && 'sync_start_time' in row;
