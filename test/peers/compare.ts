/** What an exporter has kept, held against what the simulated Braze knows. */
import type { KeptSync } from './world.ts';

export interface Difference {
  /** Syncs that are not there. */
  readonly lost: number;
  /** Rows that are one too many. */
  readonly doubled: number;
  /** Syncs that are there, but not as they are now. */
  readonly stale: number;
}

export function compare(kept: readonly KeptSync[], truth: readonly KeptSync[]): Difference {
  const rest = Map.groupBy(kept, keyOf);
  let [lost, stale] = [0, 0];
  for (const sync of truth) {
    const rows = rest.get(keyOf(sync)) ?? [];
    if (rows.length === 0) lost += 1;
    else if (!rows.some((row) => stateOf(row) === stateOf(sync))) stale += 1;
  }
  return { lost, doubled: kept.length - (truth.length - lost), stale };
}

const keyOf = ({ integration_id, sync_start_time }: KeptSync): string =>
  `${integration_id} ${instantOf(sync_start_time)}`;

function stateOf(sync: KeptSync): string {
  const { job_status, sync_finish_time, last_timestamp_synced, rows_synced, rows_failed_with_errors } = sync;
  const times = [sync_finish_time, last_timestamp_synced].map((time) => time && instantOf(time));
  // A database may give a number as a text.
  const counts = [rows_synced, rows_failed_with_errors].map((count) => count && Number(count));
  return JSON.stringify([job_status, ...times, ...counts]);
}

/** One spelling for each: `2026-11-24 17:58:00.000728+00` is `2026-11-24T17:58:00.000728Z`. */
function instantOf(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::?00)?)$/.exec(time);
  if (!parts) throw new Error(`${time} is no time in UTC.`);
  const [, day, clock, fraction = ''] = parts;
  return `${day}T${clock}.${fraction.padEnd(6, '0')}`;
}
