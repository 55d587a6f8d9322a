/** Reads a lake back, independently of the code that wrote it. */
import { gunzipSync } from 'node:zlib';
import type { MemoryObjectStore } from './memory-object-store.ts';

export interface LakeLine {
  readonly [column: string]: string | number | boolean | null;
}

export interface Lake {
  /** Of every day, as they stand. */
  readonly syncs: LakeLine[];
  readonly integrations: LakeLine[];
  readonly coverage: LakeLine[];
  readonly standing: LakeLine[];
  readonly quarantine: LakeLine[];
  /** Bodies of the days, by key. */
  readonly days: ReadonlyMap<string, Buffer>;
}

export async function readLake(objects: MemoryObjectStore): Promise<Lake> {
  const tables = { syncs: [], integrations: [], coverage: [], standing: [], quarantine: [] } as {
    [table: string]: LakeLine[];
  };
  const days = new Map<string, Buffer>();
  for (const key of objects.keys()) {
    const body = (await objects.get(key))?.body ?? new Uint8Array();
    const table = key.split('/')[0] ?? '';
    const text = gunzipSync(body).toString('utf8');
    if (text !== '' && !text.endsWith('\n')) throw new Error(`${key} does not end with a line break.`);
    for (const line of text.split('\n').slice(0, -1)) tables[table]?.push(JSON.parse(line));
    if (table === 'syncs') days.set(key, Buffer.from(body));
  }
  const { syncs = [], integrations = [], coverage = [], standing = [], quarantine = [] } = tables;
  return { syncs, integrations, coverage, standing, quarantine, days };
}
