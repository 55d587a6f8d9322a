/** A workspace whose integrations sync at times that are known beforehand: nothing is open, nothing goes wrong. */
import type { IntegrationJson, World } from '../../local/simulator/world.ts';

interface Schedule {
  readonly starts: Iterator<number>;
  /** The start that comes next; undefined where there is none. */
  next: number | undefined;
  /** Oldest first, as far as somebody has asked. */
  readonly rows: unknown[];
}

export class ScheduledWorld implements World {
  readonly #schedules = new Map<string, Schedule>();

  /** @param starts of each integration, in milliseconds since the epoch, the oldest first; they need not end. */
  constructor(starts: readonly Iterator<number>[]) {
    for (const [index, each] of starts.entries())
      this.#schedules.set(idOf(index), { starts: each, next: nextOf(each), rows: [] });
  }

  integrations(): IntegrationJson[] {
    return [...this.#schedules.keys()].map(listed);
  }

  rows(id: string, at: number): unknown[] | undefined {
    const schedule = this.#schedules.get(id);
    if (!schedule) return undefined;
    const { starts, rows } = schedule;
    for (; schedule.next !== undefined && schedule.next <= at; schedule.next = nextOf(starts))
      rows.push(syncAt(schedule.next));
    return rows;
  }
}

export const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function nextOf(starts: Iterator<number>): number | undefined {
  const { done, value } = starts.next();
  return done ? undefined : value;
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

export function listed(id: string): IntegrationJson {
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
