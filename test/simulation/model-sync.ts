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
}

const statuses = ['success', 'success', 'success', 'partial', 'error', 'config_error', 'Limit Exceeded'];

export function startedSync(
  integrationId: string,
  { start, startedAt, endsAt }: Pick<ModelSync, 'start' | 'startedAt' | 'endsAt'>,
): ModelSync {
  const open = { job_status: 'running', sync_start_time: start, sync_finish_time: null, rows_synced: 0 };
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
  };
}

/** @param chance from 0 to 1: decides how it ends. */
export function finishSync(sync: ModelSync, chance: number): void {
  const status = statuses[Math.floor(chance * statuses.length)] ?? 'success';
  const finish = new Date(Math.min(sync.endsAt, sync.startedAt + 60_000)).toISOString();
  sync.ended = true;
  serve(sync, {
    job_status: status,
    sync_start_time: sync.start,
    sync_finish_time: status === 'config_error' ? null : finish,
    last_timestamp_synced: finish,
    rows_synced: Math.floor(chance * 1e6),
    rows_failed_with_errors: 0,
  });
}

export function serve(sync: ModelSync, served: object): void {
  sync.served = served;
  sync.versions.push(JSON.stringify(served));
}
