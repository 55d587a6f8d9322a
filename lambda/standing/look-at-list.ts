/** What the list says of an integration, and what is remembered of it. */
import { paceOf } from './expectation.ts';
import { type StandingFacts, summaryOfAll } from './facts.ts';
import { graceOf } from './grace.ts';
import type { JudgeInput, Listed } from './judge-input.ts';
import { type PromiseFacts, seePromise } from './promise.ts';

/** Its word is another than `active`, the only one that is known, and nothing is scheduled. */
export const isPaused = (listed: Listed | null): boolean =>
  listed !== null && listed.status !== null && !isActive(listed) && listed.nextScheduledRun === null;

export const isActive = (listed: Listed | null): boolean => listed?.status?.toLowerCase() === 'active';

/**
 * What the list says now is remembered: to be called once a run, when both the list and its newest syncs were read. One
 * that is gone rests, whatever was read.
 * @param at when its newest syncs were asked for last, in milliseconds.
 */
export function lookAtList(
  facts: StandingFacts,
  { listed, condition, at, settings }: Pick<JudgeInput, 'listed' | 'condition' | 'settings'> & { at: number },
): StandingFacts {
  const isGone = condition === 'gone';
  if (!listed && !isGone) return facts;
  const usualMs = paceOf(facts.habit, summaryOfAll(facts).data)?.usualMs ?? null;
  const promise: PromiseFacts = seePromise(facts.promise, {
    isAtRest: isGone || !listed?.listed || isPaused(listed),
    nextScheduledRun: listed?.nextScheduledRun ?? null,
    at,
    recent: facts.recent,
    hasOlder: facts.older.to !== null,
    usualMs,
    graceMs: graceOf(usualMs, settings.lateGraceMs),
  });
  return { ...facts, promise };
}
