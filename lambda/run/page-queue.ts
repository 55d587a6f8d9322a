/**
 * Whose page is read next.
 *
 * 1. Heads: a page or a few of each integration, the least recently read first. People look at today.
 * 2. Open syncs further down, up to half of what is left.
 * 3. Gaps, the one with the newest upper edge first, whichever integration it belongs to: recent days become
 *    whole for everybody, and their objects are written together. Full scans of unordered lists take turns with
 *    them. Open syncs that are left come before the gap of their own integration, and after those of others.
 * 4. What is held to be final, again: from requests that nothing else needs, and never more than a fifth of a run's.
 *    What a person has asked to be read again knows no such limit.
 * 5. Of a run that takes hours, when all else was read: heads that are older than one, once more. What it says at its
 *    end is of then.
 *
 * Heads never take all of a run: a tenth of the requests that fit belongs to the rest, or a workspace with
 * more integrations than a run has requests would never gain ground. The quotas are rounded by chance, so
 * that no size of run leaves one of them with nothing for ever. Heads that are left over take what the rest
 * leaves of the limit.
 *
 * A few integrations are read side by side, one request each: one that has a request under way is passed over.
 * One that was put aside comes back after a minute, after two, four and so on; or when nothing else is left.
 */

import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import { gapsOf } from '../walk/history.ts';
import type { Cursor } from '../walk/page.ts';
import { compareLooks, nextLook } from '../walk/second-look.ts';
import type { IntegrationRun } from './integration-run.ts';

/** Pages that a head may take before it has to queue with the gaps: three find the newest end of a list that is oldest first. */
const maxPagesOfHead = 3;
const shareOfHeads = 0.9;
const shareOfOpens = 0.5;
const shareOfLooks = 0.2;
/** A run without a deadline looks again at as much as one that is started every 15 minutes. */
const usualRunMs = 15 * 60_000;
/** A head that was read so long ago says little of now. */
const agedMs = 60 * 60_000;
/** How long one is put aside for the first time. */
const asideMs = 60_000;
/** Those that are still put aside when all else was read so often are for the next run. */
const maxAsideRounds = 5;

interface Conditions {
  readonly clock: Clock;
  readonly random: () => number;
  /** In milliseconds, or infinity. */
  readonly deadline: number;
  readonly limiter: RateLimiter;
}

/** A page to ask for. */
export interface QueuedPage {
  readonly integration: IntegrationRun;
  readonly cursor: Cursor | null;
}

/** What a phase may take of the run. */
interface Part {
  requests: number;
  /** When it has to end, whatever it has used. */
  readonly until: number;
}

const unlimited: Part = { requests: Number.POSITIVE_INFINITY, until: Number.POSITIVE_INFINITY };

export class PageQueue {
  readonly #due: IntegrationRun[];
  readonly #conditions: Conditions;
  /** How many pages of each head were asked for; those that are done are not in it. */
  #heads: Map<IntegrationRun, number>;
  #headPart: Part;
  #opens: IntegrationRun[] | undefined;
  #openPart = unlimited;
  #scansTurn = false;
  #looksLeft: number;
  /** How often each was put aside, and until when. */
  readonly #aside = new Map<IntegrationRun, { readonly times: number; readonly until: number }>();
  readonly #leftOut = new Set<IntegrationRun>();
  /** When each head was begun, of those that were not read once more. */
  readonly #begun = new Map<IntegrationRun, number>();
  #isReadingAnew = false;
  #asideRounds = 0;

  constructor(due: readonly IntegrationRun[], conditions: Conditions) {
    this.#due = [...due];
    this.#conditions = conditions;
    this.#heads = new Map([...due].sort(inTurn).map((each) => [each, 0]));
    const backlog = due.some(({ state: { history } }) => gapsOf(history) > 0 || history.opens.length > 0);
    this.#headPart = this.#part(backlog ? shareOfHeads : 1);
    const { clock, deadline, limiter, random } = conditions;
    const now = clock.now();
    const requests = limiter.capacity(now, Math.min(deadline, now + usualRunMs));
    this.#looksLeft = Math.floor(shareOfLooks * requests + random());
  }

