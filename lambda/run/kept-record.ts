/** An integration's record: as it stands in the store, and as this run would have it. */
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import {
  type IntegrationState,
  integrationData,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../checkpoint/integration-record.ts';
import { writeRecord } from '../checkpoint/write-record.ts';
import { assertHistory } from '../walk/assert-history.ts';

export class KeptRecord {
  readonly state: IntegrationState;
  /** Of the record in the store; undefined where there is none. */
  #version: number | undefined;
  /** The data in the store, to see whether there is anything to write. */
  #stored: string | undefined;

  constructor(state: IntegrationState, version?: number) {
    this.state = state;
    this.#version = version;
    this.#stored = version === undefined ? undefined : this.#serialised;
  }

  /** The state as it stands in the store. */
  get storedState(): IntegrationState {
    const { integrationId } = this.state;
    if (this.#stored === undefined) return newIntegrationState(integrationId);
    return readIntegrationState({
      item: integrationItem(integrationId),
      version: 1,
      data: JSON.parse(this.#stored),
    });
  }

  /** What it takes in the store. */
  get bytes(): number {
    return Buffer.byteLength(this.#serialised);
  }

  /**
   * Writes it on the condition of its version, where it has changed.
   * @throws {BrokenHistory} @throws {LostRace} @throws {Damaged} @throws {StoreFailure}
   */
  async write(store: CheckpointStore, workspace: string): Promise<void> {
    const { state } = this;
    const data = integrationData(state);
    const serialised = JSON.stringify(data);
    if (serialised === this.#stored) return;
    const version = (this.#version ?? 0) + 1;
    assertHistory(state.integrationId, state.history);
    const record = { item: integrationItem(state.integrationId), version, data };
    await writeRecord(store, workspace, record, this.#version);
    this.#version = version;
    this.#stored = serialised;
  }

  get #serialised(): string {
    return JSON.stringify(integrationData(this.state));
  }
}
