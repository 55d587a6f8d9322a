/** The integrations of the workspace in one run: those that earlier runs have kept, and those that this one meets. */
import type { CheckpointRecord, DamagedRecord } from '../checkpoint/checkpoint-store.ts';
import {
  type IntegrationState,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../checkpoint/integration-record.ts';
import { workspaceItem } from '../checkpoint/lease.ts';
import { Damaged } from '../errors/damaged.ts';
import { openSyncs } from '../lake/coverage.ts';
import { dayOf } from '../rows/instant.ts';
import { gapsOf } from '../walk/history.ts';
import { type Course, IntegrationRun } from './integration-run.ts';
import type { Receipt } from './receipt.ts';

export class IntegrationRuns {
  readonly #course: Course;
  readonly #byId = new Map<string, IntegrationRun>();
  /** Those that this run is to export. */
  readonly #due = new Set<IntegrationRun>();

  constructor(course: Course = {}) {
    this.#course = course;
  }

  get byId(): ReadonlyMap<string, IntegrationRun> {
    return this.#byId;
  }

  get all(): IntegrationRun[] {
    return [...this.#byId.values()];
  }

  /** Those that this run is to export. */
  get due(): IntegrationRun[] {
    return this.all.filter((each) => this.#due.has(each));
  }

  isDue(integration: IntegrationRun): boolean {
    return this.#due.has(integration);
  }

  /** All that are not gone. */
  get present(): IntegrationRun[] {
    return this.all.filter(({ state }) => state.condition !== 'gone');
  }

  /** All that can be known of those that are due is known. */
  get isComplete(): boolean {
    return this.due.every((each) => each.isGone || each.isComplete);
  }

  /** UTC day of the oldest sync that is known; undefined: there is none. */
  get oldestDay(): string | undefined {
    const oldest = this.all.flatMap(({ state }) => state.history.stretches.at(-1)?.oldest ?? []);
    const [first] = oldest.sort();
    return first && dayOf(first);
  }

  /** Takes over what earlier runs have kept. @returns what of it can't be read: it stays as it is, and is not exported. */
  load(records: readonly (CheckpointRecord | DamagedRecord)[]): Damaged[] {
    const damages: Damaged[] = [];
    for (const record of records) {
      if (record.item === workspaceItem) continue;
      try {
        if ('damaged' in record) throw record.damaged;
        const integration = new IntegrationRun(readIntegrationState(record), record.version, this.#course);
        this.#byId.set(integration.id, integration);
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        damages.push(error);
        const id = idOf(record.item);
        if (id !== undefined) this.#of(id).holdBack(error.message);
      }
    }
    return damages;
  }

  /** These were named by hand. */
  takeNamed(ids: readonly string[]): void {
    for (const id of ids) this.#due.add(this.#of(id));
  }

  /** Those that are known, until a list says otherwise, are to be exported. */
  takeKnown(): void {
    for (const integration of this.present) this.#due.add(integration);
  }

  /** The list names it: it is to be exported. @returns it where it was not to be before. */
  takeListed(id: string): IntegrationRun | undefined {
    const integration = this.#of(id);
    const isNew = !this.#due.has(integration);
    this.#due.add(integration);
    integration.appear();
    return isNew ? integration : undefined;
  }

  /** None of them can be exported. */
  denyAll(message: string): void {
    for (const integration of this.due) {
      if (!integration.isOver && !integration.isComplete) integration.fail(message);
    }
  }

  /** What coverage may say when nothing of this run's reading could be kept. */
  keptWith(failure: string): ReturnType<IntegrationRun['keptWith']>[] {
    return this.all.map((each) =>
      this.#due.has(each) || each.isHeldBack ? each.keptWith(failure) : each.kept,
    );
  }

  /** Fills in the receipt what holds at the end. */
  count(receipt: Receipt): void {
    for (const { standing } of this.all)
      for (const { event } of standing.announced) receipt.incidents[event] += 1;
    // Where the list was not read to its end, what is known counts.
    const listed = this.#due.size > 0 ? this.due : this.all;
    const present = listed.filter(({ state }) => state.condition !== 'gone');
    receipt.integrations.total = present.length;
    receipt.integrations.failed = present.filter(({ state }) => state.condition === 'failing').length;
    for (const { state } of present) {
      receipt.gaps += gapsOf(state.history);
      receipt.open += openSyncs(state);
    }
  }

  /** The one of that id; a fresh one where it was never met before. */
  #of(id: string): IntegrationRun {
    const known = this.#byId.get(id) ?? new IntegrationRun(unknownState(id), undefined, this.#course);
    this.#byId.set(id, known);
    return known;
  }
}

/** The lake may have syncs of it: a run that met it was killed, or somebody has moved its record away. */
function unknownState(id: string): IntegrationState {
  const state = newIntegrationState(id);
  return { ...state, standing: { ...state.standing, stale: true } };
}

function idOf(item: string | undefined): string | undefined {
  const prefix = integrationItem('');
  return item?.startsWith(prefix) ? item.slice(prefix.length) : undefined;
}
