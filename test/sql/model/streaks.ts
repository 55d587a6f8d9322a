import { shareOf, sumOf } from './figures.ts';
import {
  byBytes,
  dtOf,
  type ModelLake,
  type ModelRow,
  minuteMs,
  type Standing,
  type Sync,
  timeText,
} from './lake.ts';
import { standingOwnersOf } from './standing-owners.ts';
import { durationOf, lookBackFrom, namesOf, type Owner, outcomeOf, ownersOf } from './syncs.ts';

interface Streak {
  readonly owner: Owner;
  /** Successes before it. */
  readonly number: number;
  readonly syncs: Sync[];
  next: Sync | undefined;
}

function streaksOf(lake: ModelLake, now: number): Streak[] {
  const streaks: Streak[] = [];
  for (const owner of ownersOf(lake, lookBackFrom(now))) {
    let successes = 0;
    let current: Streak | undefined;
    for (const sync of owner.syncs) {
      const outcome = outcomeOf(sync, now);
      if (outcome === 'open') continue;
      if (outcome === 'success') {
        successes += 1;
        if (current) current.next = sync;
        current = undefined;
        continue;
      }
      if (!current) {
        current = { owner, number: successes, syncs: [], next: undefined };
        streaks.push(current);
      }
      current.syncs.push(sync);
    }
  }
  return streaks;
}

export function failedSyncs(lake: ModelLake, now: number): ModelRow[] {
  return streaksOf(lake, now).flatMap(({ owner, number, syncs, next }) =>
    syncs.map((sync, index) => ({
      ...namesOf(owner),
      dt: dtOf(sync.start),
      listed: owner.listing?.listed ?? null,
      sync_start_time: timeText(sync.start),
      sync_finish_time: timeText(sync.finish),
      job_status: sync.status,
      outcome: outcomeOf(sync, now),
      duration_seconds: durationOf(sync),
      rows_synced: sync.synced,
      rows_failed: sync.failed,
      failed_row_share: shareOf(sync.failed, sync.synced),
      streak: BigInt(number),
      streak_position: BigInt(index + 1),
      next_success: timeText(next?.start ?? null),
    })),
  );
}

export function incidents(lake: ModelLake, now: number): ModelRow[] {
  const ended = streaksOf(lake, now).flatMap(({ owner, syncs, next }) => {
    if (!next) return [];
    const starts = syncs.map(({ start }) => start);
    const first = Math.min(...starts);
    return {
      ...namesOf(owner),
      dt: dtOf(first),
      listed: owner.listing?.listed ?? null,
      first_start: timeText(first),
      last_start: timeText(Math.max(...starts)),
      syncs: BigInt(syncs.length),
      statuses: [...new Set(syncs.map(({ status }) => status ?? 'no status'))].sort(byBytes).join(', '),
      rows_failed: sumOf(syncs.map(({ failed }) => failed)),
      next_success: timeText(next.start),
      minutes_to_success: (next.start - first) / minuteMs,
      still_open: false,
      state: null,
      since: null,
      reason: null,
      details_until: null,
      as_of: null,
    };
  });
  return [...ended, ...openIncidents(lake)];
}

/** Of its newest sync: what runs is none of a streak's yet. */
function isOver({ lastFinish, lastStatus }: Standing): boolean {
  return lastFinish !== null || ['success', 'partial', 'error', 'config_error'].includes(lastStatus ?? '');
}

function openIncidents(lake: ModelLake): ModelRow[] {
  return standingOwnersOf(lake).flatMap(({ names, line }) => {
    if (line?.failingSince == null) return [];
    return {
      ...names,
      dt: dtOf(line.failingSince),
      first_start: timeText(line.failingSince),
      last_start: timeText(line.lastStart),
      syncs: line.withoutSuccess,
      statuses: isOver(line) ? (line.lastStatus ?? 'no status') : null,
      rows_failed: line.lastFailed,
      next_success: null,
      minutes_to_success: null,
      still_open: true,
      state: line.state,
      since: timeText(line.since),
      reason: line.reason,
      details_until: timeText(line.detailsUntil),
      as_of: timeText(line.asOf),
    };
  });
}
