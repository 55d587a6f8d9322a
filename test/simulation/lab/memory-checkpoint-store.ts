import type { CheckpointRecord, CheckpointStore } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';

/** Of an item of DynamoDB. */
const maxRecordBytes = 400 * 1024;

/** For simulation. Data is kept as JSON, so that nobody changes what is stored, and nothing else survives in it. */
export class MemoryCheckpointStore implements CheckpointStore {
  readonly #workspaces = new Map<string, Map<string, { readonly version: number; readonly json: string }>>();
  readonly ownerIsDead: (owner: string) => boolean;

  /** @param ownerIsDead which owners of leases are taken for dead; by default none. */
  constructor(ownerIsDead: (owner: string) => boolean = () => false) {
    this.ownerIsDead = ownerIsDead;
  }

  /** Begins as a copy of another store. @param change what becomes of each record's JSON. @default nothing */
  copyFrom(other: MemoryCheckpointStore, change = (json: string) => json): void {
    for (const [workspace, records] of other.#workspaces) {
      const copies = Array.from(records, ([item, { version, json }]) => {
        return [item, { version, json: change(json) }] as const;
      });
      this.#workspaces.set(workspace, new Map(copies));
    }
  }

  async list(workspace: string): Promise<CheckpointRecord[]> {
    const records = this.#workspaces.get(workspace) ?? [];
    return Array.from(records, ([item, { version, json }]) => ({ item, version, data: JSON.parse(json) }));
  }

  async get(workspace: string, item: string): Promise<CheckpointRecord | undefined> {
    const record = this.#workspaces.get(workspace)?.get(item);
    return record && { item, version: record.version, data: JSON.parse(record.json) };
  }

  async put(workspace: string, record: CheckpointRecord, expected: number | undefined): Promise<void> {
    const { item, version, data } = record;
    const records = this.#workspaces.get(workspace) ?? new Map();
    if (records.get(item)?.version !== expected) throw new LostRace(`The checkpoint record ${item}`);
    const json = JSON.stringify(data);
    if (Buffer.byteLength(json) > maxRecordBytes) {
      throw new StoreFailure('The table could not be written: the item is too large. (ValidationException)');
    }
    records.set(item, { version, json });
    this.#workspaces.set(workspace, records);
  }
}
