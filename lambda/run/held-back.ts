/** Which integrations had to be held back, for the runs that follow: of these the lake may be ahead. */
import { mostHeldBack, type WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { keptSince } from '../time/kept-since.ts';
import type { IntegrationRun } from './integration-run.ts';
import { lastReadAt } from './last-read.ts';

/**
 * One that was held back by an earlier run stays among them until a run has read it: before that, nobody has met again
 * what held it back.
 *
 * @param before since when each has been, as the run before has left it. @param askedFrom what was
 * asked for then or later was asked for by this run, in milliseconds. @returns since when each has been now.
 */
export function heldBackNow(
  integrations: readonly IntegrationRun[],
  before: ReadonlyMap<string, number>,
  { askedFrom, now }: { readonly askedFrom: number; readonly now: number },
): Map<string, number> {
  const held = new Map<string, number>();
  for (const each of integrations) {
    const since = before.get(each.id);
    const isHeld = each.isHeldBack || (since !== undefined && !wasRead(each, askedFrom));
    if (isHeld) held.set(each.id, keptSince(since, now));
  }
  return held;
}

function wasRead({ state, isGone }: IntegrationRun, askedFrom: number): boolean {
  const at = lastReadAt(state.history);
  return isGone || (at !== null && at >= askedFrom);
}

/**
 * What the next run is told.
 *
 * @param isAheadUnnamed the lake was found ahead, and this run does not know yet who there is: a run that was killed may
 * have written rows of one that has no record, and that only the list names.
 */
export function keepHeldBack(
  facts: WorkspaceFacts,
  held: ReadonlyMap<string, number>,
  isAheadUnnamed: boolean,
): void {
  facts.heldBack = new Map([...held].slice(0, mostHeldBack));
  facts.isLakeAhead = held.size > mostHeldBack || facts.overtakenUntil !== null || isAheadUnnamed;
}
