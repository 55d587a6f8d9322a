/** A workspace whose rows are written down one by one, each with the time from which on it is listed. */
import type { IntegrationJson, World } from '../../../local/simulator/world.ts';
import { Lab, type LabOptions } from './lab.ts';
import { Random } from './random.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const began = Date.UTC(2026, 5, 1, 12);

export interface TimedRow {
  /** When Braze begins to list it. */
  readonly listedAt: number;
  row: Record<string, unknown>;
}

/** A sync of 42 seconds. */
export function sync(start: number, more: object = {}): Record<string, unknown> {
  return {
    job_status: 'success',
    sync_start_time: new Date(start).toISOString(),
    sync_finish_time: new Date(start + 42_000).toISOString(),
    rows_synced: 1,
    ...more,
  };
}

/** So many rows up to the beginning, and 200 more to come. */
export function steady(rows: number, cadenceMs = hour): TimedRow[] {
  return Array.from({ length: rows + 200 }, (_, index) => {
    const start = began + (index - rows + 1) * cadenceMs;
    return { listedAt: start, row: sync(start) };
  });
}

/** So many integrations, each with the same number of rows. */
export function integrations(count: number, rows: number): Record<string, TimedRow[]> {
  const ids = Array.from({ length: count }, (_, index) => `i${String(index).padStart(3, '0')}`);
  return Object.fromEntries(ids.map((id) => [id, steady(rows)]));
}

/** @param rows by integration, as Braze lists them, the oldest first. */
export function timedLab(rows: Readonly<Record<string, readonly TimedRow[]>>, options: LabOptions = {}): Lab {
  const world: World = {
    integrations: () => Object.keys(rows).map(listed),
    rows: (id, at) => rows[id]?.filter(({ listedAt }) => listedAt <= at).map(({ row }) => row),
  };
  return new Lab(new Random(1), world, {
    now: began + 1000,
    limits: { list: 5000, status: 5000 },
    latency: [100, 100],
    ...options,
  });
}

export function listed(id: string): IntegrationJson {
  return {
    integration_id: id,
    app_group_id: 'group',
    integration_name: id,
    integration_type: null,
    integration_status: 'active',
    contact_emails: null,
    last_updated_at: null,
    warehouse_type: null,
    last_job_start_time: null,
    last_job_status: null,
    next_scheduled_run: null,
  };
}

/** @returns how many days of the lake were read since it was asked last; the runs of the lab are counted from now on. */
export function countDaysRead(lab: Lab): () => number {
  let read = 0;
  const get = lab.objects.get.bind(lab.objects);
  lab.objects.get = async (key) => {
    if (key.startsWith('syncs/')) read += 1;
    return get(key);
  };
  return () => {
    const before = read;
    read = 0;
    return before;
  };
}
