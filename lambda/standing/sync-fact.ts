/** A sync as far as it says how its integration stands: what a line of the lake's `syncs` comes to, in milliseconds. */
import { millisecondsOfCell } from '../rows/instant.ts';

export interface SyncFact {
  readonly start: number;
  readonly finish: number | null;
  /** Lower case; an open set. */
  readonly status: string | null;
  readonly rowsSynced: bigint | null;
  readonly rowsFailed: bigint | null;
  /** Its watermark: the source's own clock, which may be wrong. */
  readonly timestampSynced: number | null;
}

/** A status of Braze is a word. One that is not must not fill the record that this is kept in. */
const mostStatus = 100;

/** Reads a line of the table `syncs`. @throws where it is not such a line. */
export function syncFactOf(line: string): SyncFact {
  const quickly = JSON.parse(line);
  const isExact = [quickly.rows_synced, quickly.rows_failed_with_errors].every(holdsExactly);
  // A reviver takes several times as long, and few counts need one.
  const cells = isExact ? quickly : JSON.parse(line, exactIntegers);
  return {
    start: momentOf(cells.sync_start_time),
    finish: cells.sync_finish_time === null ? null : momentOf(cells.sync_finish_time),
    status: cells.job_status?.slice(0, mostStatus) ?? null,
    rowsSynced: countOf(cells.rows_synced),
    rowsFailed: countOf(cells.rows_failed_with_errors),
    timestampSynced: cells.last_timestamp_synced === null ? null : momentOf(cells.last_timestamp_synced),
  };
}

/**
 * From the oldest on. Starts are cut to milliseconds, so two syncs may share one: they are told apart as `oldestFirst`
 * of the views does it, that an answer does not change from one time to the next, nor from one of the two to the other;
 * and then by their counts and watermarks, that it does not hang on the order in which they were read.
 */
export function compareFacts(a: SyncFact, b: SyncFact): number {
  return (
    a.start - b.start ||
    compareLast(a.finish, b.finish) ||
    compareLast(a.status, b.status) ||
    compareLast(a.rowsSynced, b.rowsSynced) ||
    compareLast(a.rowsFailed, b.rowsFailed) ||
    compareLast(a.timestampSynced, b.timestampSynced)
  );
}

function compareLast<T extends number | string | bigint>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

function momentOf(cell: string): number {
  const moment = millisecondsOfCell(cell);
  if (Number.isNaN(moment)) throw new Error('It is not a timestamp.');
  return moment;
}

const holdsExactly = (count: number | null): boolean => count === null || Number.isSafeInteger(count);

const countOf = (count: number | bigint | null): bigint | null => (count === null ? null : BigInt(count));

/** The only numbers of a line are counts, and may be past 2^53. */
function exactIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? BigInt(context?.source ?? value) : value;
}
