/**
 * A Braze workspace that moves between any two requests: syncs start, running ones end, old ones are purged.
 * It remembers everything that ever stood in it: the model that the lake is compared with.
 */
import { type IntegrationJson, RawJson, type World } from '../../../local/simulator/world.ts';
import { finishSync, type ModelSync, startedSync } from './model-sync.ts';
import { happenOddly } from './odd-events.ts';
import { type StableChance, stableChance } from './stable-chance.ts';
import {
  hostileRows,
  type PlainEvent,
  type SiteEvent,
  type TimedEvent,
  type WorldEvent,
  type WorldPlan,
} from './world-plan.ts';

const minute = 60_000;

/** What a detail of a sync is drawn for. */
const drawn = {
  close: 0,
  micros: 1,
  stuck: 2,
  slow: 3,
  hours: 4,
  duration: 5,
  ending: 6,
  offset: 7,
} as const;

export class MovingWorld implements World {
  /** By integration, oldest first. */
  readonly syncs = new Map<string, ModelSync[]>();
  /** Rows that can't be placed, by integration, with where they stand in the list. */
  readonly hostile = new Map<string, { readonly json: string; readonly startedAt: number }[]>();
  readonly gone = new Set<string>();
  frozen = false;
  /** What happens at the exporter's place, in the midst of a run. */
  atSite: (event: SiteEvent) => void = () => {};
  readonly #ids: readonly string[];
  readonly #chance: StableChance;
  readonly #stuckShare: number;
  readonly #close: boolean;
  /** How many of the integrations anything happens to. */
  readonly #moving: number;
  /** What happens while requests come in, the next one first. */
  #coming: TimedEvent[] = [];
  /** When a request was last answered. */
  #answeredAt = 0;
  /** Requests since the last of these events. */
  #requests = 0;
  /** No request has seen it yet: a sync may still start beside one that is long over. */
  #building = true;

