/** What happens to single rows that an honest source would not do. */
import { type ModelSync, openRow, serve, startedSync } from './model-sync.ts';
import type { OddEvent } from './world-plan.ts';

const minute = 60_000;

/** @param syncs of the integration; what is added comes at the end. */
export function happenOddly(event: OddEvent, id: string, syncs: ModelSync[], now: number): void {
  if (event.kind === 'late row') addOutOfTurn(id, syncs, now - event.minutes * minute);
  else if (event.kind === 'row ahead') addOutOfTurn(id, syncs, now + event.hours * 60 * minute);
  else if (event.kind === 'strange status') endStrangely(syncs);
  else happenTo(listed(syncs)[event.down], event, syncs, now);
}

function happenTo(
  sync: ModelSync | undefined,
  { kind, down }: Extract<OddEvent, { down: number }>,
  syncs: ModelSync[],
  now: number,
): void {
  if (!sync) return;
  if (kind === 'swapped rows') {
    sync.swapped = true;
    return;
  }
  // Of one that is not over, all of this would be nothing odd.
  if (!sync.ended || typeof sync.served !== 'object') return;
  if (syncs.some((each) => each !== sync && each.start === sync.start)) return;
  const { sync_finish_time: before = null } = sync.served as { sync_finish_time?: string | null };
  const ended = Date.parse(before ?? sync.start);
  const finish = new Date(Math.max(now, ended + 1)).toISOString();
  if (kind === 'changed row') {
    // Half of them keep their finish time.
    const later = down % 2 === 0 ? { sync_finish_time: finish } : {};
    serve(sync, { ...sync.served, job_status: 'success', rows_synced: 7 + sync.versions.length, ...later });
  } else if (kind === 'reopened row') {
    // One that lies ahead has ended later than now.
    const endsAt = Math.max(now + 10 * minute, ended + 1);
    Object.assign(sync, { ended: false, reopened: true, endsAt });
    serve(sync, openRow(sync.start));
  } else {
    // A second row beside one without a finish time could be the same one, tried again.
    if (before === null) return;
    const twin = startedSync(sync.integrationId, sync, true);
    serve(twin, { ...sync.served, job_status: 'partial', rows_synced: 99, sync_finish_time: finish });
    twin.ended = true;
    syncs.push(twin);
  }
}

/** In the order of the list, the newest first. */
function listed(syncs: readonly ModelSync[]): ModelSync[] {
  return syncs.filter(({ purged }) => !purged).sort((a, b) => b.startedAt - a.startedAt);
}

function addOutOfTurn(id: string, syncs: ModelSync[], startedAt: number): void {
  if (syncs.some((sync) => sync.startedAt === startedAt)) return;
  const start = new Date(startedAt).toISOString().replace('Z', '500Z');
  const sync = startedSync(id, { start, startedAt, endsAt: startedAt + minute }, true);
  const finish = new Date(sync.endsAt).toISOString();
  serve(sync, {
    job_status: 'success',
    sync_start_time: start,
    sync_finish_time: finish,
    last_timestamp_synced: null,
    rows_synced: 3,
    rows_failed_with_errors: 0,
  });
  sync.ended = true;
  syncs.push(sync);
}

function endStrangely(syncs: readonly ModelSync[]): void {
  const sync = syncs.findLast(({ odd }) => !odd);
  if (!sync || sync.ended) return;
  sync.ended = true;
  serve(sync, { ...openRow(sync.start), job_status: 'paused_by_system' });
}
