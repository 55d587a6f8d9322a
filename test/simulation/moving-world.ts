/**
 * A Braze workspace that moves between any two requests: syncs start, running ones end, old ones are purged.
 * It remembers everything that ever stood in it: the model that the lake is compared with.
 */
import { type IntegrationJson, RawJson, type World } from '../../local/simulator/world.ts';
import type { Random } from './random.ts';

export interface ModelSync {
  readonly integrationId: string;
  /** As served. */
  readonly start: string;
  /** Milliseconds. */
  readonly startedAt: number;
  /** Every form in which it was served or could have been, oldest first. */
  readonly versions: string[];
  /** The last of them, as an object. */
  served: unknown;
  endsAt: number;
  ended: boolean;
  purged: boolean;
}

export interface WorldOptions {
  readonly integrations: number;
  /** Rows at the beginning, at the most. */
  readonly rows: number;
  /** Between two requests. */
  readonly newSyncChance: number;
  readonly purgeChance: number;
  readonly hostileChance: number;
  /** A chance that a running sync never ends, and as large a one that it takes hours or days. */
  readonly stuckChance: number;
}

const minute = 60_000;
const statuses = ['success', 'success', 'success', 'partial', 'error', 'config_error', 'Limit Exceeded'];

export class MovingWorld implements World {
  /** By integration, oldest first. */
  readonly syncs = new Map<string, ModelSync[]>();
  /** Rows that can't be placed, by integration, with where they stand in the list. */
  readonly hostile = new Map<string, { readonly json: string; readonly startedAt: number }[]>();
  readonly gone = new Set<string>();
  readonly #random: Random;
  readonly #options: WorldOptions;
  frozen = false;
  /** No request has seen it yet: a sync may still start beside one that is long over. */
  #building = true;

  constructor(random: Random, options: WorldOptions, now: number) {
    this.#random = random;
    this.#options = options;
    for (let index = 0; index < options.integrations; index += 1) {
      const id = `integration-${String(index).padStart(3, '0')}`;
      this.syncs.set(id, []);
      this.hostile.set(id, []);
      const rows = random.between(0, options.rows);
      const cadence = random.pick([5, 15, 60, 60 * 24]) * minute;
      for (let age = rows; age > 0; age -= 1)
        this.#start(id, now - age * cadence - random.between(0, minute));
    }
    this.#building = false;
    this.#end(now - minute);
  }

  integrations(): IntegrationJson[] {
    return [...this.syncs.keys()].filter((id) => !this.gone.has(id)).map((id) => listed(id));
  }

  /** Nothing in its list can be placed, and it is not empty. */
  isHostile(id: string): boolean {
    const isPurged = this.syncs.get(id)?.every(({ purged }) => purged) ?? true;
    return isPurged && (this.hostile.get(id)?.length ?? 0) > 0;
  }

  rows(id: string): unknown[] | undefined {
    const syncs = this.syncs.get(id);
    if (!syncs || this.gone.has(id)) return undefined;
    const rows = [
      ...syncs.filter(({ purged }) => !purged),
      ...(this.hostile.get(id) ?? []).map(({ startedAt, json }) => ({
        startedAt,
        served: new RawJson(json),
      })),
    ];
    rows.sort((a, b) => a.startedAt - b.startedAt);
    return rows.map(({ served }) => served);
  }

  /** What happens before the next request is answered. */
  move(now: number): void {
    if (this.frozen) return;
    const { newSyncChance, purgeChance, hostileChance } = this.#options;
    const id = this.#random.pick([...this.syncs.keys()]);
    // Several at once now and then: a burst moves a kept place by pages.
    if (this.#random.chance(newSyncChance)) {
      const burst = this.#random.chance(0.1) ? this.#random.between(5, 35) : 1;
      for (let each = burst; each > 0; each -= 1) this.#start(id, now - each);
    }
    if (this.#random.chance(hostileChance)) {
      this.hostile.get(id)?.push({ startedAt: now, json: this.#random.pick(hostileRows) });
    }
    if (this.#random.chance(purgeChance)) this.#purge(id);
    this.#end(now);
  }

  #purge(id: string): void {
    const left = (this.syncs.get(id) ?? []).filter(({ purged }) => !purged);
    for (const sync of left.slice(0, this.#random.between(1, 6))) sync.purged = true;
  }

  #start(id: string, at: number): void {
    const syncs = this.syncs.get(id) ?? [];
    const before = syncs.at(-1);
    // Two may differ by microseconds only.
    const close =
      before &&
      (this.#building || at - before.startedAt <= 1) &&
      this.#random.chance(0.1) &&
      !before.start.endsWith('999Z');
    const startedAt = close ? before.startedAt : Math.max(at, (before?.startedAt ?? 0) + 1);
    const least = close ? Number(before.start.slice(-4, -1)) + 1 : 0;
    const micros = String(this.#random.between(least, 999)).padStart(3, '0');
    const start = new Date(startedAt).toISOString().replace('Z', `${micros}Z`);
    const endsAt = startedAt + this.#duration();
    const open = { job_status: 'running', sync_start_time: start, sync_finish_time: null, rows_synced: 0 };
    const versions = [JSON.stringify(open)];
    const sync = {
      integrationId: id,
      start,
      startedAt,
      versions,
      served: open,
      endsAt,
      ended: false,
      purged: false,
    };
    // Mostly one running sync an integration: the one before ends when the next begins, unless it takes hours.
    const lingers = before && before.endsAt - before.startedAt > 30 * 10_000;
    if (before && !before.ended && !lingers) this.#finish(before);
    syncs.push(sync);
  }

  #duration(): number {
    if (this.#random.chance(this.#options.stuckChance)) return Number.POSITIVE_INFINITY;
    if (this.#random.chance(this.#options.stuckChance)) return this.#random.between(1, 60) * 3_600_000;
    return this.#random.between(1, 30) * 10_000;
  }

  #end(now: number): void {
    for (const syncs of this.syncs.values()) {
      for (const sync of syncs) if (!sync.ended && sync.endsAt <= now) this.#finish(sync);
    }
  }

  #finish(sync: ModelSync): void {
    sync.ended = true;
    const status = this.#random.pick(statuses);
    const finish = new Date(Math.min(sync.endsAt, sync.startedAt + 60_000)).toISOString();
    sync.served = {
      job_status: status,
      sync_start_time: sync.start,
      sync_finish_time: status === 'config_error' ? null : finish,
      last_timestamp_synced: finish,
      rows_synced: this.#random.between(0, 1e6),
      rows_failed_with_errors: 0,
    };
    sync.versions.push(JSON.stringify(sync.served));
  }
}

const hostileRows = [
  '5',
  'null',
  '{"job_status":"success"}',
  '{"job_status":"success","sync_start_time":1790000000}',
  '{"sync_start_time":"2026-01-01 00:00:00 CET","job_status":"success"}',
  '{"sync_start_time":"2019-01-01T00:00:00Z","job_status":"success"}',
];

function listed(id: string): IntegrationJson {
  return {
    integration_id: id,
    app_group_id: 'group',
    integration_name: `Name of ${id}`,
    integration_type: 'users',
    integration_status: 'active',
    contact_emails: 'somebody@example.com',
    last_updated_at: null,
    warehouse_type: 'snowflake',
    last_job_start_time: null,
    last_job_status: null,
    next_scheduled_run: null,
  };
}
