/**
 * Sends requests when the limit allows it, and again where that helps: the only place where a run waits. Several may
 * be under way at once; whoever waits for the limit waits in line.
 */

import { type BrazeAnswer, type Endpoint, readAnswer } from '../braze/answer.ts';
import { firstPage } from '../braze/link.ts';
import type { Reply, Transport } from '../braze/transport.ts';
import type { RateLimiters } from '../checkpoint/lease.ts';
import { Denied } from '../errors/denied.ts';
import { NoAnswer } from '../errors/no-answer.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Outage } from '../errors/outage.ts';
import { PutAside } from '../errors/put-aside.ts';
import { Refused } from '../errors/refused.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { readLimitNotice } from '../rate-limit/rate-limit-headers.ts';
import type { SentRequest } from '../rate-limit/rate-limiter.ts';
import { dayMs } from '../standing/periods.ts';
import type { Clock } from '../time/clock.ts';
import { httpDate } from '../time/http-date.ts';
import { Turns } from '../time/turns.ts';
import type { Receipt } from './receipt.ts';
import { RepeatedRefusals } from './repeated-refusals.ts';
import type { ReportEvent } from './run-events.ts';
import { Silence } from './silence.ts';

const permissions = { list: 'cdi.integration_list', status: 'cdi.integration_job_status' } as const;

function denied(status: 401 | 403 | 404, endpoint: Endpoint): Denied {
  const message = denial(status, endpoint);
  if (endpoint === 'list' || status === 404) return new Denied(message);
  return new Refused(status, message);
}

function denial(status: 401 | 403 | 404, endpoint: Endpoint): string {
  if (status === 401) {
    return 'Braze does not accept the API key (401): it is wrong or was deleted, or it belongs to another instance than this endpoint.';
  }
  if (status === 403) {
    return (
      `Braze forbids this to the API key (403): it lacks the permission ${permissions[endpoint]}, its IP ` +
      "allowlist leaves this machine out, or the account is inactive. A key's permissions are fixed: make a new key."
    );
  }
  return 'The endpoint answers 404: it is not the base URL of a Braze REST API.';
}

export interface RequesterPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly report: ReportEvent;
  readonly signal: AbortSignal | undefined;
  /** In milliseconds: no request and no wait goes on beyond it. */
  readonly deadline: number;
  /** Tells after a 401 whether the key has been changed meanwhile, and takes the new one. */
  readonly renewKey?: (() => Promise<boolean>) | undefined;
  /** Called before each request: the lease must not run out while one integration is tried again and again. */
  readonly keepLease: () => Promise<void>;
}

export interface PageRequest {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly cursor: string | null;
  /** Whether others could be asked in its place. One that is alone waits for the limit, however long. */
  readonly hasOthers?: () => boolean;
  /** Called where it is refused by the limit again and again, and goes on waiting. */
  readonly onLimited?: () => void;
  /** Called each time that it is sent: the limit allows it now. */
  readonly onSend?: (now: number) => void;
}

/** What comes of a request that went through. */
export type Answer = Exclude<BrazeAnswer, { kind: 'limited' | 'denied' }>;

/** An answer, and when it was asked for and came, in milliseconds. */
export interface Answered {
  readonly answer: Answer;
  readonly askedAt: number;
  readonly answeredAt: number;
}

interface Try extends SentRequest {
  /** Which one it is of those that were sent to its endpoint. */
  readonly ordinal: number;
  /** Whether the key had been renewed before. */
  readonly isKeyRenewed: boolean;
}

/** Twice as long as an answer takes. */
const probeMs = 5000;

/** The header has whole seconds, and clocks that agree may differ by as much. */
const dateToleranceMs = 2000;

/**
 * When a request reached Braze, in milliseconds, by Braze's own clock where ours is ahead of it: nothing that started
 * later can be in the answer, and must not be claimed.
 */
function askedAt(headers: Headers, sentAt: number, answeredAt: number): number {
  const date = httpDate(headers.get('date'));
  return date + dateToleranceMs < sentAt ? date - Math.max(0, answeredAt - sentAt) : sentAt;
}

/**
 * By how much Braze's clock is ahead of ours, at the least; 0 where it is not, and infinity where nobody can know. Nobody's
 * is by days.
 */
function behind(headers: Headers, answeredAt: number): number {
  const ahead = httpDate(headers.get('date')) - answeredAt;
  if (Number.isNaN(ahead)) return Number.POSITIVE_INFINITY;
  return ahead > dateToleranceMs ? Math.min(ahead, dayMs) : 0;
}

