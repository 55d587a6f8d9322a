/** Where a local run writes to. */
import type { CheckpointStore } from '../../lambda/checkpoint/checkpoint-store.ts';
import type { ObjectStore } from '../../lambda/objects/object-store.ts';

export interface Stores {
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
  /** Who holds the lease. */
  readonly owner: string;
  /** The run is over. */
  close(): void;
}
