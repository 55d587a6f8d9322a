/**
 * P18: how each integration stands is what the lake's syncs say, by a model that knows nothing of the code; and what
 * has begun to be wrong is open in its record, and nothing else.
 */
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { readIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { expect } from '../difference.ts';
import { modelOf } from '../standing/model.ts';
import type { Lake, LakeLine } from './read-lake.ts';

export interface StoredIntegration {
  readonly integration_id: string;
  readonly condition: 'present' | 'failing' | 'gone';
  readonly headAt: number | null;
  /** When its newest syncs were last read, or may have been, in milliseconds; null: never. */
  readonly readAt: readonly (number | null)[];
  readonly standing: StandingFacts;
}

const dayMs = 24 * 60 * 60 * 1000;

export const storedIntegrations = (records: readonly CheckpointRecord[]): StoredIntegration[] =>
  records.flatMap(({ item, version, data }) => {
    if (!item.startsWith('integration#')) return [];
    const state = readIntegrationState({ item, version, data });
    const { integrationId, condition, history, standing } = state;
    const { headAt, order, scans } = history;
    // All of its rows have left: it is asked for its newest in every run, and says up to when it was whole.
    const hasLeft = history.empty && history.stretches.length > 0;
    // In no order: a pass says all that there was, and the first page does where all of the newest stand on it.
    const more = order === 'unordered' ? [scans.before?.began ?? null, scans.headAt] : [];
    const readAt = hasLeft ? [scans.headAt ?? headAt] : [headAt, ...more];
    return [{ integration_id: integrationId, condition, headAt, readAt, standing }];
  });

/**
 * @param forgotten of which nobody can tell what is known.
 * @returns how many were held against the model.
 */
export function checkStanding(
  lake: Lake,
  records: readonly CheckpointRecord[],
  {
    mayBeStale,
    forgotten = new Set(),
  }: { readonly mayBeStale: boolean; readonly forgotten?: { has(id: string): boolean } },
): number {
  const syncs = Map.groupBy(lake.syncs, ({ integration_id }) => String(integration_id));
  const lines = new Map(lake.standing.map((line) => [String(line.integration_id), line]));
  const listed = new Set(lake.integrations.map(({ integration_id }) => integration_id));
  // Nobody has ever seen it, but for a killed run perhaps: nothing is said of it.
  const wasNeverThere = ({ integration_id: id, condition, headAt }: StoredIntegration) =>
    condition === 'gone' &&
    headAt === null &&
    !listed.has(id) &&
    (!syncs.has(id) || (forgotten.has(id) && !lines.has(id)));
  const stored = storedIntegrations(records).filter((each) => !wasNeverThere(each));
  expect(lines.size === lake.standing.length, () => 'P18: an integration stands twice in the table standing');
  expect(
    lines.size === stored.length,
    () => `P18: ${lines.size} standings for ${stored.length} integrations`,
  );
  let compared = 0;
  for (const each of stored) {
    const { integration_id: id, standing } = each;
    const line = lines.get(id);
    if (!line) throw new Error(`P18: nothing says how ${id} stands`);
    expect(mayBeStale || !standing.stale, () => `P18: ${id} is stale after a run that had all the time`);
    const ids = [...standing.open.map((incident) => incident.id), ...openInWorkspace(records, id)].sort();
    const told = String(line.incidents ?? '')
      .split(',')
      .sort();
    expect(told.join(',') === ids.join(','), () => `P18: ${id}: ${line.incidents} are not ${ids}`);
    const readAt = each.readAt.find((at) => at !== null && cellOf(at) === line.as_of) ?? each.headAt;
    if (standing.stale || readAt === null || forgotten.has(id)) continue;
    compared += 1;
    // A run that was out of time leaves the habit for the next one.
    const isHabitOpen = mayBeStale && standing.habit === null;
    checkOne(line, { ...each, readAt }, isHabitOpen, (syncs.get(id) ?? []).map(factOf).sort(inOrder));
  }
  return compared;
}

/** Where its own record could not be written, that of the workspace says what is open. */
function openInWorkspace(records: readonly CheckpointRecord[], id: string): string[] {
  const { incidents = [] } = (records.find(({ item }) => item === 'workspace')?.data ?? {}) as {
    incidents?: readonly { integration_id: string | null; open: readonly { id: string }[] }[];
  };
  return incidents
    .filter((each) => each.integration_id === id)
    .flatMap(({ open }) => open.map((one) => one.id));
}

function checkOne(
  line: LakeLine,
  { standing, condition, readAt: at }: Omit<StoredIntegration, 'readAt'> & { readonly readAt: number },
  isHabitOpen: boolean,
  all: SyncFact[],
): void {
  const { habit, promise, open } = standing;
  // The habit is made once a day, by the clock at the end of the run.
  const today = habit ? Date.parse(habit.day) : Math.floor(at / dayMs) * dayMs;
  const model = modelOf(all, at, 0.01, today);
  const is = (column: string, expected: unknown) =>
    expect(
      line[column] === expected,
      () => `P18: ${column} of ${JSON.stringify(line)} is to be ${expected}. ${all.length} syncs.`,
    );
  is('as_of', cellOf(at));
  const newest = all.at(-1);
  is('last_start', cellOf(newest?.start ?? null));
  is('last_status', newest?.status ?? null);
  is('last_success', cellOf(model.lastSuccess));
  is('syncs_without_success', model.syncsWithoutSuccess);
  is('failing_since', cellOf(model.failingSince));
  is('newest_timestamp_synced', cellOf(model.newestTimestampSynced));
  if (condition === 'gone') return;
  if (!isHabitOpen) is('usual_minutes', model.usualMinutes);
  // What rested for a while is not judged by what was before.
  if (promise.rest !== null || line.state === 'unread' || line.state === 'paused') return;
  // Pauses are kept in whole minutes: where syncs come within one, they say nothing. Nor does a habit that is still to
  // be made of the lake.
  const isLateKnown = habit !== null && (model.usualMinutes === null || model.usualMinutes >= 1);
  if (isLateKnown) is('late', model.late);
  if (model.newestOverIs === 'failing' || model.newestOverIs === 'refusing') is('state', model.newestOverIs);
  else if (model.stuck) is('state', 'stuck');
  else if (model.late && isLateKnown) is('state', 'late');
  const isOpen = (kind: string, expected: boolean) =>
    expect(
      open.some((incident) => incident.kind === kind) === expected,
      () => `P18: ${kind} of ${JSON.stringify(line)} is ${expected ? 'not open' : 'open'}`,
    );
  // A clock that goes back, or a habit that changes its mind, ends nothing while the same sync is the newest.
  const staysOpen = (kind: string) =>
    open.some((each) => each.kind === kind && (timeOf(line.last_start) ?? each.since) < each.since);
  isOpen('failed', model.failedSince !== null);
  isOpen('refused', model.refusedSince !== null);
  if (model.stuck || !staysOpen('stuck') || line.last_finish !== null) isOpen('stuck', model.stuck);
  if (isLateKnown && (model.late || !staysOpen('late') || line.judged_by === 'schedule'))
    isOpen('late', model.late === true);
}

function factOf(line: LakeLine): SyncFact {
  const { sync_start_time, sync_finish_time, job_status, rows_synced, rows_failed_with_errors } = line;
  const count = (cell: LakeLine[string] | undefined) => (typeof cell === 'number' ? BigInt(cell) : null);
  return {
    start: timeOf(sync_start_time) ?? 0,
    finish: timeOf(sync_finish_time),
    status: job_status === null ? null : String(job_status),
    rowsSynced: count(rows_synced),
    rowsFailed: count(rows_failed_with_errors),
    timestampSynced: timeOf(line.last_timestamp_synced),
  };
}

/** Of two that start in one millisecond, the one that ended first comes first, and then the word decides. */
function inOrder(a: SyncFact, b: SyncFact): number {
  const last = (x: number | string | null, y: number | string | null) =>
    x === y ? 0 : x === null ? 1 : y === null ? -1 : x < y ? -1 : 1;
  return a.start - b.start || last(a.finish, b.finish) || last(a.status, b.status);
}

function timeOf(cell: LakeLine[string] | undefined): number | null {
  return cell === null || cell === undefined ? null : Date.parse(`${String(cell).replace(' ', 'T')}Z`);
}

const cellOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(Math.floor(ms)).toISOString().replace('T', ' ').replace('Z', '');
