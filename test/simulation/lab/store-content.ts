import { hash } from 'node:crypto';
import { workspace } from './lab.ts';
import type { MemoryStores } from './live-run.ts';

/** Tells what stands in the stores from all else: what a next run does hangs on nothing more. */
export async function contentOf({ objects, checkpoints }: MemoryStores): Promise<string> {
  const tags: unknown[] = [];
  for (const key of objects.keys()) tags.push([key, (await objects.get(key))?.etag]);
  const records = (await checkpoints.list(workspace)).sort((a, b) => (a.item < b.item ? -1 : 1));
  return hash('sha1', JSON.stringify([tags, records]));
}
