/**
 * The lines of `standing` for a made-up lake, from its rows. What a sync is, and what is counted, is as the exporter
 * has it; lateness is only as good as tests of views and pages need it: by one usual distance, and one of patience.
 */
import { rankOf, shareOf } from './model/figures.ts';
import {
  type Coverage,
  dayMs,
  dtOf,
  keyOf,
  type ModelLake,
  minuteMs,
  type Standing,
  type Sync,
} from './model/lake.ts';
import { type Owner, ownersOf } from './model/syncs.ts';

/** `refusedShare` of the configuration, as it is unless somebody changes it. */
const refusedShare = 0.01;

/** Braze shows refused rows for so long. */
const shownMs = 30 * dayMs;

/** A median is of the distances of so many days, of syncs of some days more; where they are fewer, of the newest. */
const habitMs = 28 * dayMs;
const knownMs = 36 * dayMs;
const fewest = 13;

type Rows = Pick<ModelLake, 'syncs' | 'integrations' | 'coverage'>;

/** @param now in milliseconds; the exporter has looked then, unless coverage tells of another moment. */
export function standingsOf(lake: Rows, now: number): Standing[] {
  const covered = new Map(lake.coverage.map((line) => [keyOf(line), line]));
  const seen = ownersOf({ ...lake, standing: [], quarantine: [], changes: [] });
  const names = new Set(seen.map(keyOf));
  // A run writes both objects of the same integrations: one that has never been listed nor synced is in both.
  const others = lake.coverage
    .filter((line) => !names.has(keyOf(line)))
    .map(({ workspace, id }) => ({ workspace, id, name: id, listing: undefined, syncs: [] }));
  return [...seen, ...others].map((owner) => standingOf(owner, covered.get(keyOf(owner)), now));
}

/** The lake with the object that a run would have written. */
export function withStanding<L extends Rows>(lake: L, now: number): L & { standing: Standing[] } {
  return { ...lake, standing: standingsOf(lake, now) };
}

function standingOf(owner: Owner, coverage: Coverage | undefined, now: number): Standing {
  const { workspace, id } = owner;
  const asOf = coverage?.checkedAt ?? now;
  const syncs = owner.syncs.filter(({ start }) => dtOf(start) >= dtOf(asOf - 400 * dayMs));
  const last = syncs.at(-1);
  const success = syncs.findLast(isSuccess);
  const failing = syncs
    .slice(success ? syncs.lastIndexOf(success) + 1 : 0)
    .filter((sync) => isFinal(sync) || sync !== last);
  const refused = syncs.findLast(({ failed }) => failed !== null && failed > 0n);
  const shownUntil = refused ? (refused.finish ?? refused.start) + shownMs : null;
  const usual = usualOf(syncs, asOf);
  const newestData = syncs.findLast(hasData)?.start ?? syncs[0]?.start;
  const judged = judge({ ...owner, syncs }, coverage, failing);
  const isAwaited = ['failing', 'refusing', 'healthy'].includes(judged);
  const expectedBy = isAwaited && newestData !== undefined && usual !== null ? newestData + 2 * usual : null;
  const late = expectedBy === null ? null : asOf > expectedBy;
  const state = judged === 'healthy' ? (late ? 'late' : late === null ? 'resting' : 'healthy') : judged;
  const failingSince = failing[0]?.start ?? null;
  const since = { failing: failingSince, refusing: failingSince, late: expectedBy, unread: coverage?.to };
  return {
    workspace,
    id,
    state,
    since: since[state as keyof typeof since] ?? null,
    reason: `It is ${state}.`,
    lastStart: last?.start ?? null,
    lastFinish: last?.finish ?? null,
    lastStatus: last?.status ?? null,
    lastSynced: last?.synced ?? null,
    lastFailed: last?.failed ?? null,
    lastSuccess: success?.start ?? null,
    withoutSuccess: BigInt(failing.length),
    failingSince,
    usualMinutes: usual === null ? null : usual / minuteMs,
    expectedBy,
    dueSince: null,
    judgedBy: expectedBy === null ? null : 'habit',
    late,
    minutesLate: late === null || expectedBy === null ? null : Math.max(0, asOf - expectedBy) / minuteMs,
    traps: null,
    newestTimestamp: syncs.findLast((sync) => hasData(sync) && sync.lastSynced !== null)?.lastSynced ?? null,
    detailsUntil: shownUntil !== null && shownUntil > asOf ? shownUntil : null,
    continues: null,
    incidents: null,
    asOf,
  };
}

function judge({ listing, syncs }: Owner, coverage: Coverage | undefined, failing: readonly Sync[]): string {
  if (listing?.listed === false || coverage?.state === 'gone') return 'gone';
  if (coverage?.state === 'failing') return 'unread';
  if (listing?.status && listing.status !== 'active') return 'paused';
  const newest = failing.at(-1);
  if (newest) return newest.status === 'partial' ? 'refusing' : 'failing';
  return syncs.length === 0 ? 'new' : 'healthy';
}

const isFinal = ({ status, finish }: Sync): boolean =>
  finish !== null || ['success', 'partial', 'error', 'config_error'].includes(status ?? '');

const hasData = ({ status }: Sync): boolean => status === 'success' || status === 'partial';

const isSuccess = ({ status, synced, failed }: Sync): boolean =>
  status === 'success' || (status === 'partial' && (shareOf(failed, synced) ?? 0) < refusedShare);

function usualOf(syncs: readonly Sync[], asOf: number): number | null {
  const starts = syncs.filter(hasData).map(({ start }) => start);
  const distances = starts.slice(1).map((to, index) => ({ from: starts[index] ?? 0, to }));
  const midnight = Math.floor(asOf / dayMs) * dayMs;
  const isLately = ({ from, to }: { from: number; to: number }) =>
    from >= midnight - knownMs && to >= midnight - habitMs && to < midnight && to > from;
  const lately = distances.filter(isLately);
  const chosen = lately.length >= fewest ? lately : distances.slice(-fewest);
  return rankOf(
    0.5,
    chosen.map(({ from, to }) => to - from).filter((distance) => distance > 0),
  );
}
