/** What is wrong with the reading of an integration, and what can't be known of it now. */
import { newestOf, newestOver } from './facts.ts';
import type { Judged } from './judge-input.ts';
import type { IncidentKind, StandingState, Trouble } from './standing.ts';
import { troublesOfSyncs } from './troubles.ts';

/** Not what its syncs do, but that they can't be read. */
export function troublesOfReading({ input, asOf }: Judged, state: StandingState): Trouble[] {
  const { failure, condition, coverage } = input;
  const trouble = (kind: IncidentKind, since: number, reason: string): Trouble => ({
    kind,
    trap: null,
    since,
    reason,
  });
  if (state === 'gone') return [trouble('gone', asOf, 'It is gone from Braze; its history is kept.')];
  const troubles: Trouble[] = [];
  if (state === 'unread' && condition === 'failing')
    troubles.push(trouble('not_exported', asOf, failure ?? 'It could not be read.'));
  if (coverage.gapAtRiskSince !== null) {
    const risk = `A stretch of its history has not been read yet (${coverage.gaps} in all), and Braze will not keep it much longer.`;
    troubles.push(trouble('gap_at_risk', coverage.gapAtRiskSince, risk));
  }
  return troubles;
}

/**
 * Of what nothing can be said now, an incident stays as it is: while it is unread, all that its syncs do; and where
 * habit has changed its mind, or knows longer durations today, the sync that was late or stuck a moment ago still is.
 */
export function unknownIn(state: StandingState, { input, lateness }: Judged): IncidentKind[] {
  if (state === 'gone' || state === 'paused') return [];
  if (state === 'unread') {
    return input.condition === 'failing' ? [...troublesOfSyncs] : [...troublesOfSyncs, 'not_exported'];
  }
  const newest = newestOf(input.facts);
  const hasNotMoved = (kind: IncidentKind) =>
    input.facts.open.some((open) => open.kind === kind && newest !== undefined && newest.start < open.since);
  const isStillLate = lateness?.judgedBy !== 'schedule' && hasNotMoved('late');
  const isStillRunning = newest !== undefined && newestOver(input.facts) !== newest && hasNotMoved('stuck');
  return [...(isStillLate ? (['late'] as const) : []), ...(isStillRunning ? (['stuck'] as const) : [])];
}
