/** Reads a lake back, independently of the code that wrote it. */
import { gunzipSync } from 'node:zlib';
import { columns } from '../../../lambda/schema/tables.ts';
import type { MemoryObjectStore } from '../lab/memory-object-store.ts';

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
  /** The table `days`. */
  readonly sums: LakeLine[];
  readonly changes: LakeLine[];
  /** Bodies of the days, by key. */
  readonly days: ReadonlyMap<string, Buffer>;
}

/** Of every body that was read: most of a lake stands as it stood after the run before. */
const linesOfBodies = new WeakMap<Uint8Array, readonly LakeLine[]>();

export async function readLake(objects: MemoryObjectStore): Promise<Lake> {
  const tables: { [table: string]: LakeLine[] } = Object.fromEntries(
    Object.keys(columns).map((table) => [table, []]),
  );
  const days = new Map<string, Buffer>();
  for (const key of objects.keys()) {
    const body = objects.bodyOf(key) ?? new Uint8Array();
    const table = key.split('/')[0] ?? '';
    const lines = linesOfBodies.get(body) ?? linesOf(body, key);
    linesOfBodies.set(body, lines);
    for (const line of lines) tables[table]?.push(line);
    if (table === 'syncs') days.set(key, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  }
  const { syncs = [], integrations = [], coverage = [], standing = [], quarantine = [] } = tables;
  const { days: sums = [], changes = [] } = tables;
  return { syncs, integrations, coverage, standing, quarantine, sums, changes, days };
}

function linesOf(body: Uint8Array, key: string): LakeLine[] {
  const text = gunzipSync(body).toString('utf8');
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${key} does not end with a line break.`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