export class Requester {
  readonly #ports: RequesterPorts;
  readonly #limiters: RateLimiters;
  readonly #receipt: Receipt;
  readonly #turns = { list: new Turns(), status: new Turns() };
  readonly #refusals = { list: new RepeatedRefusals(), status: new RepeatedRefusals() };
  readonly #silence = new Silence();
  #isKeyRenewed = false;
  #renewal: Promise<boolean> | undefined;
  #lastReason: string | undefined;
  #hasAnswer = false;
  /** What was answered last. */
  #lastAnswered: PageRequest | undefined;
  /** Ends all waits, and says why: nothing is sent any more. */
  readonly #end = new AbortController();
  #probe: Promise<boolean> | undefined;
  #askedFrom = Number.POSITIVE_INFINITY;
  #behindMs = Number.POSITIVE_INFINITY;

  constructor(ports: RequesterPorts, limiters: RateLimiters, receipt: Receipt) {
    this.#ports = ports;
    this.#limiters = limiters;
    this.#receipt = receipt;
  }

  /**
   * When the first thing was asked for that was answered, by Braze's clock where ours is ahead, in milliseconds: what was
   * asked for before is not of this run. `Infinity`: nothing was answered.
   */
  get askedFrom(): number {
    return this.#askedFrom;
  }

  /** By how much our clock is behind Braze's, as each answer shows: what Braze promises is by its own. */
  get behindMs(): number {
    return Number.isFinite(this.#behindMs) ? this.#behindMs : 0;
  }

  /** Braze was asked in this run, and has never answered. */
  get silence(): Outage | undefined {
    return this.#hasAnswer || this.#lastReason === undefined ? undefined : new Outage(this.#lastReason);
  }

  /** Several things in a row were asked for in vain, and what was answered before is not answered either. @throws {OutOfTime} @throws {LostRace} */
  async outage(): Promise<Outage | undefined> {
    if (!this.#silence.isLong || (await this.#isAnyoneThere())) return undefined;
    return new Outage(this.#lastReason ?? '');
  }

  /** Nothing is sent any more: whoever waits is out of time. */
  stop(): void {
    this.#end.abort(new OutOfTime());
  }

  /**
   * @throws {OutOfTime} @throws {Unanswered} @throws {Outage} @throws {Denied} @throws {Refused}
   * @throws {PutAside} @throws {LostRace} the lease was lost meanwhile.
   */
  async request(page: PageRequest): Promise<Answered> {
    const { endpoint, path, cursor } = page;
    const isFirst = cursor === null || cursor === firstPage;
    const query = isFirst ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    for (let attempt = 1; ; ) {
      const sent = await this.#whenAllowed(endpoint);
      page.onSend?.(sent.sentAt);
      const timeoutMs = this.#silence.timeoutMs(attempt, sent.sentAt);
      let retryInMs = 0;
      try {
        const reply = await this.#send(endpoint, path + query, sent, timeoutMs);
        const refusal = reply.status === 429 ? this.#refusals[endpoint].refused(path) : undefined;
        const { now, retryIn = 0 } = this.#count(endpoint, sent, reply, refusal === 'own');
        if (reply.status >= 500) retryInMs = retryIn;
        const answer = readAnswer(endpoint, !isFirst, reply);
        this.#hasAnswer = true;
        this.#silence.end();
        if (refusal === 'own' || (refusal === 'lasting' && page.hasOthers?.()))
          throw new PutAside(refusal === 'own');
        if (refusal === 'lasting') page.onLimited?.();
        if (answer.kind === 'limited') continue;
        if (answer.kind === 'denied') {
          if (answer.status === 401 && (await this.#takesNewKey(sent))) continue;
          const error = denied(answer.status, endpoint);
          // Refused may be one integration's own affair.
          if (!(error instanceof Refused)) this.stop();
          throw error;
        }
        this.#refusals[endpoint].answered(path, sent.ordinal);
        this.#lastAnswered = page;
        const asked = askedAt(reply.headers, sent.sentAt, now);
        this.#askedFrom = Math.min(this.#askedFrom, asked);
        this.#behindMs = Math.min(this.#behindMs, behind(reply.headers, now));
        return { answer, askedAt: asked, answeredAt: now };
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        this.#lastReason = error.message;
        this.#checkTime();
        await this.#giveUpInVain(path, attempt, sent, error);
        this.#ports.report({ kind: 'retry', reason: error.message });
        // Full jitter: callers that were refused together don't come back together.
        await this.#wait(Math.max(this.#ports.random() * 500 * 2 ** attempt, retryInMs), 'retry');
        attempt += 1;
      }
    }
  }

  /** @throws {Outage} @throws {Unanswered} where another try would be no use. @throws {OutOfTime} @throws {LostRace} */
  async #giveUpInVain(path: string, attempt: number, { sentAt }: Try, error: NoAnswer): Promise<void> {
    const now = this.#ports.clock.now();
    this.#silence.takeUnanswered(path, sentAt);
    if (this.#silence.isOutage(now) && !(await this.#isAnyoneThere())) {
      this.#end.abort(new Outage(error.message));
      this.#end.signal.throwIfAborted();
    }
    if (this.#silence.givesUp(attempt, now)) throw new Unanswered(error, attempt);
  }

  /**
   * Those that are not answered may be the only ones that are left: what was answered in this run is asked for once
   * more. All that wonder meanwhile go by the same answer.
   */
  #isAnyoneThere(): Promise<boolean> {
    const known = this.#lastAnswered;
    if (!known || this.#silence.hasAsked(known.path)) return Promise.resolve(false);
    this.#probe ??= this.#isAnswered(known).finally(() => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  async #isAnswered({ endpoint, path }: PageRequest): Promise<boolean> {
    const sent = await this.#whenAllowed(endpoint);
    try {
      const reply = await this.#send(endpoint, path, sent, probeMs);
      this.#count(endpoint, sent, reply);
      readAnswer(endpoint, false, reply);
      this.#silence.end();
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return false;
    }
  }

  /**
   * Once a run: a key that was rotated while it is kept is refused, and the next one is there to be read. Several
   * requests may have been under way with the old one.
   */
  async #takesNewKey({ isKeyRenewed }: Try): Promise<boolean> {
    const { renewKey } = this.#ports;
    if (!renewKey || isKeyRenewed) return false;
    this.#renewal ??= renewKey().then((isNew) => {
      this.#isKeyRenewed = true;
      return isNew;
    });
    return this.#renewal;
  }

  /** Waits in line for the limit, and counts the request that is to be sent right away. */
  #whenAllowed(endpoint: Endpoint): Promise<Try> {
    const { clock, keepLease } = this.#ports;
    const limiter = this.#limiters[endpoint];
    return this.#turns[endpoint].take(async () => {
      let delay = limiter.delay(clock.now());
      do {
        await this.#wait(delay, 'limit');
        delay = limiter.delay(clock.now());
      } while (delay > 0);
      await keepLease().catch((error: unknown) => {
        // Whoever is next in line would be sent before anybody has heard of it.
        this.stop();
        throw error;
      });
      this.#checkTime();
      const ordinal = this.#refusals[endpoint].sent();
      return { ...limiter.sent(clock.now()), ordinal, isKeyRenewed: this.#isKeyRenewed };
    });
  }

