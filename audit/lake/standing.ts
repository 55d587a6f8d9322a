/** How an integration stands, as far as its rows decide it. */
import type { Findings } from '../findings.ts';
import { cellOfMs, msOfCell } from '../rows/time.ts';
import type { Cells } from '../tables/line.ts';
import type { Cell } from '../tables/tables.ts';
import { things } from '../things.ts';
import type { History } from './history.ts';
import type { IntegrationLine } from './one-line-each.ts';
import { isData, isRefusing, type SyncFact } from './sync-fact.ts';

const states = 'gone unread paused failing refusing stuck late suspect new resting healthy'.split(' ');
const traps =
  'future_watermark whole_table_again boundary_resync nothing_arrives watermark_stands near_the_limit'.split(
    ' ',
  );
const dayMs = 86_400_000;
const detailsMs = 30 * dayMs;
/** A status of Braze is a word. Of what is none, so much is kept. */
const longestStatus = 100;

export interface StandingCheck {
  readonly findings: Findings;
  readonly key: string;
  /** Undefined: the rows may be ahead of what is said here. */
  readonly history: History | undefined;
  readonly refusedShare: number;
  /** What the checkpoint says: when it was last asked for its newest syncs, or may have been, and what is open. Undefined: the object may be older. */
  readonly recorded:
    | {
        readonly readAt: readonly (string | null)[];
        readonly incidents: readonly string[];
      }
    | undefined;
  /** Whether an integration has a line. */
  readonly isKnown: (integrationId: string) => boolean;
  /** In milliseconds. */
  readonly now: number;
  /** What was before it rested is not counted against it; undefined: nobody knows. */
  readonly hasRested: boolean | undefined;
}

export function checkStanding({ id, number, cells }: IntegrationLine, check: StandingCheck): void {
  const tell = (detail: string) =>
    check.findings.add('standing_differs', check.key, id, `Line ${number}: ${detail}`);
  for (const fault of [...faultsOf(cells, check), ...againstRecord(cells, check)]) tell(fault);
  const { history, refusedShare, hasRested } = check;
  if (!history) return;
  for (const [name, expected] of Object.entries(expectedOf(history, cells)))
    if (cells[name] !== expected) tell(`${name} is ${cells[name]}, and by the syncs ${expected}.`);
  const state = stateFault(String(cells.state), history.newestOver, refusedShare, hasRested === false);
  if (state) tell(state);
  if (
    (cells.state === 'new') !== (history.rows === 0) &&
    (cells.state === 'new' || cells.state === 'healthy')
  )
    tell(`its state is ${cells.state}, and it has ${things(history.rows, 'sync')}.`);
}

function* faultsOf(cells: Cells, { isKnown, now }: StandingCheck): Generator<string> {
  const { state, since, judged_by, late, minutes_late, usual_minutes, traps: found, continues } = cells;
  if (!states.includes(String(state))) yield `state is ${state}, which is no state.`;
  if (!cells.reason) yield 'it says no reason.';
  // It may have begun with a sync, which may start up to a day ahead of the clock.
  if (msOfCell(String(since)) > now + dayMs) yield `its state began at ${since}, which is still to come.`;
  if (typeof usual_minutes === 'number' && usual_minutes < 0) yield `usual_minutes is ${usual_minutes}.`;
  if (typeof continues === 'string' && !isKnown(continues))
    yield `it continues ${continues}, and there is no line of that.`;
  if (judged_by !== null && judged_by !== 'schedule' && judged_by !== 'habit')
    yield `judged_by is ${judged_by}.`;
  if ((judged_by === null) !== (late === null)) yield `late is ${late}, judged by ${judged_by}.`;
  if (typeof minutes_late === 'number' && (minutes_late < 0 || (minutes_late > 0 && late !== true)))
    yield `it is ${things(minutes_late, 'minute')} late, and late is ${late}.`;
  if (state === 'late' && late !== true) yield `its state is late, and late is ${late}.`;
  for (const trap of typeof found === 'string' ? found.split(',') : [])
    if (!traps.includes(trap)) yield `there is no trap ${trap}.`;
  if (Number(cells.syncs_without_success) > 0 !== (cells.failing_since !== null))
    yield `${things(Number(cells.syncs_without_success), 'sync')} without success, failing since ${cells.failing_since}.`;
}

function* againstRecord({ as_of, incidents }: Cells, { recorded }: StandingCheck): Generator<string> {
  if (!recorded) return;
  const { readAt } = recorded;
  if (!readAt.some((at) => at === as_of))
    yield `as_of is ${as_of}, and by its checkpoint record ${readAt.map(String).join(' or ')}.`;
  const open = recorded.incidents.toSorted().join(',') || null;
  if (incidents !== open) yield `incidents is ${incidents}, and by the checkpoint ${open}.`;
}

function expectedOf(history: History, { as_of }: Cells): Record<string, Cell> {
  const { newest, lastRefusedMs } = history;
  const asOf = msOfCell(String(as_of));
  const refusedUntil = lastRefusedMs === null ? null : lastRefusedMs + detailsMs;
  return {
    last_start: cell(newest?.startMs),
    last_finish: cell(newest?.finishMs),
    last_status: newest?.status?.slice(0, longestStatus) ?? null,
    last_rows_synced: newest?.rowsSynced ?? null,
    last_rows_failed: newest?.rowsFailed ?? null,
    last_success: cell(history.lastSuccessMs),
    syncs_without_success: BigInt(history.withoutSuccess),
    failing_since: cell(history.failingSinceMs),
    newest_timestamp_synced: cell(history.watermarkMs),
    ...(Number.isNaN(asOf)
      ? {}
      : { details_until: refusedUntil !== null && refusedUntil > asOf ? cell(refusedUntil) : null }),
  };
}

/** @param isCertain nothing else than the syncs has a say in it. */
function stateFault(
  state: string,
  newest: SyncFact | undefined,
  refusedShare: number,
  isCertain: boolean,
): string | undefined {
  if (['gone', 'unread', 'paused'].includes(state)) return undefined;
  const isFailing = newest !== undefined && !isData(newest);
  const refuses = newest !== undefined && isRefusing(newest, refusedShare);
  const expected = isFailing ? 'failing' : refuses ? 'refusing' : undefined;
  const isSaid = state === 'failing' || state === 'refusing';
  if (isSaid ? state === expected : expected === undefined || !isCertain) return undefined;
  return `its state is ${state}, and its newest sync that is over was ${newest?.status ?? 'none'}.`;
}

function cell(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : cellOfMs(ms);
}
