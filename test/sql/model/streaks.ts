import { shareOf, sumOf } from './figures.ts';
import {
  byBytes,
  dayMs,
  dtOf,
  keyOf,
  type ModelLake,
  type ModelRow,
  minuteMs,
  type Standing,
  type Sync,
  timeText,
} from './lake.ts';
import { pausedMsBetween } from './pauses.ts';
import { standingOwnersOf } from './standing-owners.ts';
import {
  durationOf,
  isFailed,
  lookBackFrom,
  namesOf,
  type Outcome,
  type Owner,
  outcomeOf,
  ownersOf,
  standingsByKey,
} from './syncs.ts';

interface Ended {
  readonly sync: Sync;
  readonly outcome: Outcome;
}

interface Streak {
  readonly owner: Owner;
  /** Of those of its integration, from 0 on. */
  readonly number: number;
  readonly failed: { readonly sync: Sync; readonly outcome: Outcome; readonly restMinutes: number }[];
  /** The sync that ended it. */
  end: Sync | undefined;
}

function streaksOf(lake: ModelLake, now: number): Streak[] {
  const lines = standingsByKey(lake);
  return ownersOf(lake, lookBackFrom(now)).flatMap((owner) =>
    streaksOfOne(owner, lines.get(keyOf(owner)), lake),
  );
}

function streaksOfOne(owner: Owner, line: Standing | undefined, lake: ModelLake): Streak[] {
  const ended = owner.syncs
    .map((sync): Ended => ({ sync, outcome: outcomeOf(sync, line) }))
    .filter(({ outcome }) => outcome !== 'open');
  const usual = line?.usualMinutes == null ? null : line.usualMinutes * minuteMs;
  const streaks: Streak[] = [];
  let current: Streak | undefined;
  for (const [index, { sync, outcome }] of ended.entries()) {
    const next = ended[index + 1];
    if (isFailed(outcome)) {
      if (!current) {
        current = { owner, number: streaks.length, failed: [], end: undefined };
        streaks.push(current);
      }
      const rest = next ? restOf(next.sync.start - sync.start, usual) : null;
      const paused = next ? pausedMsBetween(lake, owner, sync.start, next.sync.start) : 0;
      const restMs = Math.max(rest ?? 0, paused);
      current.failed.push({ sync, outcome, restMinutes: Math.floor(restMs / minuteMs) });
    } else if (current && staysWell({ sync, outcome }, next, usual, line)) {
      current.end = sync;
      current = undefined;
    }
  }
  return streaks;
}

/** How much of a distance between two starts is no part of a streak; null where all of it is. */
function restOf(distance: number, usual: number | null): number | null {
  const isRest = distance > dayMs && distance > 2 * (usual ?? 0);
  return isRest ? distance - (usual ?? 0) : null;
}

/** Whether a sync that did not fail ends the streak before it. */
function staysWell(
  { sync, outcome }: Ended,
  next: Ended | undefined,
  usual: number | null,
  line: Standing | undefined,
): boolean {
  if (!next || !isFailed(next.outcome)) return true;
  const distance = next.sync.start - sync.start;
  if (restOf(distance, usual) !== null) return true;
  // From there on the exporter has one that is open.
  const open = line && line.state !== 'refusing' ? line.failingSince : null;
  if (open !== null && sync.start < open && next.sync.start >= open) return true;
  const isEmpty = outcome === 'success' && sync.synced === 0n;
  return !isEmpty && (usual === null || distance > 1.5 * usual);
}

const finishOf = ({ start, finish }: Sync): number => (finish !== null && finish >= start ? finish : start);

export function failedSyncs(lake: ModelLake, now: number): ModelRow[] {
  return streaksOf(lake, now).flatMap(({ owner, number, failed, end }) =>
    failed.map(({ sync, outcome, restMinutes }, index) => ({
      ...namesOf(owner),
      dt: dtOf(sync.start),
      listed: owner.listing?.listed ?? null,
      sync_start_time: timeText(sync.start),
      sync_finish_time: timeText(sync.finish),
      job_status: sync.status,
      outcome,
      duration_seconds: durationOf(sync),
      rows_synced: sync.synced,
      rows_failed: sync.failed,
      failed_row_share: shareOf(sync.failed, sync.synced),
      streak: BigInt(number),
      streak_position: BigInt(index + 1),
      next_success: timeText(end?.start ?? null),
      recovered_at: timeText(end ? finishOf(end) : null),
      minutes_at_rest: BigInt(restMinutes),
    })),
  );
}

export function incidents(lake: ModelLake, now: number): ModelRow[] {
  const ended = streaksOf(lake, now).flatMap(({ owner, failed, end }) => {
    if (!end) return [];
    const starts = failed.map(({ sync }) => sync.start);
    const first = Math.min(...starts);
    const rest = failed.reduce((sum, { restMinutes }) => sum + restMinutes, 0);
    return {
      ...namesOf(owner),
      dt: dtOf(first),
      listed: owner.listing?.listed ?? null,
      first_start: timeText(first),
      last_start: timeText(Math.max(...starts)),
      syncs: BigInt(failed.length),
      statuses: [...new Set(failed.map(({ sync }) => sync.status ?? 'no status'))].sort(byBytes).join(', '),
      rows_failed: sumOf(failed.map(({ sync }) => sync.failed)),
      next_success: timeText(end.start),
      minutes_to_success: (end.start - first) / minuteMs,
      still_open: false,
      ...{ state: null, since: null, reason: null, details_until: null, as_of: null },
      minutes_without_data: (finishOf(end) - first) / minuteMs - rest,
      ended_by: 'success',
      recovered_at: timeText(finishOf(end)),
    };
  });
  return [...ended, ...toldByStanding(lake)];
}

/** Of its newest sync: what runs is none of a streak's yet. */
function isOver({ lastFinish, lastStatus }: Standing): boolean {
  return lastFinish !== null || ['success', 'partial', 'error', 'config_error'].includes(lastStatus ?? '');
}

function toldByStanding(lake: ModelLake): ModelRow[] {
  return standingOwnersOf(lake).flatMap(({ names, line }) => {
    if (line?.failingSince == null || line.state === 'refusing') return [];
    const isAtRest = line.state === 'paused' || line.state === 'gone';
    const until = isAtRest ? line.lastStart : line.asOf;
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
      still_open: !isAtRest,
      state: line.state,
      since: timeText(line.since),
      reason: line.reason,
      details_until: timeText(line.detailsUntil),
      as_of: timeText(line.asOf),
      minutes_without_data:
        until === null
          ? null
          : (until - line.failingSince - pausedMsBetween(lake, line, line.failingSince, until)) / minuteMs,
      ended_by: isAtRest ? line.state : null,
      recovered_at: null,
    };
  });
}
