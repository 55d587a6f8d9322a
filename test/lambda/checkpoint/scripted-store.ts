/** A store in memory whose puts meet what a script says. */
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';

type Put = (workspace: string, record: CheckpointRecord, expected: number | undefined) => Promise<void>;

/** What becomes of a put; `put` is the real one. */
export type Fate = (put: Put, ...of: Parameters<Put>) => Promise<void>;

export const applied: Fate = (put, ...of) => put(...of);

export const failed: Fate = async () => {
  throw new StoreFailure('No room.');
};

export const appliedThenFailed: Fate = async (put, ...of) => {
  await put(...of);
  throw new StoreFailure('No answer.');
};

/** Another run writes its own data on the same condition, a moment earlier. */
export const overtakenBy =
  (data: unknown): Fate =>
  async (put, workspace, record, expected) => {
    await put(workspace, { ...record, data }, expected);
    await put(workspace, record, expected);
  };

/** As {@link overtakenBy}, and no answer tells of it. */
export const overtakenUnheardBy =
  (data: unknown): Fate =>
  async (put, workspace, record, expected) => {
    await put(workspace, { ...record, data }, expected);
    throw new StoreFailure('No answer.');
  };

export class ScriptedStore extends MemoryCheckpointStore {
  readonly #fates: readonly Fate[];
  readonly #readBack: (data: unknown) => unknown;
  /** How often each was called. */
  readonly calls = { get: 0, put: 0 };

  /** @param fates of the puts in their order; those after the last succeed. @param readBack what a read makes of the data. */
  constructor(fates: readonly Fate[] = [], readBack: (data: unknown) => unknown = (data) => data) {
    super();
    this.#fates = fates;
    this.#readBack = readBack;
  }

  override async get(workspace: string, item: string): Promise<CheckpointRecord | undefined> {
    this.calls.get += 1;
    const record = await super.get(workspace, item);
    return record && { ...record, data: this.#readBack(record.data) };
  }

  override async put(...of: Parameters<Put>): Promise<void> {
    const fate = this.#fates[this.calls.put] ?? applied;
    this.calls.put += 1;
    await fate((...real) => super.put(...real), ...of);
  }
}
