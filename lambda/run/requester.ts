/**
 * Sends one request when the limit allows it, and again where that helps: the only place where a run waits.
 */

import { type BrazeAnswer, type Endpoint, readAnswer } from '../braze/answer.ts';
import { firstPage } from '../braze/link.ts';
import type { Reply, Transport } from '../braze/transport.ts';
import type { RateLimiters } from '../checkpoint/lease.ts';
import { Denied } from '../errors/denied.ts';
import { NoAnswer } from '../errors/no-answer.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { readLimitNotice } from '../rate-limit/rate-limit-headers.ts';
import type { Clock } from '../time/clock.ts';
import type { Receipt } from './receipt.ts';
import type { ReportEvent } from './run-events.ts';

const permissions = { list: 'cdi.integration_list', status: 'cdi.integration_job_status' } as const;

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

const tries = 5;
const maxRequestMs = 30_000;

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
}

/** What comes of a request that went through. */
export type Answer = Exclude<BrazeAnswer, { kind: 'limited' | 'denied' }>;

export class Requester {
  readonly #ports: RequesterPorts;
  readonly #limiters: RateLimiters;
  readonly #receipt: Receipt;
  #keyRenewed = false;

  constructor(ports: RequesterPorts, limiters: RateLimiters, receipt: Receipt) {
    this.#ports = ports;
    this.#limiters = limiters;
    this.#receipt = receipt;
  }

  /** @throws {OutOfTime} @throws {Unanswered} @throws {Denied} @throws {LostRace} the lease was lost meanwhile. */
  async request({ endpoint, path, cursor }: PageRequest): Promise<{ answer: Answer; askedAt: number }> {
    const isFirst = cursor === null || cursor === firstPage;
    const query = isFirst ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    for (let attempt = 1; ; ) {
      await this.#wait(this.#limiters[endpoint].delay(this.#ports.clock.now()), 'limit');
      await this.#ports.keepLease();
      const askedAt = this.#ports.clock.now();
      try {
        const reply = await this.#send(endpoint, path + query);
        const answer = readAnswer(endpoint, !isFirst, reply);
        if (answer.kind === 'denied') {
          if (answer.status === 401 && (await this.#takesNewKey())) continue;
          throw new Denied(denial(answer.status, endpoint));
        }
        if (answer.kind !== 'limited') return { answer, askedAt };
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        this.#checkTime();
        if (attempt === tries) throw new Unanswered(error, tries);
        this.#ports.report({ kind: 'retry', reason: error.message });
        // Full jitter: callers that were refused together don't come back together.
        await this.#wait(this.#ports.random() * 500 * 2 ** attempt, 'retry');
        attempt += 1;
      }
    }
  }

  /** Once a run: a key that was rotated while it is kept is refused, and the next one is there to be read. */
  async #takesNewKey(): Promise<boolean> {
    const { renewKey } = this.#ports;
    if (!renewKey || this.#keyRenewed) return false;
    this.#keyRenewed = true;
    return renewKey();
  }

  async #send(endpoint: Endpoint, path: string): Promise<Reply> {
    const { transport, clock, random, signal, deadline } = this.#ports;
    const limiter = this.#limiters[endpoint];
    this.#receipt.requests[endpoint] += 1;
    try {
      const timeout = Math.max(1, Math.floor(Math.min(maxRequestMs, deadline - clock.now())));
      const reply = await transport({ path, timeout, ...(signal ? { signal } : {}) });
      const now = clock.now();
      const notice = readLimitNotice(reply.headers, now);
      if (reply.status === 429) limiter.refused(now, notice, random());
      else limiter.answered(now, notice);
      return reply;
    } catch (error) {
      limiter.answered(clock.now());
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
    await clock.sleep(milliseconds, signal);
    if (why === 'limit') this.#receipt.waited_seconds += (clock.now() - before) / 1000;
    this.#checkTime();
  }

  #checkTime(): void {
    if (this.#ports.signal?.aborted || this.#ports.clock.now() >= this.#ports.deadline) throw new OutOfTime();
  }
}
