/** Coverage: what it says against itself, the checkpoint and the rows. */
import type { IntegrationState } from '../checkpoint/integration-state.ts';
import type { Findings } from '../findings.ts';
import { msOfCell } from '../rows/time.ts';
import type { Cells } from '../tables/line.ts';
import { things } from '../things.ts';
import type { History } from './history.ts';
import type { IntegrationLine } from './one-line-each.ts';

const dayMs = 86_400_000;
const abandonedAfterMs = 7 * dayMs;
const orders = ['newest_first', 'oldest_first', 'unordered', 'unproved'];
const states = ['complete', 'backfilling', 'failing', 'gone'];

export interface CoverageCheck {
  readonly findings: Findings;
  readonly key: string;
  /** Undefined: no checkpoint is at hand. */
  readonly state: IntegrationState | undefined;
  /** The object may be older than the records: the run that was to write it could not. */
  readonly isOld: boolean;
  /** Undefined: the lake has no row of it, or may be ahead of what coverage says. */
  readonly history: History | undefined;
}

export function checkCoverage({ id, number, cells }: IntegrationLine, check: CoverageCheck): void {
  const tell = (detail: string) =>
    check.findings.add('coverage_differs', check.key, id, `Line ${number}: ${detail}`);
  for (const fault of faultsOf(cells)) tell(fault);
  if (check.state) for (const fault of againstRecord(cells, check.state, check.isOld)) tell(fault);
  if (check.history) for (const fault of againstRows(cells, check.history)) tell(fault);
}

function* faultsOf(cells: Cells): Generator<string> {
  const { complete_from, complete_to, gaps, row_order, state, failure } = cells;
  if (!orders.includes(String(row_order))) yield `row_order is ${row_order}, which is no order.`;
  if (!states.includes(String(state))) yield `state is ${state}, which is no state.`;
  if (state === 'complete' && gaps !== 0n) yield `it is complete, and has ${gaps} gaps.`;
  if (state === 'failing' && !failure) yield 'it is failing, and does not say why.';
  if (complete_from !== null && complete_to === null) yield 'it is whole from some time on, and to none.';
  // A sync may start up to a day ahead of the clock.
  if (msOfCell(String(complete_from)) > msOfCell(String(complete_to)) + dayMs)
    yield `it is whole from ${complete_from} to ${complete_to}.`;
  for (const name of ['gaps', 'open_syncs', 'abandoned_syncs', 'late_rows', 'lost_gaps']) {
    const count = cells[name];
    if (count === null || (typeof count === 'bigint' && count < 0n)) yield `${name} is ${count}.`;
  }
}

function* againstRecord(
  cells: Cells,
  { coverage, checkedAt }: IntegrationState,
  isOld: boolean,
): Generator<string> {
  // The next run writes it anew.
  if (isOld && checkedAt !== null && String(cells.checked_at ?? '') < checkedAt) return;
  // A run that failed as a whole, or could not write a record, says so here, and the records stay as they are.
  const hasFailed = cells.state === 'failing';
  const saysWhy = hasFailed || (cells.state === 'gone' && cells.failure !== null);
  for (const [name, expected] of Object.entries(coverage)) {
    const found = cells[name];
    if ((hasFailed && name === 'state') || (saysWhy && name === 'failure')) continue;
    if (found !== undefined && found !== expected)
      yield `${name} is ${found}, and by its checkpoint record ${expected}.`;
  }
}

function* againstRows(cells: Cells, history: History): Generator<string> {
  const { open_syncs, abandoned_syncs, complete_to, state } = cells;
  const counted = Number(open_syncs) + Number(abandoned_syncs);
  if (counted > history.notFinal)
    yield `it counts ${things(counted, 'sync')} as open or abandoned, and the lake has ${history.notFinal} that are not final.`;
  const { newest } = history;
  const ageMs = newest ? msOfCell(String(complete_to)) - newest.startMs : Number.NaN;
  const isYoung = ageMs >= 0 && ageMs < abandonedAfterMs;
  const isOpen = history.newestOpenStart === history.newestStart && history.rows > 0;
  if (state === 'complete' && isYoung && isOpen && counted === 0)
    yield 'its newest sync is not final, and none is counted as open.';
}
