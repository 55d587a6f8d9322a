/** A sync as far as sums are made of it. */
import type { Sync } from '../rows/sync.ts';
import { msOfCell } from '../rows/time.ts';

export interface SyncFact {
  /** In milliseconds, cut as the lake's cells are. */
  readonly startMs: number;
  readonly finishMs: number | null;
  readonly status: string | null;
  readonly rowsSynced: bigint | null;
  readonly rowsFailed: bigint | null;
  readonly watermarkMs: number | null;
  readonly isFinal: boolean;
}

export function factOf({ cells, status, isFinal }: Sync): SyncFact {
  const ms = (name: string) => (typeof cells[name] === 'string' ? msOfCell(cells[name]) : null);
  const count = (name: string) => (typeof cells[name] === 'bigint' ? cells[name] : null);
  return {
    startMs: ms('sync_start_time') ?? Number.NaN,
    finishMs: ms('sync_finish_time'),
    status,
    rowsSynced: count('rows_synced'),
    rowsFailed: count('rows_failed_with_errors'),
    watermarkMs: ms('last_timestamp_synced'),
    isFinal,
  };
}

/**
 * From the oldest on. Of two that share a millisecond, the one that ended first comes first; then the word decides, and
 * then the counts and the watermark.
 */
export function inOrder(a: SyncFact, b: SyncFact): number {
  return (
    a.startMs - b.startMs ||
    nothingLast(a.finishMs, b.finishMs) ||
    nothingLast(a.status, b.status) ||
    nothingLast(a.rowsSynced, b.rowsSynced) ||
    nothingLast(a.rowsFailed, b.rowsFailed) ||
    nothingLast(a.watermarkMs, b.watermarkMs)
  );
}

function nothingLast<T extends string | number | bigint>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

export const isData = ({ status }: SyncFact): boolean => status === 'success' || status === 'partial';

/** A share of its rows was refused that is too large for a success. */
export function isRefusing({ status, rowsSynced, rowsFailed }: SyncFact, share: number): boolean {
  if (status !== 'partial' || rowsSynced === null || rowsFailed === null) return false;
  if (rowsSynced < 0n || rowsFailed < 0n || rowsSynced + rowsFailed === 0n) return false;
  return Number(rowsFailed) / (Number(rowsFailed) + Number(rowsSynced)) >= share;
}
