/** What rows look like, without what stands in them. */

import { isPlaced, readSyncRow, type SyncRow } from '../rows/sync-row.ts';
import type { Order } from '../walk/sorting.ts';
import type { Page } from './sightings.ts';

export const syncFields = [
  'job_status',
  'sync_start_time',
  'sync_finish_time',
  'last_timestamp_synced',
  'rows_synced',
  'rows_failed_with_errors',
];

export const integrationFields = [
  'integration_id',
  'app_group_id',
  'integration_name',
  'integration_type',
  'integration_status',
  'contact_emails',
  'last_updated_at',
  'warehouse_type',
  'last_job_start_time',
  'last_job_status',
  'next_scheduled_run',
];

export type Fields = Readonly<Record<string, unknown>>;

/** Rows as plain objects; what is none is left out. */
export function fieldsOf({ answer }: Page): Fields[] {
  return answer.results.flatMap((row) => {
    const value: unknown = row.isTooDeep ? undefined : JSON.parse(row.text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as Fields] : [];
  });
}

export function placedOf(id: string, { answer, at }: Page): SyncRow[] {
  return answer.results.map((row) => readSyncRow(id, row, at)).filter(isPlaced);
}

/** Undefined: too few rows to tell. */
export function orderOf(starts: readonly string[]): Order | undefined {
  const steps = starts.slice(1).map((start, index) => start.localeCompare(starts[index] ?? ''));
  const moves = steps.filter((step) => step !== 0);
  if (moves.length === 0) return undefined;
  if (moves.every((step) => step < 0)) return 'newest_first';
  return moves.every((step) => step > 0) ? 'oldest_first' : 'unordered';
}

/** A word that a program has made up: neither a name nor an address. */
const word = /^[A-Za-z][A-Za-z]{1,15}([_ ][A-Za-z]{1,15}){0,3}$/;

/** Names of fields that nobody has told of; how many others, where a name may be somebody's own. */
export function unknownFields(rows: readonly Fields[], documented: readonly string[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)).filter((name) => !documented.includes(name)));
  return [
    ...new Set([...names].map((name) => (/^[a-z]{2,20}(_[a-z]{1,20}){0,5}$/.test(name) ? name : 'another'))),
  ].sort();
}

/** The words of a field, in small letters; one that may be somebody's own is not repeated. */
export function wordsOf(rows: readonly Fields[], name: string): string[] {
  const texts = rows.map((row) => row[name]).filter((value) => typeof value === 'string');
  return [...new Set(texts.map((text) => (word.test(text) ? text.toLowerCase() : 'another')))].sort();
}

/** Fields that are null, or missing, in some of the rows. */
export function nullsOf(rows: readonly Fields[], documented: readonly string[]): string[] {
  return documented.filter((name) => rows.some((row) => row[name] === null || row[name] === undefined));
}

/** How many digits the fractions of seconds have, in the order of their number. */
export function digitsOf(rows: readonly Fields[], name: string): number[] {
  const texts = rows.map((row) => row[name]).filter((value) => typeof value === 'string');
  const digits = texts.map((text) => /:\d{2}[.,](\d{1,12})/.exec(text)?.[1]?.length ?? 0);
  return [...new Set(digits)].sort((a, b) => a - b);
}
