/** Reads a lake from the disk, independently of the code that wrote it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesBelow } from '../local/stores/scratch.ts';

export type Line = Readonly<Record<string, unknown>>;

export interface Lake {
  /** Sorted. */
  readonly keys: readonly string[];
  /** The objects of a table as they stand, by key. */
  bytes(table: string): ReadonlyMap<string, string>;
  /** When the objects of a table were last written, by key. */
  written(table: string): ReadonlyMap<string, bigint>;
  /** The lines of a table's objects, in the order of the keys, as text. */
  texts(table: string): string[];
  lines(table: string): Line[];
}

export function readLake(data: string): Lake {
  const folder = join(data, 'lake');
  const keys = filesBelow(folder);
  const of = (table: string) => keys.filter((key) => key.startsWith(`${table}/`));
  const read = (key: string) => readFileSync(join(folder, key));
  const texts = (table: string) => of(table).flatMap((key) => linesIn(read(key), key));
  return {
    keys,
    bytes: (table) => new Map(of(table).map((key) => [key, read(key).toString('base64')])),
    written: (table) =>
      new Map(of(table).map((key) => [key, statSync(join(folder, key), { bigint: true }).mtimeNs])),
    texts,
    lines: (table) => texts(table).map((text) => JSON.parse(text)),
  };
}

function linesIn(bytes: Buffer, key: string): string[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(gunzipSync(bytes));
  if (!text.endsWith('\n')) throw new Error(`${key} does not end with a line break.`);
  return text.slice(0, -1).split('\n');
}

/** The raw rows of the lake, by integration, sorted. */
export function kept(lake: Lake): Record<string, unknown[]> {
  const rows: Record<string, unknown[]> = {};
  for (const { integration_id, raw } of lake.lines('syncs')) {
    const id = String(integration_id);
    rows[id] = [...(rows[id] ?? []), raw];
  }
  return Object.fromEntries(Object.entries(rows).map(([id, raws]) => [id, raws.sort()]));
}

/** How {@link kept} would have them. */
export const rawOf = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
