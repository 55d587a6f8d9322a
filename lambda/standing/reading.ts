/** What is wrong with the reading of an integration, and what can't be known of it now. */
import { keptSince } from '../time/kept-since.ts';
import { isRunning, newestOf, type StandingFacts } from './facts.ts';
import type { Judged, JudgeInput } from './judge-input.ts';
import { hourMs } from './periods.ts';
import type { IncidentKind, StandingState, Trouble } from './standing.ts';
import { troublesOfSyncs } from './troubles.ts';

/** An answer that fails may pass, and one of an integration that was made a moment ago often does. */
export const passingMs = hourMs;

/**
 * What is remembered of a look at its syncs: to be called once a run, but where nobody could be read.
 * @param at when the run ends, in milliseconds.
 */
export function lookAtReading(
  facts: StandingFacts,
  condition: JudgeInput['condition'],
  at: number,
): StandingFacts {
  const unreadableSince = condition === 'failing' ? keptSince(facts.unreadableSince, at) : null;
  return unreadableSince === facts.unreadableSince ? facts : { ...facts, unreadableSince };
}

/** Not what its syncs do, but that they can't be read. */
export function troublesOfReading({ input, asOf }: Judged, state: StandingState): Trouble[] {
  const { failure, coverage, facts, headAt, now, isAllDenied } = input;
  const trouble = (kind: IncidentKind, since: number, reason: string): Trouble => ({
    kind,
    trap: null,
    since,
    reason,
  });
  if (state === 'gone') return [trouble('gone', asOf, 'It is gone from Braze; its history is kept.')];
  const troubles: Trouble[] = [];
  const { unreadableSince } = facts;
  const hasFailed = unreadableSince !== null && now - unreadableSince >= passingMs;
  if (state === 'unread' && hasFailed && !isAllDenied) {
    troubles.push(trouble('not_exported', headAt ?? unreadableSince, failure ?? 'It could not be read.'));
  }
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
  if (state === 'unread') return [...troublesOfSyncs, 'not_exported'];
  const newest = newestOf(input.facts);
  const hasNotMoved = (kind: IncidentKind) =>
    input.facts.open.some((open) => open.kind === kind && newest !== undefined && newest.start < open.since);
  const isStillLate = lateness?.judgedBy !== 'schedule' && hasNotMoved('late');
  const isStillRunning = isRunning(input.facts) && hasNotMoved('stuck');
  return [...(isStillLate ? (['late'] as const) : []), ...(isStillRunning ? (['stuck'] as const) : [])];
}
