/**
 * Whose page is read next.
 *
 * 1. Heads: a page or a few of each integration, the least recently read first. People look at today.
 * 2. Open syncs further down.
 * 3. Gaps, the one with the newest upper edge first, whichever integration it belongs to: recent days become
 *    whole for everybody, and their objects are written together. Full scans of unordered lists take turns with
 *    them.
 *
 * Heads never take all of a run: a tenth of the requests that fit belongs to the rest, or a workspace with
 * more integrations than a run has requests would never gain ground. The quotas are rounded by chance, so
 * that no size of run leaves one of them with nothing for ever.
 */

import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import { gapsOf } from '../walk/history.ts';
import type { IntegrationRun } from './integration-run.ts';

/** Pages that a head may take before it has to queue with the gaps: three find the newest end of a list that is oldest first. */
const maxPagesOfHead = 3;
const shareOfHeads = 0.9;
const shareOfOpens = 0.5;

interface Conditions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly began: number;
  /** In milliseconds, or infinity. */
  readonly deadline: number;
  readonly limiter: RateLimiter;
}

export class PageQueue {
  readonly #due: IntegrationRun[];
  readonly #conditions: Conditions;
  #heads: IntegrationRun[];
  #opens: IntegrationRun[] | undefined;
  #quota: number;
  /** When the phase has to end, whatever it has used. */
  #until: number;
  #pagesOfHead = 0;
  #scansTurn = false;

  constructor(due: readonly IntegrationRun[], conditions: Conditions) {
    this.#due = [...due];
    this.#conditions = conditions;
    this.#heads = inTurn(due);
    const backlog = due.some(({ state: { history } }) => gapsOf(history) > 0 || history.opens.length > 0);
    [this.#quota, this.#until] = this.#part(backlog ? shareOfHeads : 1);
  }

  /** The list has named these while the run goes on: their heads come first, whatever it was at. */
  join(integrations: readonly IntegrationRun[]): void {
    if (integrations.length === 0) return;
    this.#due.push(...integrations);
    const atWork = this.#pagesOfHead > 0 ? this.#heads.slice(0, 1) : [];
    this.#heads = [...atWork, ...inTurn([...this.#heads.slice(atWork.length), ...integrations])];
    if (!this.#opens) return;
    this.#opens = undefined;
    [this.#quota, this.#until] = this.#part(shareOfHeads);
  }

  /** The integration whose page is to be read next; undefined where nothing is left to read. */
  next(): IntegrationRun | undefined {
    return this.#nextHead() ?? this.#nextOpen() ?? this.#nextGap() ?? this.#headLeftOver();
  }

  #nextHead(): IntegrationRun | undefined {
    for (let each = this.#heads[0]; each && this.#allowed(); each = this.#heads[0]) {
      if (this.#pagesOfHead === 0) each.startHead();
      if (this.#pagesOfHead < maxPagesOfHead && each.next()) {
        this.#pagesOfHead += 1;
        this.#quota -= 1;
        return each;
      }
      this.#heads.shift();
      this.#pagesOfHead = 0;
    }
    return undefined;
  }

  #nextOpen(): IntegrationRun | undefined {
    if (!this.#opens) {
      const { random } = this.#conditions;
      const drawn = this.#due.map((integration) => ({ integration, lot: random() }));
      this.#opens = drawn.sort((a, b) => a.lot - b.lot).map(({ integration }) => integration);
      [this.#quota, this.#until] = this.#part(shareOfOpens);
    }
    for (let each = this.#opens[0]; each && this.#allowed(); each = this.#opens[0]) {
      if (each.turnToOpenSyncs()) {
        this.#quota -= 1;
        return each;
      }
      this.#opens.shift();
    }
    return undefined;
  }

  #nextGap(): IntegrationRun | undefined {
    this.#scansTurn = !this.#scansTurn;
    let chosen: IntegrationRun | undefined;
    for (const each of this.#due) {
      if (!each.proceed()) continue;
      const better =
        !chosen ||
        (each.isScanning !== chosen.isScanning
          ? each.isScanning === this.#scansTurn
          : each.urgency > chosen.urgency);
      if (better) chosen = each;
    }
    return chosen;
  }

  /** Heads that were left out for want of quota, when all else is done. */
  #headLeftOver(): IntegrationRun | undefined {
    if (this.#heads.length === 0) return undefined;
    this.#quota = Number.POSITIVE_INFINITY;
    this.#until = Number.POSITIVE_INFINITY;
    return this.#nextHead();
  }

  #allowed(): boolean {
    return this.#quota > 0 && this.#conditions.clock.now() < this.#until;
  }

  /** So many requests and until when: a share of what is left of the run. */
  #part(share: number): [number, number] {
    const { clock, deadline, limiter, random } = this.#conditions;
    const now = clock.now();
    if (share === 1 || deadline === Number.POSITIVE_INFINITY) return [Infinity, Infinity];
    return [Math.floor(share * limiter.capacity(now, deadline) + random()), now + share * (deadline - now)];
  }
}

/** The least recently read first. */
function inTurn(integrations: readonly IntegrationRun[]): IntegrationRun[] {
  return [...integrations].sort(
    (a, b) => (a.state.checkedAt ?? 0) - (b.state.checkedAt ?? 0) || (a.id < b.id ? -1 : 1),
  );
}
