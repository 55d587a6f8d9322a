/** What the lines of `days` hold, from the syncs alone. */
import { rankOf, sumOf } from './figures.ts';
import { dayMs, dtOf, keyOf, type ModelLake, minuteMs, type Sync } from './lake.ts';
import { durationOf, inOrder } from './syncs.ts';

export interface Day {
  readonly workspace: string;
  readonly id: string;
  readonly dt: string;
  readonly syncs: bigint;
  readonly successes: bigint;
  readonly partials: bigint;
  readonly errors: bigint;
  readonly configErrors: bigint;
  readonly otherFailures: bigint;
  readonly notFinal: bigint;
  readonly successesWithoutRows: bigint;
  readonly rowsSynced: bigint | null;
  readonly rowsFailed: bigint | null;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  readonly largestGapMinutes: number;
  readonly firstStart: number;
  readonly lastStart: number;
  readonly lastFinish: number | null;
}

export function daysOf({ syncs }: Pick<ModelLake, 'syncs'>): Day[] {
  const days = Map.groupBy(syncs.toSorted(inOrder), (sync) => `${keyOf(sync)}${dtOf(sync.start)}`);
  return [...days.values()].flatMap((own) => (own[0] ? [dayOf(own[0], own)] : []));
}

function dayOf({ workspace, id, start }: Sync, syncs: readonly Sync[]): Day {
  const dt = dtOf(start);
  const count = (test: (sync: Sync, index: number) => boolean) => BigInt(syncs.filter(test).length);
  const isOther = ({ status }: Sync) =>
    !['success', 'partial', 'error', 'config_error'].includes(status ?? 'none');
  const isLast = (index: number) => index === syncs.length - 1;
  const midnight = Date.parse(dt);
  const moments = [midnight, ...syncs.map((sync) => sync.start), midnight + dayMs];
  const finishes = syncs.flatMap(({ finish }) => finish ?? []);
  return {
    workspace,
    id,
    dt,
    syncs: BigInt(syncs.length),
    successes: count(({ status }) => status === 'success'),
    partials: count(({ status }) => status === 'partial'),
    errors: count(({ status }) => status === 'error'),
    configErrors: count(({ status }) => status === 'config_error'),
    otherFailures: count((sync, index) => isOther(sync) && (sync.finish !== null || !isLast(index))),
    notFinal: count((sync, index) => isOther(sync) && sync.finish === null && isLast(index)),
    successesWithoutRows: count(({ status, synced }) => status === 'success' && synced === 0n),
    rowsSynced: sumOf(syncs.map(({ synced }) => synced)),
    rowsFailed: sumOf(syncs.map(({ failed }) => failed)),
    medianSeconds: rankOf(0.5, syncs.map(durationOf)),
    p95Seconds: rankOf(0.95, syncs.map(durationOf)),
    largestGapMinutes: Math.max(...moments.slice(1).map((to, at) => to - (moments[at] ?? to))) / minuteMs,
    firstStart: start,
    lastStart: syncs.at(-1)?.start ?? start,
    lastFinish: finishes.length === 0 ? null : Math.max(...finishes),
  };
}
