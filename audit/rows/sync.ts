/** A row of `job_sync_status` as the contract types and places it. */
import { type Cell, encoded, tables } from '../tables/tables.ts';
import { type Members, membersIn } from './json.ts';
import { cellOf } from './time.ts';
import { TypedCells } from './typed-cells.ts';

export interface Sync {
  readonly start: string;
  readonly finish: string | null;
  readonly status: string | null;
  readonly isFinal: boolean;
  readonly cells: Readonly<Record<string, Cell>>;
  /** The line that the lake has to hold. */
  readonly line: string;
  readonly row: Members;
}

const finalStatuses = ['success', 'partial', 'error', 'config_error'];
const earliest = '2022';
const dayMs = 86_400_000;

/** @param now in milliseconds. @returns why it can't be placed, where it can't. */
export function syncOf(integrationId: string, raw: string, now: number): Sync | string {
  const row = membersIn(raw);
  if (!row) return 'The row is not a JSON object.';
  const typed = new TypedCells(row);
  const start = typed.instant('sync_start_time');
  if (start === null) return 'Its sync_start_time is not an ISO 8601 time.';
  if (start < earliest) return 'Its sync_start_time is before 2022-01-01.';
  if (Date.parse(`${start.slice(0, 19)}Z`) > now + dayMs)
    return 'Its sync_start_time is more than a day ahead.';
  const finish = typed.instant('sync_finish_time');
  const synced = typed.timestamp('last_timestamp_synced');
  const status = typed.text('job_status')?.toLowerCase() ?? null;
  const cells: Record<string, Cell> = {
    integration_id: integrationId,
    sync_start_time: cellOf(start),
    sync_finish_time: finish === null ? null : cellOf(finish),
    last_timestamp_synced: synced,
    job_status: status,
    rows_synced: typed.integer('rows_synced'),
    rows_failed_with_errors: typed.integer('rows_failed_with_errors'),
    problems: typed.problems,
    raw,
  };
  const isFinal = finish !== null || finalStatuses.includes(status ?? '');
  return { start, finish, status, isFinal, cells, line: encoded(tables.syncs, cells), row };
}