  constructor(plan: WorldPlan, now: number) {
    const { details, stuckShare, close, idle } = plan;
    const idlePlans = Array.from({ length: idle }, () => ({ rows: 1, cadenceMinutes: 60 * 24 }));
    const integrations = [...plan.integrations, ...idlePlans];
    this.#chance = stableChance(details);
    this.#stuckShare = stuckShare;
    this.#close = close;
    this.#moving = plan.integrations.length;
    this.#ids = integrations.map((_, index) => `integration-${String(index).padStart(3, '0')}`);
    for (const [index, { rows, cadenceMinutes }] of integrations.entries()) {
      const id = this.#idOf(index);
      this.syncs.set(id, []);
      this.hostile.set(id, []);
      for (let age = rows; age > 0; age -= 1) {
        const offset = this.#chance(index, age, drawn.offset) * minute;
        this.#start(index, Math.floor(now - age * cadenceMinutes * minute - offset));
      }
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

  /** Oldest first, its last page has nothing but rows that can't be placed. */
  isLastPageHostile(id: string): boolean {
    const rows = this.rows(id) ?? [];
    const hostile = new Set(this.hostile.get(id)?.map(({ json }) => json));
    const lastPage = rows.slice(-(rows.length % 10 || 10));
    return lastPage.length > 0 && lastPage.every((row) => row instanceof RawJson && hostile.has(row.json));
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
    return inServedOrder(rows).map(({ served }) => served);
  }

  /** What will happen between the requests to come. */
  expect(events: readonly TimedEvent[]): void {
    this.#coming = [...events];
    this.#requests = 0;
  }

  /** What happens before the next request is answered. */
  move(now: number): void {
    if (this.frozen) return;
    this.#requests += 1;
    for (let next = this.#coming[0]; next && next.requests < this.#requests; next = this.#coming[0]) {
      this.#coming.shift();
      this.#requests = 1;
      if (next.event.kind === 'lost object' || next.event.kind === 'clock steps') this.atSite(next.event);
      else this.happen(next.event, now);
    }
    this.#end(now);
    this.#answeredAt = now;
  }

  happen(event: WorldEvent, now: number): void {
    this.#end(now);
    const index = event.integration % this.#moving;
    const id = this.#idOf(index);
    const syncs = this.syncs.get(id) ?? [];
    if ('down' in event || 'minutes' in event || 'hours' in event || event.kind === 'strange status') {
      happenOddly(event, id, syncs, Math.floor(now));
    } else this.#happenPlainly(event, index, syncs, Math.floor(now));
  }

  /** Nothing moves any more; what ran again comes to its end. */
  comeToRest(now: number): void {
    this.#end(now);
    for (const [integration, id] of this.#ids.entries()) {
      for (const [index, sync] of (this.syncs.get(id) ?? []).entries()) {
        if (sync.reopened && !sync.ended) this.#finish(sync, integration, index);
      }
    }
    this.frozen = true;
  }

  #happenPlainly(event: PlainEvent, index: number, syncs: readonly ModelSync[], now: number): void {
    const id = this.#idOf(index);
    switch (event.kind) {
      case 'start':
        for (let each = Math.min(event.syncs, this.#sinceAnswer(now)); each > 0; each -= 1) {
          this.#start(index, Math.max(now - each, Math.floor(this.#answeredAt) + 1));
        }
        return;
      case 'purge': {
        const left = syncs.filter(({ purged }) => !purged).sort((a, b) => a.startedAt - b.startedAt);
        for (const sync of left.slice(0, event.rows)) sync.purged = true;
        return;
      }
      case 'hostile': {
        const json = hostileRows[event.row % hostileRows.length] ?? '';
        this.hostile.get(id)?.push({ startedAt: now, json });
        return;
      }
      case 'remove':
        if (this.gone.size < this.#moving - 1) this.gone.add(id);
    }
  }

  /** Milliseconds in which syncs may have started: one that did earlier would have been on the page. */
  #sinceAnswer(now: number): number {
    return Math.max(1, now - Math.floor(this.#answeredAt) - 1);
  }

  #idOf(index: number): string {
    return this.#ids[index] ?? '';
  }

  #start(index: number, at: number): void {
    const id = this.#idOf(index);
    const syncs = this.syncs.get(id) ?? [];
    const draw = (what: keyof typeof drawn) => this.#chance(index, syncs.length, drawn[what]);
    const before = syncs.findLast(({ odd }) => !odd);
    // Two may differ by microseconds only.
    const close =
      before &&
      this.#close &&
      (this.#building || at - before.startedAt <= 1) &&
      draw('close') < 0.1 &&
      !before.start.endsWith('999Z');
    const startedAt = close ? before.startedAt : Math.max(at, (before?.startedAt ?? 0) + 1);
    const least = close ? Number(before.start.slice(-4, -1)) + 1 : 0;
    const micros = String(least + Math.floor(draw('micros') * (1000 - least))).padStart(3, '0');
    const start = new Date(startedAt).toISOString().replace('Z', `${micros}Z`);
    // Mostly one running sync an integration: the one before ends when the next begins, unless it takes hours.
    const lingers = before && before.endsAt - before.startedAt > 30 * 10_000;
    if (before && !before.ended && !lingers) this.#finish(before, index, syncs.indexOf(before));
    syncs.push(startedSync(id, { start, startedAt, endsAt: startedAt + this.#duration(draw) }));
  }

  #duration(draw: (what: keyof typeof drawn) => number): number {
    if (draw('stuck') < this.#stuckShare) return Number.POSITIVE_INFINITY;
    if (draw('slow') < this.#stuckShare) return Math.ceil(draw('hours') * 60) * 3_600_000;
    return Math.ceil(draw('duration') * 30) * 10_000;
  }

  #end(now: number): void {
    for (const [integration, id] of this.#ids.entries()) {
      for (const [index, sync] of (this.syncs.get(id) ?? []).entries()) {
        if (!sync.ended && sync.endsAt <= now) this.#finish(sync, integration, index);
      }
    }
  }

  #finish(sync: ModelSync, integration: number, index: number): void {
    finishSync(sync, this.#chance(integration, index, drawn.ending));
  }
}

/** @param rows oldest first; one that is swapped changes places with the next newer one. */
function inServedOrder<T extends object>(rows: readonly T[]): readonly T[] {
  const served = [...rows];
  for (let index = 0; index + 1 < rows.length; index += 1) {
    const [row, next] = [rows[index], rows[index + 1]];
    if (!row || !next || !('swapped' in row && row.swapped)) continue;
    served.splice(index, 2, next, row);
    index += 1;
  }
  return served;
}

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