  /** Tells the limiter what came of a request. @param isOwn a refusal of one integration alone says nothing of the limit. */
  #count(endpoint: Endpoint, sent: Try, { status, headers }: Reply, isOwn = false) {
    const now = this.#ports.clock.now();
    const notice = readLimitNotice(headers, now);
    const limiter = this.#limiters[endpoint];
    if (status === 429 && !isOwn) limiter.refused(sent, now, notice, this.#ports.random());
    else limiter.answered(sent, now, notice);
    return { now, retryIn: notice.retryIn };
  }

  async #send(endpoint: Endpoint, path: string, sent: Try, timeoutMs: number): Promise<Reply> {
    const { transport, clock, signal, deadline } = this.#ports;
    this.#receipt.requests[endpoint] += 1;
    try {
      const timeout = Math.max(1, Math.floor(Math.min(timeoutMs, deadline - sent.sentAt)));
      return await transport({ path, timeout, ...(signal ? { signal } : {}) });
    } catch (error) {
      this.#limiters[endpoint].answered(sent, clock.now());
      throw error;
    }
  }

  async #wait(milliseconds: number, why: 'limit' | 'retry'): Promise<void> {
    const { clock, deadline, signal, report } = this.#ports;
    this.#checkTime();
    if (milliseconds <= 0) return;
    const before = clock.now();
    if (before + milliseconds >= deadline) throw new OutOfTime();
    report({ kind: 'wait', why, milliseconds });
    const end = this.#end.signal;
    await clock.sleep(milliseconds, signal ? AbortSignal.any([signal, end]) : end);
    if (why === 'limit') this.#receipt.waited_seconds += (clock.now() - before) / 1000;
    this.#checkTime();
  }

  /** @throws {OutOfTime} @throws {Outage} */
  #checkTime(): void {
    this.#end.signal.throwIfAborted();
    if (this.#ports.signal?.aborted || this.#ports.clock.now() >= this.#ports.deadline) throw new OutOfTime();
  }
}
