/**
 * A row of `job_sync_status`, placed: which sync it is, whether it is final, and its line in the lake.
 */
import { encodeLine } from '../schema/encode-line.ts';
import { columns, type Line } from '../schema/tables.ts';
import { Cells } from './cells.ts';
import { formOf } from './field-form.ts';
import { canonical, dayOf, type Instant, instantOf, readTime, timestampCell } from './instant.ts';
import { isTooDeep, maxDepth } from './json-depth.ts';
import { membersOf, type Sourced } from './json-source.ts';

export interface SyncRow {
  readonly integrationId: string;
  /** With the integration, what identifies a sync: see `same-sync.ts`. */
  readonly start: Instant;
  readonly finish: Instant | null;
  /** The sync is over and its row will not change any more. */
  readonly final: boolean;
  /** The line of the `syncs` table, without the line break. */
  readonly line: string;
}

/** A row that can't be placed: kept as received, with the reason. */
export interface QuarantinedRow {
  readonly integrationId: string | null;
  readonly reason: string;
  readonly raw: string;
  /** What the field looks like that the reason speaks of; see `field-form.ts`. */
  readonly form?: string;
}

/** Nothing of Cloud Data Ingestion is older; an earlier start is a fault of the row. */
export const earliestDay = '2022-01-01';
const earliest = `${earliestDay}T00:00:00`;
const day = 24 * 60 * 60 * 1000;

export const tooDeep = `It is nested more than ${maxDepth} levels deep.`;

const latestStart = (now: number): Instant => instantOf(now + day);
const endOfTime = latestStart(Date.UTC(9998, 0));

const finalStatuses = new Set(['success', 'partial', 'error', 'config_error']);

/** @param now the exporter's clock, in milliseconds: a start more than a day ahead of it is a fault of the row. */
export function readSyncRow(integrationId: string, row: Sourced, now: number): SyncRow | QuarantinedRow {
  const raw = row.text;
  const quarantined = (reason: string): QuarantinedRow => ({ integrationId, reason, raw });
  if (row.isTooDeep) return quarantined(tooDeep);
  const members = membersOf(row);
  if (!members) return quarantined('The row is not an object.');
  const startField = members.get('sync_start_time');
  if (!startField || startField.text === 'null') return quarantined('sync_start_time is missing.');
  const ofForm = (reason: string) => ({ ...quarantined(reason), form: formOf(startField.text) });
  const cells = new Cells(members);
  const start = cells.instant('sync_start_time');
  if (start === null) return ofForm('sync_start_time is not an ISO 8601 time.');
  const fault = faultOf(start, latestStart(now));
  if (fault) return ofForm(fault);

  const finish = cells.instant('sync_finish_time');
  const lastTimestampSynced = cells.timestamp('last_timestamp_synced');
  const status = cells.string('job_status')?.toLowerCase() ?? null;
  const line: Line<'syncs'> = {
    integration_id: integrationId,
    sync_start_time: timestampCell(start),
    sync_finish_time: finish === null ? null : timestampCell(finish),
    last_timestamp_synced: lastTimestampSynced,
    job_status: status,
    rows_synced: cells.integer('rows_synced'),
    rows_failed_with_errors: cells.integer('rows_failed_with_errors'),
    problems: cells.problems,
    raw,
  };
  return {
    integrationId,
    start,
    finish,
    final: isFinal(finish, status),
    line: encodeLine(columns.syncs, line),
  };
}

/** Reads a line of the lake again, from the raw row that it keeps. @throws where it is not such a line. */
export function rereadSyncLine(line: string): SyncRow {
  const { integration_id: integrationId, raw } = JSON.parse(line);
  if (isTooDeep(raw)) throw new Error(tooDeep);
  // The cells stand in the line already: only what places the row is read, and for that its values do without places.
  const { sync_start_time, sync_finish_time, job_status } = JSON.parse(raw);
  const start = instantIn(sync_start_time);
  if (start === null) throw new Error('sync_start_time is not an ISO 8601 time.');
  // It was placed when it was written: that it lies ahead of this run's clock says nothing.
  const fault = faultOf(start, endOfTime);
  if (fault) throw new Error(fault);
  const finish = instantIn(sync_finish_time);
  const status = typeof job_status === 'string' ? job_status.toLowerCase() : null;
  return { integrationId, start, finish, final: isFinal(finish, status), line };
}

function instantIn(value: unknown): Instant | null {
  return (typeof value === 'string' && readTime(value)?.instant) || null;
}

function faultOf(start: Instant, latest: Instant): string | undefined {
  if (start < earliest) return 'sync_start_time is before 2022-01-01.';
  if (canonical(start) > latest) return 'sync_start_time is more than a day ahead.';
  return undefined;
}

function isFinal(finish: Instant | null, status: string | null): boolean {
  return finish !== null || (status !== null && finalStatuses.has(status));
}

export function isPlaced(row: SyncRow | QuarantinedRow): row is SyncRow {
  return 'start' in row;
}

/** The partition that a row belongs to. */
export function partitionOf(row: SyncRow): string {
  return dayOf(row.start);
}
