/** What a sync came to: the only place that says what a success is, what data is, and when a sync is over. */
import type { SyncFact } from './sync-fact.ts';

const finalStatuses = new Set<string | null>(['success', 'partial', 'error', 'config_error']);

/** One that is not the newest is over as well, whatever its row says: Braze runs one at a time. */
export function isOver({ status, finish }: SyncFact): boolean {
  return finish !== null || finalStatuses.has(status);
}

/** Rows may have arrived: `partial` is data, whatever was refused. */
export function isData({ status }: SyncFact): boolean {
  return status === 'success' || status === 'partial';
}

/** Of its rows, how much was refused; null where there were none, or Braze did not count them. */
export function shareRefused({ rowsSynced, rowsFailed }: SyncFact): number | null {
  if (rowsSynced === null || rowsFailed === null || rowsSynced < 0n || rowsFailed < 0n) return null;
  const all = Number(rowsFailed) + Number(rowsSynced);
  return all === 0 ? null : Number(rowsFailed) / all;
}

export function isRefusing(sync: SyncFact, refusedShare: number): boolean {
  const share = sync.status === 'partial' ? shareRefused(sync) : null;
  return share !== null && share >= refusedShare;
}

/** `success`, or `partial` below the share. */
export function isSuccess(sync: SyncFact, refusedShare: number): boolean {
  return isData(sync) && !isRefusing(sync, refusedShare);
}

export function hasRows({ rowsSynced }: SyncFact): boolean {
  return rowsSynced !== null && rowsSynced > 0n;
}
