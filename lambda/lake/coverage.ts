/** How complete the history of each integration is: what a reader of the other tables must know to trust them. */

import type { IntegrationState } from '../checkpoint/integration-record.ts';
import { instantOf, timestampCell } from '../rows/instant.ts';
import type { Line } from '../schema/tables.ts';
import { isProofLost } from '../walk/full-scan.ts';
import { countOpen, gapsOf } from '../walk/history.ts';
import { bodyOf } from './line-an-integration.ts';

export type CoverageState = 'complete' | 'backfilling' | 'failing' | 'gone';

export function coverageLine(state: Readonly<IntegrationState>): Line<'coverage'> {
  const { integrationId, history, failure, checkedAt } = state;
  const [newestStretch] = history.stretches;
  const gaps = gapsOf(history);
  // A list of one row or none is in every order.
  const proved = history.proved || history.order === 'unordered' || gaps === 0;
  return {
    integration_id: integrationId,
    complete_from: newestStretch ? timestampCell(newestStretch.oldest) : null,
    complete_to: newestStretch || history.empty ? cellOf(history.headAt) : null,
    gaps,
    open_syncs: openSyncs(state),
    abandoned_syncs: Object.values(history.abandoned).reduce((sum, syncs) => sum + syncs, 0),
    row_order: proved ? (history.order ?? 'newest_first') : 'unproved',
    state: coverageState(state, gaps),
    failure,
    checked_at: cellOf(checkedAt),
    late_rows: history.lateRows,
    lost_gaps: history.lostGaps,
    rechecked_at: cellOf(history.recheckedAt),
  };
}

/** How many of its syncs are open, by what is known of its list and of the lake: a start ahead of the clock is none yet. */
export function openSyncs({ history, standing }: Readonly<IntegrationState>): number {
  const { headAt } = history;
  const newest = standing.recent.findLast(({ start }) => headAt !== null && start <= headAt);
  return countOpen(history, newest?.start ?? null);
}

function coverageState({ condition, history }: Readonly<IntegrationState>, gaps: number): CoverageState {
  if (condition !== 'present') return condition;
  return gaps === 0 && !isProofLost(history) ? 'complete' : 'backfilling';
}

/** The object of a workspace. */
export function coverageBody(states: readonly Readonly<IntegrationState>[]): Promise<Buffer> {
  return bodyOf('coverage', states.map(coverageLine));
}

function cellOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : timestampCell(instantOf(milliseconds));
}
