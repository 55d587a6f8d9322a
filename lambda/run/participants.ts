/** The integrations of the workspace in one run: those that earlier runs have kept, and those that this one meets. */
import type { CheckpointRecord, DamagedRecord } from '../checkpoint/checkpoint-store.ts';
import { integrationItem, readIntegrationState } from '../checkpoint/integration-record.ts';
import { workspaceItem } from '../checkpoint/lease.ts';
import { Damaged } from '../errors/damaged.ts';
import { gapsOf } from '../walk/history.ts';
import type { Listing } from './list.ts';
import { Participant } from './participant.ts';
import type { Receipt } from './receipt.ts';

export class Participants {
  readonly #byId = new Map<string, Participant>();

  get byId(): ReadonlyMap<string, Participant> {
    return this.#byId;
  }

  get all(): Participant[] {
    return [...this.#byId.values()];
  }

  /** Those that this run is to export. */
  get due(): Participant[] {
    return this.all.filter(({ due }) => due);
  }

  /** All that can be known of those that are due is known. */
  get complete(): boolean {
    return this.due.every((each) => (each.ended && each.state.gone) || each.complete);
  }

  /** The one of that id; a fresh one where it was never met before. */
  of(id: string): Participant {
    const known = this.#byId.get(id) ?? Participant.fresh(id);
    this.#byId.set(id, known);
    return known;
  }

  /** Takes over what earlier runs have kept. @returns what of it can't be read: it stays as it is, and is not exported. */
  load(records: readonly (CheckpointRecord | DamagedRecord)[]): Damaged[] {
    const damages: Damaged[] = [];
    for (const record of records) {
      if (record.item === workspaceItem) continue;
      try {
        if ('damaged' in record) throw record.damaged;
        const participant = new Participant(readIntegrationState(record), record.version);
        this.#byId.set(participant.id, participant);
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        damages.push(error);
        const id = idOf(record.item);
        if (id !== undefined) this.of(id).holdBack(error.message);
      }
    }
    return damages;
  }

  /** What the list names is to be exported; what a list that was read whole does not name is gone. */
  takeListing({ rows, whole }: Listing): void {
    for (const participant of this.#byId.values()) {
      participant.due = rows.has(participant.id) || (!whole && !participant.state.gone);
      if (whole && !participant.due) participant.leave();
    }
    for (const id of rows.keys()) {
      const participant = this.of(id);
      participant.due = true;
      participant.state.gone = false;
    }
  }

  /** None of them can be exported. */
  denyAll(message: string): void {
    if (this.due.length === 0) for (const each of this.all) each.due = !each.state.gone;
    for (const participant of this.due) {
      if (!participant.ended && !participant.complete) participant.fail(message);
    }
  }

  /** Fills in the receipt what holds at the end. */
  count(receipt: Receipt): void {
    // Where the list was not read to its end, what is known counts.
    const listed = this.due.length > 0 ? this.due : this.all;
    const present = listed.filter(({ state }) => !state.gone);
    receipt.integrations.total = present.length;
    receipt.integrations.failed = present.filter(({ state }) => state.failing).length;
    for (const { state } of present) {
      receipt.gaps += gapsOf(state.history);
      receipt.open += state.history.opens.length;
    }
  }
}

function idOf(item: string | undefined): string | undefined {
  const prefix = integrationItem('');
  return item?.startsWith(prefix) ? item.slice(prefix.length) : undefined;
}
