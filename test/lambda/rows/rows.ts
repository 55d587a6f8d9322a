/** Rows as an answer would bring them. */

import { isPlaced, type QuarantinedRow, readSyncRow, type SyncRow } from '../../../lambda/rows/sync-row.ts';
import { parseSourced } from './parse-sourced.ts';

export const now = Date.UTC(2026, 5, 1, 12);

export const fields = {
  job_status: 'success',
  sync_start_time: '2026-05-31T10:00:00.183728Z',
  sync_finish_time: '2026-05-31T10:05:00Z',
  last_timestamp_synced: '2026-05-31T09:59:59Z',
  rows_synced: 12,
  rows_failed_with_errors: 0,
};

/** @param row the text of a row, or its fields. */
export function read(row: string | object, id = 'one'): SyncRow | QuarantinedRow {
  return readSyncRow(id, parseSourced(typeof row === 'string' ? row : JSON.stringify(row)), now);
}

export function placed(row: string | object, id = 'one'): SyncRow {
  const result = read(row, id);
  if (!isPlaced(result)) throw new Error(result.reason);
  return result;
}

export function reasonOf(row: string | object): string | undefined {
  const result = read(row);
  return isPlaced(result) ? undefined : result.reason;
}