  /** The list has named these while the run goes on: their heads come first, whatever it was at. */
  join(integrations: readonly IntegrationRun[]): void {
    if (integrations.length === 0) return;
    this.#due.push(...integrations);
    const heads = [...this.#heads, ...integrations.map((each) => [each, 0] as const)];
    this.#heads = new Map(heads.sort(([a], [b]) => inTurn(a, b)));
    if (!this.#opens) return;
    this.#opens = undefined;
    this.#headPart = this.#part(shareOfHeads);
  }

  /**
   * The page to be asked for next; undefined where nothing is left but what is under way.
   * @param underWay those whose request is under way.
   */
  next(underWay: ReadonlySet<IntegrationRun>): QueuedPage | undefined {
    const now = this.#conditions.clock.now();
    const isFree = (each: IntegrationRun) =>
      !underWay.has(each) && !this.#leftOut.has(each) && (this.#aside.get(each)?.until ?? now) <= now;
    const integration = this.#choose(isFree, underWay.size === 0);
    const wanted = integration?.next();
    if (integration && wanted) return { integration, cursor: wanted.cursor };
    if (underWay.size > 0 || this.#aside.size === 0) return undefined;
    if (this.#asideRounds === maxAsideRounds) return undefined;
    this.#asideRounds += 1;
    this.#aside.clear();
    return this.next(underWay);
  }

  /** It has to wait: others go on. @param isAlone they were answered meanwhile. */
  putAside(integration: IntegrationRun, isAlone: boolean): void {
    integration.wasLimited(isAlone);
    const times = (this.#aside.get(integration)?.times ?? 0) + 1;
    const until = this.#conditions.clock.now() + asideMs * 2 ** (times - 1);
    this.#aside.set(integration, { times, until });
  }

  /** It is not asked again in this run. */
  leaveOut(integration: IntegrationRun): void {
    this.#leftOut.add(integration);
  }

  #choose(isFree: (each: IntegrationRun) => boolean, isIdle: boolean): IntegrationRun | undefined {
    return (
      this.#nextHead(isFree, this.#headPart) ??
      this.#nextOpen(isFree) ??
      this.#nextGap(isFree) ??
      this.#headLeftOver(isFree, isIdle) ??
      this.#nextLook(isFree) ??
      this.#agedHead(isFree, isIdle)
    );
  }

  #nextHead(isFree: (each: IntegrationRun) => boolean, part: Part): IntegrationRun | undefined {
    if (!this.#isLeft(part)) return undefined;
    for (const [each, pages] of this.#heads) {
      if (!isFree(each)) continue;
      if (pages === 0) {
        each.startHead();
        this.#begun.set(each, this.#conditions.clock.now());
      }
      if (pages < maxPagesOfHead && each.next()) {
        this.#heads.set(each, pages + 1);
        part.requests -= 1;
        return each;
      }
      this.#heads.delete(each);
    }
    return undefined;
  }

  #nextOpen(isFree: (each: IntegrationRun) => boolean): IntegrationRun | undefined {
    if (!this.#opens) {
      const { random } = this.#conditions;
      const drawn = this.#due.map((integration) => ({ integration, lot: random() }));
      this.#opens = drawn.sort((a, b) => a.lot - b.lot).map(({ integration }) => integration);
      this.#openPart = this.#part(shareOfOpens);
    }
    if (!this.#isLeft(this.#openPart)) return undefined;
    const done = new Set<IntegrationRun>();
    const chosen = this.#opens.find((each) => {
      if (!isFree(each)) return false;
      if (each.turnToOpenSyncs()) return true;
      done.add(each);
      return false;
    });
    if (done.size > 0) this.#opens = this.#opens.filter((each) => !done.has(each));
    if (chosen) this.#openPart.requests -= 1;
    return chosen;
  }

  #nextGap(isFree: (each: IntegrationRun) => boolean): IntegrationRun | undefined {
    this.#scansTurn = !this.#scansTurn;
    let chosen: IntegrationRun | undefined;
    for (const each of this.#due) {
      if (!isFree(each) || !each.proceed()) continue;
      const better =
        !chosen ||
        (each.isScanning !== chosen.isScanning
          ? each.isScanning === this.#scansTurn
          : each.urgency > chosen.urgency);
      if (better) chosen = each;
    }
    return chosen;
  }

  /**
   * Heads that were left out for want of quota, when all else is done or under way: what is under way must not wait
   * for the limit because of them.
   */
  #headLeftOver(isFree: (each: IntegrationRun) => boolean, isIdle: boolean): IntegrationRun | undefined {
    const { clock, limiter } = this.#conditions;
    if (!isIdle && limiter.delay(clock.now()) > 0) return undefined;
    return this.#nextHead(isFree, { ...unlimited });
  }

  #nextLook(isFree: (each: IntegrationRun) => boolean): IntegrationRun | undefined {
    const { clock } = this.#conditions;
    const now = clock.now();
    // Most have none that is due: those few that have one are put in order, and nobody else.
    const due = this.#due.flatMap((integration) => {
      const look = isFree(integration) ? nextLook(integration.state.history, now) : undefined;
      return look && (look.reach === 'asked' || this.#looksLeft > 0) ? [{ integration, look }] : [];
    });
    due.sort((a, b) => compareLooks(a.look, b.look));
    for (const { integration, look } of due) {
      if (!integration.turnToSecondLook(now)) continue;
      if (look.reach !== 'asked') this.#looksLeft -= 1;
      return integration;
    }
    return undefined;
  }

  /** Its first page; what that leads to is a gap. */
  #agedHead(isFree: (each: IntegrationRun) => boolean, isIdle: boolean): IntegrationRun | undefined {
    if (!isIdle && !this.#isReadingAnew) return undefined;
    const aged = this.#conditions.clock.now() - agedMs;
    const chosen = this.#due.find(
      (each) => isFree(each) && each.hasHead && (this.#begun.get(each) ?? aged) < aged,
    );
    if (!chosen) return undefined;
    this.#isReadingAnew = true;
    this.#begun.delete(chosen);
    chosen.startHead();
    return chosen;
  }

  #isLeft({ requests, until }: Part): boolean {
    return requests > 0 && this.#conditions.clock.now() < until;
  }

  /** A share of what is left of the run. */
  #part(share: number): Part {
    const { clock, deadline, limiter, random } = this.#conditions;
    const now = clock.now();
    if (share === 1 || deadline === Number.POSITIVE_INFINITY) return { ...unlimited };
    const requests = Math.floor(share * limiter.capacity(now, deadline) + random());
    return { requests, until: now + share * (deadline - now) };
  }
}

/** The least recently read first. */
function inTurn(a: IntegrationRun, b: IntegrationRun): number {
  return (a.state.checkedAt ?? 0) - (b.state.checkedAt ?? 0) || (a.id < b.id ? -1 : 1);
}
