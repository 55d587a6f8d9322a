/** Rows of one day, as random observations of its syncs. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compareSyncs } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { placed } from '../rows/rows.ts';
import { readLine } from '../rows/serde.ts';

export const key = 'syncs/workspace=w/dt=2026-05-31/syncs.ndjson.gz';

export interface Observation {
  readonly id: string;
  readonly start: string;
  readonly status: string;
  /** Seconds of the day; null: none. */
  readonly finish: number | null;
  /** Tells two observations apart. */
  readonly rows: number;
}

export function rowOf({ id, start, status, finish, rows }: Observation): SyncRow {
  const at = finish === null ? null : new Date(Date.UTC(2026, 4, 31) + finish * 1000).toISOString();
  const time = `2026-05-31T${start}Z`;
  return placed({ job_status: status, sync_start_time: time, sync_finish_time: at, rows_synced: rows }, id);
}

/** Rows that compress badly, with characters of several bytes. */
export function manyRows(count: number, id: string, salt: string): SyncRow[] {
  return Array.from({ length: count }, (_, index) => {
    const start = new Date(Date.UTC(2026, 4, 31) + index * 1000).toISOString();
    const noise = createHash('sha256').update(`${salt}${id}${index}`).digest('hex');
    // Of four bytes each, so that the borders of the stream's pieces fall within them.
    const faces = Array.from(noise, (digit) => String.fromCodePoint(0x1f600 + Number.parseInt(digit, 16)));
    return placed({ job_status: 'success', sync_start_time: start, noise: faces.join('') }, id);
  });
}

export const ids = [
  'a',
  'A',
  'a-b',
  'ä',
  '😀',
  '\uffff',
  'with "quotes" \\ and , }',
  '',
  '{"x":1}',
  'line\nbreak',
];
/** No two of them one sync's. */
export const starts = ['00:00:00', '10:00:00.0', '10:00:00.1000000', '10:00:00.100001', '23:59:59.9999999'];

export const observation: fc.Arbitrary<Observation> = fc.record({
  id: fc.constantFrom(...ids),
  start: fc.constantFrom(...starts),
  status: fc.constantFrom('running', 'success', 'error', 'config_error', 'odd'),
  finish: fc.option(fc.constantFrom(1, 2, 3)),
  rows: fc.nat(5),
});

/** What one run brings to the day: each sync once, in the order of the lines. */
export function batchOf(observations: readonly Observation[]): SyncRow[] {
  const rows = new Map<string, SyncRow>();
  for (const each of observations) rows.set(`${each.start} ${each.id}`, rowOf(each));
  return [...rows.values()].sort(compareSyncs);
}

export const batch = fc.array(observation, { maxLength: 25 }).map(batchOf);

/** The lines of an object, each readable by the SerDe. */
export function linesOf(body: Uint8Array | undefined): string[] {
  if (!body) return [];
  const lines = gunzipSync(body).toString('utf8').split('\n');
  if (lines.pop() !== '') throw new Error('The last line has no end.');
  for (const line of lines) readLine('syncs', line);
  return lines;
}
