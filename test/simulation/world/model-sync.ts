/** A sync as the model knows it, through all the forms in which Braze serves it. */

export interface ModelSync {
  readonly integrationId: string;
  /** As served. */
  readonly start: string;
  /** Milliseconds. */
  readonly startedAt: number;
  /** Every form in which it was served or could have been, oldest first. */
  readonly versions: string[];
  /** The last of them, as an object. */
  served: unknown;
  endsAt: number;
  ended: boolean;
  purged: boolean;
  /** Comes out of turn: late, ahead, or beside another one. */
  readonly odd: boolean;
  /** Served on the other side of the next newer one. */
  swapped: boolean;
  /** A final one that runs again. */
  reopened: boolean;
}

const statuses = ['success', 'success', 'success', 'partial', 'error', 'config_error', 'Limit Exceeded'];

export function startedSync(
  integrationId: string,
  { start, startedAt, endsAt }: Pick<ModelSync, 'start' | 'startedAt' | 'endsAt'>,
  odd = false,
): ModelSync {
  const open = openRow(start);
  const versions = [JSON.stringify(open)];
  return {
    integrationId,
    start,
    startedAt,
    versions,
    served: open,
    endsAt,
    ended: false,
    purged: false,
    odd,
    swapped: false,
    reopened: false,
  };
}

export function openRow(start: string): object {
  return { job_status: 'running', sync_start_time: start, sync_finish_time: null, rows_synced: 0 };
}

/** @param chance from 0 to 1: decides how it ends. */
export function finishSync(sync: ModelSync, chance: number): void {
  const status = statuses[Math.floor(chance * statuses.length)] ?? 'success';
  // One that ran again has ended later than before, or nobody could tell which of the two is newer.
  const finishedAt = sync.reopened ? sync.endsAt : Math.min(sync.endsAt, sync.startedAt + 60_000);
  const finish = new Date(finishedAt).toISOString();
  sync.ended = true;
  serve(sync, {
    job_status: status,
    sync_start_time: sync.start,
    sync_finish_time: status === 'config_error' && !sync.reopened ? null : finish,
    last_timestamp_synced: finish,
    rows_synced: Math.floor(chance * 1e6),
    rows_failed_with_errors: 0,
  });
}

export function serve(sync: ModelSync, served: object): void {
  sync.served = served;
  sync.versions.push(JSON.stringify(served));
}
