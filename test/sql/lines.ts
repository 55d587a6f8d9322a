/** Lines of a lake for tests, of which only what matters has to be said. */
import type { Change, Coverage, Integration, ModelLake, Standing, Sync } from './model/lake.ts';
import { minuteMs } from './model/lake.ts';

/** A success of five minutes that brings a hundred rows. */
export function sync(fields: Partial<Sync> & Pick<Sync, 'start'>): Sync {
  return {
    workspace: 'a',
    id: 'one',
    finish: fields.start + 5 * minuteMs,
    lastSynced: fields.start - minuteMs,
    status: 'success',
    synced: 100n,
    failed: 0n,
    raw: '{}',
    ...fields,
  };
}

export const running = { status: 'running', finish: null, lastSynced: null, synced: null, failed: null };

export function integration(fields: Partial<Integration>): Integration {
  return {
    workspace: 'a',
    id: 'one',
    name: 'Users',
    type: 'user_attributes',
    status: 'active',
    listed: true,
    warehouse: null,
    nextRun: null,
    ...fields,
  };
}

export function coverage(fields: Partial<Coverage>): Coverage {
  return {
    workspace: 'a',
    id: 'one',
    from: null,
    to: null,
    gaps: 0n,
    open: 0n,
    abandoned: 0n,
    rowOrder: 'newest_first',
    state: 'complete',
    failure: null,
    checkedAt: null,
    ...fields,
  };
}

/** Of an integration that has never synced, unless more is said. */
export function standing(fields: Partial<Standing>): Standing {
  return {
    workspace: 'a',
    id: 'one',
    state: 'new',
    since: null,
    reason: 'It has never synced.',
    lastStart: null,
    lastFinish: null,
    lastStatus: null,
    lastSynced: null,
    lastFailed: null,
    lastSuccess: null,
    withoutSuccess: 0n,
    failingSince: null,
    usualMinutes: null,
    expectedBy: null,
    dueSince: null,
    judgedBy: null,
    late: null,
    minutesLate: null,
    traps: null,
    newestTimestamp: null,
    detailsUntil: null,
    continues: null,
    incidents: null,
    asOf: null,
    ...fields,
  };
}

/** Of its status, unless more is said. */
export function change(fields: Partial<Change> & Pick<Change, 'seenAt' | 'before' | 'after'>): Change {
  return { workspace: 'a', id: 'one', field: 'integration_status', ...fields };
}

export const lakeOf = (fields: Partial<ModelLake>): ModelLake => ({
  syncs: [],
  integrations: [],
  coverage: [],
  standing: [],
  quarantine: [],
  changes: [],
  ...fields,
});
