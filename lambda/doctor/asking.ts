/**
 * How the doctor asks: one request after the other, within the limit, at most 20 of them and for at most 60 seconds,
 * and for at most 15 where nobody answers.
 */
import { type BrazeAnswer, type Endpoint, readAnswer } from '../braze/answer.ts';
import type { Reply, Transport } from '../braze/transport.ts';
import type { RateLimiters } from '../checkpoint/lease.ts';
import { NoAnswer } from '../errors/no-answer.ts';
import { readLimitNotice } from '../rate-limit/rate-limit-headers.ts';
import type { Clock } from '../time/clock.ts';

export const mostRequests = 20;
/** The rest of the minute is for the program to start, and to say what it has found. */
export const longestMs = 57_000;
/** Two of these and a pause are under 15 seconds, a start of the program before them. */
const patienceMs = 6500;
const pauseMs = 500;
/** So many without any answer, one after the other, and nobody is asked any more. */
const mostSilences = 2;
const mostTries = 2;
const mostRefusals = 2;

export interface Answered {
  readonly kind: 'answered';
  readonly answer: Exclude<BrazeAnswer, { kind: 'limited' }>;
  readonly reply: Reply;
  /** When it came, in milliseconds. */
  readonly at: number;
}

export type Asked =
  | Answered
  /** @param reply what came in place of Braze's answer; undefined where nothing came. */
  | { readonly kind: 'in_vain'; readonly error: NoAnswer; readonly reply: Reply | undefined }
  /** The limit is used up, and will be for longer than the doctor waits. */
  | { readonly kind: 'limited' }
  /** No request or no time is left for it. */
  | { readonly kind: 'unasked' };

export class Asking {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #limiters: RateLimiters;
  readonly #random: () => number;
  readonly #end: number;
  #requests = 0;
  #silences = 0;
  /** What was mended by asking again. */
  readonly mended: NoAnswer[] = [];
  /** Every answer of 429. */
  readonly refusals: Reply[] = [];

  constructor(transport: Transport, clock: Clock, limiters: RateLimiters, random: () => number) {
    this.#transport = transport;
    this.#clock = clock;
    this.#limiters = limiters;
    this.#random = random;
    this.#end = clock.now() + longestMs;
  }

  async ask(endpoint: Endpoint, path: string, cursor?: string): Promise<Asked> {
    const full = cursor === undefined ? path : `${path}?cursor=${encodeURIComponent(cursor)}`;
    let refusals = 0;
    let mended: NoAnswer | undefined;
    for (let tries = 1; ; ) {
      if (!(await this.#isAllowed(endpoint))) return { kind: refusals > 0 ? 'limited' : 'unasked' };
      const { reply, error } = await this.#send(endpoint, full);
      const asked = reply ? this.#read(endpoint, cursor, reply) : undefined;
      if (asked === 'limited') {
        if (++refusals >= mostRefusals) return { kind: 'limited' };
        continue;
      }
      if (asked && 'kind' in asked) {
        if (mended) this.mended.push(mended);
        return asked;
      }
      const reason = asked ?? error ?? new NoAnswer('no answer');
      mended = reason;
      if (!reply) this.#silences += 1;
      if (tries++ >= mostTries || this.#silences >= mostSilences)
        return { kind: 'in_vain', error: reason, reply };
      await this.#clock.sleep(pauseMs);
    }
  }

  #read(endpoint: Endpoint, cursor: string | undefined, reply: Reply): Answered | 'limited' | NoAnswer {
    try {
      const answer = readAnswer(endpoint, cursor !== undefined, reply);
      if (answer.kind !== 'limited') return { kind: 'answered', answer, reply, at: this.#clock.now() };
      this.refusals.push(reply);
      return 'limited';
    } catch (error) {
      if (error instanceof NoAnswer) return error;
      throw error;
    }
  }

  /** Waits for the limit, where that fits in the time that is left. */
  async #isAllowed(endpoint: Endpoint): Promise<boolean> {
    if (this.#requests >= mostRequests || this.#silences >= mostSilences) return false;
    for (;;) {
      const now = this.#clock.now();
      const delay = this.#limiters[endpoint].delay(now);
      if (now + delay >= this.#end) return false;
      if (delay <= 0) return true;
      await this.#clock.sleep(delay);
    }
  }

  async #send(endpoint: Endpoint, path: string): Promise<{ reply?: Reply; error?: NoAnswer }> {
    const limiter = this.#limiters[endpoint];
    const sent = limiter.sent(this.#clock.now());
    this.#requests += 1;
    const timeout = Math.max(1, Math.floor(Math.min(patienceMs, this.#end - sent.sentAt)));
    try {
      const reply = await this.#transport({ path, timeout });
      const now = this.#clock.now();
      this.#silences = 0;
      const notice = readLimitNotice(reply.headers, now);
      if (reply.status === 429) limiter.refused(sent, now, notice, this.#random());
      else limiter.answered(sent, now, notice);
      return { reply };
    } catch (error) {
      limiter.answered(sent, this.#clock.now());
      if (error instanceof NoAnswer) return { error };
      throw error;
    }
  }
}
