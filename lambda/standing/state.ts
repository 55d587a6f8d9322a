/** The state of an integration: the first that holds, in the order of `standingStates`. */
import { newestOf, newestOver, type StandingFacts } from './facts.ts';
import type { Judged } from './judge-input.ts';
import { isPaused } from './look-at-list.ts';
import { isData, isRefusing } from './outcome.ts';
import { dayMs, hourMs } from './periods.ts';
import type { IncidentKind, StandingState, Trouble } from './standing.ts';

/** It is unread when nobody has read it for three of its distances, at least and at most so long. */
const unreadDistances = 3;
const leastUnreadMs = hourMs;
const mostUnreadMs = dayMs;

export function stateOf({ input, pace, lateness, stuck, troubles }: Judged): StandingState {
  const { facts, condition, headAt, isReadNow, now, listed } = input;
  if (condition === 'gone') return 'gone';
  const unreadMs = Math.min(
    mostUnreadMs,
    Math.max(leastUnreadMs, unreadDistances * (pace?.usualMs ?? dayMs)),
  );
  if (headAt === null || isUnknown(facts)) return 'unread';
  if (!isReadNow && now - headAt > unreadMs) return 'unread';
  if (isPaused(listed)) return 'paused';
  const over = newestOver(facts);
  const rest = facts.promise.rest?.last ?? Number.NEGATIVE_INFINITY;
  if (over && over.start > rest) {
    if (!isData(over)) return 'failing';
    // With another share the facts are made anew; until then state, trouble and reason go by the one they were made with.
    if (isRefusing(over, facts.refusedShare)) return 'refusing';
  }
  if (stuck) return 'stuck';
  if (lateness?.late) return 'late';
  if (troubles.some(({ kind }) => kind === 'trap')) return 'suspect';
  if (!newestOf(facts)) return 'new';
  return lateness ? 'healthy' : 'resting';
}

/** It has been read, and nobody has had the time to look up in the lake what its syncs add up to. */
export const isUnknown = (facts: StandingFacts): boolean => facts.stale && newestOf(facts) === undefined;

export function sinceOf(
  state: StandingState,
  { input, asOf, stuck }: Judged,
  troubles: readonly Trouble[],
): number | null {
  const kindOf: Partial<Record<StandingState, IncidentKind>> = {
    gone: 'gone',
    unread: 'not_exported',
    failing: 'failed',
    refusing: 'refused',
    late: 'late',
    suspect: 'trap',
  };
  if (state === 'paused') return input.facts.promise.rest?.since ?? asOf;
  if (state === 'stuck') return stuck?.since ?? null;
  const kind = kindOf[state];
  const known =
    input.facts.open.find((open) => open.kind === kind) ?? troubles.find((each) => each.kind === kind);
  return known?.since ?? (state === 'unread' ? input.headAt : null);
}
