/**
 * What the list of integrations has promised, and whether it was kept: `next_scheduled_run`, which Braze overwrites.
 * It is not known whether Braze moves it at the start of a sync or at its end, nor when a run is skipped or paused:
 * so each promise is remembered until a sync has started, and promises that are broken again and again are believed no
 * longer.
 */
import { keptSince } from '../time/kept-since.ts';
import { dayMs, minuteMs } from './periods.ts';
import { seenEndOf } from './runs.ts';
import type { SyncFact } from './sync-fact.ts';

export interface PromiseFacts {
  /** The oldest promise after which no sync has started; null: there is none. */
  readonly pending: number | null;
  /** What became of the newest promises that were seen, oldest first: `k` kept, `m` missed. */
  readonly record: string;
  /** When it was last seen that one was broken; null: none ever was. */
  readonly missed: number | null;
  /** The newest time that it was at rest or gone; null: it never was. */
  readonly rest: Rest | null;
}

export interface Rest {
  /** When it was first and last seen so. */
  readonly since: number;
  readonly last: number;
  /** When it was first seen awake again; null: not yet. */
  readonly until: number | null;
}

export const newPromise = (): PromiseFacts => ({ pending: null, record: '', missed: null, rest: null });

/** A sync that starts so little before its promise keeps it. */
const earlyMs = minuteMs;
const judged = 10;
/** An outage breaks one promise of many. Where more than a quarter is broken, of few as of many, they are none. */
const mostMissedShare = 0.25;
/** A broken one is remembered for so long. */
const rememberedMs = 28 * dayMs;

export interface PromiseLook {
  readonly isAtRest: boolean;
  readonly nextScheduledRun: number | null;
  /** When the list was read, in milliseconds. */
  readonly at: number;
  /** The newest syncs, oldest first, and whether there are any before them that are not among them. */
  readonly recent: readonly SyncFact[];
  readonly hasOlder: boolean;
  readonly usualMs: number | null;
  readonly graceMs: number;
}

/**
 * 1. At rest nothing is promised, and nothing that was is held against it.
 * 2. A sync that has started since keeps the promise, or breaks it where it came too late.
 * 3. A promise that was replaced before it had passed was withdrawn; so was one that has passed, where what replaces it
 *    belongs to another plan: that one was broken. So was one that goes on by whole distances before it has come: it was
 *    no promise of the sync that has moved it, but a time of another zone, say.
 * 4. A promise that is still open stays until then: the oldest one counts.
 */
export function seePromise(promise: PromiseFacts, look: PromiseLook): PromiseFacts {
  const { at, nextScheduledRun: next, recent } = look;
  if (look.isAtRest) {
    return { ...promise, pending: null, rest: { since: restSince(promise, look), last: at, until: null } };
  }
  let { pending } = promise;
  let outcome: Outcome = '';
  if (pending !== null && startsFrom(recent, pending)) {
    outcome = outcomeOf(pending, look);
    pending = null;
  } else if (pending !== null && isWithdrawn(pending, look)) {
    // Before it had come, another plan may be no fault of anybody's.
    outcome = pending <= at || isMovedOn(pending, look) ? 'm' : '';
    pending = null;
  }
  if (pending === null && next !== null && !startsFrom(recent, next)) pending = next;
  const rest = promise.rest && wokenAt(promise.rest, at);
  const missed = outcome === 'm' ? at : promise.missed && keptSince(promise.missed, at);
  return { rest, pending, missed, record: `${promise.record}${outcome}`.slice(-judged) };
}

/**
 * How far promises and starts match over time: `not always`, where one was broken lately. A month knows of weekends, and
 * ten distances of what comes more rarely.
 */
export function trustIn(
  { record, missed }: Pick<PromiseFacts, 'record' | 'missed'>,
  usualMs: number | null,
  at: number,
): 'full' | 'not always' | 'none' {
  if (record.split('m').length - 1 > mostMissedShare * record.length) return 'none';
  const lately = Math.max(rememberedMs, judged * (usualMs ?? 0));
  return missed !== null && at - missed <= lately ? 'not always' : 'full';
}

/** Whether a sync has started that keeps the promise, or breaks it. */
export function isPast(promised: number, { recent }: Pick<PromiseLook, 'recent'>): boolean {
  return startsFrom(recent, promised);
}

/** It goes on resting until it is seen awake. */
function restSince({ rest }: PromiseFacts, { at }: PromiseLook): number {
  return rest && rest.until === null ? keptSince(rest.since, at) : at;
}

/** What was seen under a clock that was ahead must not keep its syncs from being judged until then. */
const wokenAt = ({ since, last, until }: Rest, at: number): Rest => ({
  since: keptSince(since, at),
  last: keptSince(last, at),
  until: keptSince(until, at),
});

function startsFrom(recent: readonly SyncFact[], promised: number): boolean {
  return recent.some(({ start }) => start >= promised - earlyMs);
}

type Outcome = 'k' | 'm' | '';

/** Nothing where it can't be known: the first start since then is not kept, or another sync was still running. */
function outcomeOf(promised: number, { recent, hasOlder, graceMs, at }: PromiseLook): Outcome {
  const index = recent.findIndex(({ start }) => start >= promised - earlyMs);
  const [first, before] = [recent[index], recent[index - 1]];
  if (!first || (!before && hasOlder)) return '';
  if (first.start <= promised + graceMs) return 'k';
  const wasBusy =
    before !== undefined && (before.finish === null || (seenEndOf(before, at) ?? promised) > promised);
  return wasBusy ? '' : 'm';
}

function isWithdrawn(pending: number, { at, nextScheduledRun: next, usualMs }: PromiseLook): boolean {
  return next !== pending && (pending > at || isOtherPlan(pending, next, usualMs));
}

function isMovedOn(pending: number, { nextScheduledRun: next, usualMs }: PromiseLook): boolean {
  return next !== null && next > pending && usualMs !== null && !isOtherPlan(pending, next, usualMs);
}

/**
 * A schedule goes on by whole distances, but for a tenth: from ten hours on, that covers the hour by which local time may
 * shift.
 */
function isOtherPlan(pending: number, next: number | null, usualMs: number | null): boolean {
  if (next === null || usualMs === null || next <= pending) return false;
  const off = (next - pending) % usualMs;
  return Math.min(off, usualMs - off) > usualMs / 10;
}
