/** The stores of a simulation as the audit reads a lake and its checkpoint. */
import type { CheckpointSource, LakeSource, StoredRecord } from '../../audit/sources.ts';
import { workspace } from '../simulation/lab/lab.ts';
import type { MemoryStores } from '../simulation/lab/live-run.ts';

export function memorySources({ objects, checkpoints }: MemoryStores): {
  lake: LakeSource;
  checkpoint: CheckpointSource;
} {
  return {
    lake: {
      list: async () => {
        const entries = objects.keys().map(async (key) => ({
          key,
          tag: (await objects.get(key))?.etag ?? '',
          writtenAt: objects.writtenAt(key),
        }));
        return Promise.all(entries);
      },
      read: async (key) => {
        const body = objects.bodyOf(key);
        return body && { body };
      },
    },
    checkpoint: {
      workspaces: async () => [workspace],
      async *records(name): AsyncGenerator<StoredRecord> {
        for (const { item, version, data } of await checkpoints.list(name))
          yield { place: item, item, version, data };
      },
    },
  };
}
