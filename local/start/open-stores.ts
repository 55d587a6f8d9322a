/** Opens where a local run writes to: a folder, or a bucket with a table for the checkpoint. */
import { FileCheckpointStore } from '../stores/file-checkpoint-store.ts';
import { FileObjectStore } from '../stores/file-object-store.ts';
import { localOwner } from '../stores/local-owner.ts';
import { holdOwner } from '../stores/run-owner.ts';
import { bucketOf } from './bucket.ts';
import type { StartOptions } from './options.ts';
import type { Stores } from './stores.ts';

export async function openStores({
  data,
  checkpointTable,
}: Pick<StartOptions, 'data' | 'checkpointTable'>): Promise<Stores> {
  const bucket = bucketOf(data);
  if (bucket === undefined || checkpointTable === undefined) return openFolder(data);
  // The SDK is slow to load, and an export into a folder does without.
  const { openBucket } = await import('./open-bucket.ts');
  // Nobody here can ask whether an owner in another place still lives: the lease of one that has died runs out.
  return { ...openBucket(bucket, checkpointTable), owner: localOwner() };
}

function openFolder(data: string): Stores {
  const owner = holdOwner(data);
  return {
    objects: new FileObjectStore(data),
    checkpoints: new FileCheckpointStore(data),
    owner: owner.name,
    close: owner.release,
  };
}
