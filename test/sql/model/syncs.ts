/** What a sync is: its outcome, its order among others, and its integration. */

import { shareOf } from './figures.ts';
import {
  byBytes,
  dayMs,
  dtOf,
  type Integration,
  keyOf,
  type ModelLake,
  type ModelRow,
  type Standing,
  type Sync,
  timeText,
} from './lake.ts';

export type Outcome = 'success' | 'partial' | 'failure' | 'open' | 'abandoned';

/** @param line how its integration stands, where that is known */
export function outcomeOf({ status, finish, start }: Sync, line: Standing | undefined): Outcome {
  if (status === 'success' || status === 'partial') return status;
  if (finish !== null || status === 'error' || status === 'config_error') return 'failure';
  const isFollowed = line?.lastStart != null && line.lastStart > start;
  if (isFollowed) return 'failure';
  return line?.asOf != null && line.asOf - start >= 7 * dayMs ? 'abandoned' : 'open';
}

/** Nothing arrived. */
export const isFailed = (outcome: Outcome): boolean => outcome === 'failure' || outcome === 'abandoned';

export const standingsByKey = ({ standing }: ModelLake): ReadonlyMap<string, Standing> =>
  new Map(standing.map((line) => [keyOf(line), line]));

export const durationOf = ({ start, finish }: Sync): number | null =>
  finish === null || finish < start ? null : (finish - start) / 1000;

/** By start; then by finish and status, those without one last. */
export function inOrder(left: Sync, right: Sync): number {
  return (
    left.start - right.start ||
    (left.finish ?? Number.MAX_SAFE_INTEGER) - (right.finish ?? Number.MAX_SAFE_INTEGER) ||
    (left.status === null ? 1 : 0) - (right.status === null ? 1 : 0) ||
    byBytes(left.status ?? '', right.status ?? '')
  );
}

export interface Owner {
  readonly workspace: string;
  readonly id: string;
  readonly name: string;
  readonly listing: Integration | undefined;
  /** In order. */
  readonly syncs: readonly Sync[];
}

/** Every integration that is listed or has syncs from `firstDt` on. */
export function ownersOf({ syncs, integrations }: ModelLake, firstDt = ''): Owner[] {
  const listings = new Map(integrations.map((integration) => [keyOf(integration), integration]));
  const groups = new Map<string, Sync[]>(integrations.map((integration) => [keyOf(integration), []]));
  for (const sync of syncs.toSorted(inOrder)) {
    if (dtOf(sync.start) < firstDt) continue;
    const group = groups.get(keyOf(sync));
    if (group) group.push(sync);
    else groups.set(keyOf(sync), [sync]);
  }
  return [...groups].map(([key, group]) => {
    const [workspace, id] = JSON.parse(key) as [string, string];
    const listing = listings.get(key);
    return { workspace, id, name: listing?.name || id, listing, syncs: group };
  });
}

export const lookBackFrom = (now: number): string => dtOf(now - 45 * dayMs);

/** The first columns of most views. */
export function namesOf({ workspace, id, name, listing }: Owner) {
  return {
    workspace,
    integration_id: id,
    integration_name: name,
    integration_type: listing?.type ?? null,
  };
}

export function syncHistory(lake: ModelLake): ModelRow[] {
  const lines = standingsByKey(lake);
  return ownersOf(lake).flatMap((owner) =>
    owner.syncs.map((sync) => ({
      ...namesOf(owner),
      dt: dtOf(sync.start),
      integration_status: owner.listing?.status ?? null,
      listed: owner.listing?.listed ?? null,
      sync_start_time: timeText(sync.start),
      sync_finish_time: timeText(sync.finish),
      last_timestamp_synced: timeText(sync.lastSynced),
      job_status: sync.status,
      outcome: outcomeOf(sync, lines.get(keyOf(sync))),
      duration_seconds: durationOf(sync),
      rows_synced: sync.synced,
      rows_failed: sync.failed,
      failed_row_share: shareOf(sync.failed, sync.synced),
      raw: sync.raw,
      warehouse_type: owner.listing?.warehouse ?? null,
    })),
  );
}
