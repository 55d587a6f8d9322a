/**
 * The webhook of a chat app: a POST for each alert. Its address is a secret, and the HTTP client's errors carry it:
 * they never leave this file, and a reason is in words of our own.
 */
import ky from 'ky';
import type { Clock } from '../time/clock.ts';
import { type Alert, type AlertSink, deliveryKey } from './alert.ts';
import { chatTextOf } from './message-texts.ts';
import type { TellFault } from './send-batches.ts';

export interface WebhookPorts {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly tell: TellFault;
  /** For one try. @default 5000 */
  readonly timeoutMs?: number;
}

const tries = 3;
/** Twice as long each time, and half of it by chance. */
const firstPauseMs = 500;
/** Who asks for a longer one is asked again by the next run. */
const longestPauseMs = 10_000;

/** It may be about this alert alone: then the next one is sent all the same. */
const isAboutContent = (status: number): boolean => [400, 413, 422].includes(status);
/** After so many in a row it is the format that the receiver does not take. */
const mostRefusals = 3;

type Answer =
  | { readonly outcome: 'arrived' }
  | { readonly outcome: 'refused' | 'down' | 'again'; readonly reason: string; readonly afterMs?: number };

export class WebhookSink implements AlertSink {
  readonly name = 'webhook';
  readonly #address: URL;
  readonly #ports: WebhookPorts;

  constructor(address: URL, ports: WebhookPorts) {
    this.#address = address;
    this.#ports = ports;
  }

  async deliver(alerts: readonly Alert[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const distinct = new Map(alerts.map((alert) => [deliveryKey(alert), alert]));
    const arrived = new Set<string>();
    let reason = 'there was no time left';
    let refusals = 0;
    for (const [key, alert] of this.#fromAnywhere([...distinct])) {
      if (signal.aborted) break;
      const answer = await this.#post(alert, signal);
      if (answer.outcome === 'arrived') {
        arrived.add(key);
        refusals = 0;
        continue;
      }
      reason = answer.reason;
      refusals += 1;
      if (answer.outcome !== 'refused' || refusals === mostRefusals) break;
    }
    const left = distinct.size - arrived.size;
    if (left > 0)
      this.#ports.tell(`Alerts to the webhook: ${left} of ${distinct.size} have not arrived: ${reason}.`);
    return arrived;
  }

  /** Each time from another place: those that it never takes must not stand before the same others in every run. */
  #fromAnywhere<T>(all: readonly T[]): T[] {
    const first = Math.floor(this.#ports.random() * all.length);
    return [...all.slice(first), ...all.slice(0, first)];
  }

  async #post(alert: Alert, signal: AbortSignal): Promise<Answer> {
    const { clock, random } = this.#ports;
    const body = { text: chatTextOf(alert), ...alert };
    let answer: Answer = await this.#try(body, signal);
    for (let tried = 1; answer.outcome === 'again' && tried < tries; tried++) {
      const { afterMs = firstPauseMs * 2 ** (tried - 1) * (0.5 + random() / 2) } = answer;
      if (afterMs > longestPauseMs) break;
      await clock.sleep(afterMs, signal);
      if (signal.aborted) break;
      answer = await this.#try(body, signal);
    }
    return answer;
  }

  async #try(json: object, signal: AbortSignal): Promise<Answer> {
    const { timeoutMs = 5000 } = this.#ports;
    const timer = AbortSignal.timeout(timeoutMs);
    try {
      const response = await ky.post(this.#address, {
        json,
        signal: AbortSignal.any([timer, signal]),
        // Its pauses could not be passed in.
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        // A redirect would carry the alert to wherever it points.
        redirect: 'manual',
      });
      // What it says is of no interest, and may have no end.
      await response.body?.cancel();
      return answerOf(response);
    } catch (error) {
      if (signal.aborted) return { outcome: 'down', reason: 'there was no time left' };
      if (timer.aborted) return { outcome: 'again', reason: `it has not answered in ${timeoutMs / 1000} s` };
      return { outcome: 'again', reason: `it could not be reached${codeIn(error)}` };
    }
  }
}

function answerOf({ status, ok, headers }: Response): Answer {
  if (ok) return { outcome: 'arrived' };
  const reason = `it answered ${status}`;
  if (isAboutContent(status)) return { outcome: 'refused', reason };
  if (status !== 408 && status !== 429 && status < 500) return { outcome: 'down', reason };
  const seconds = headers.get('retry-after');
  if (seconds === null || !/^\d{1,6}$/.test(seconds)) return { outcome: 'again', reason };
  return { outcome: 'again', reason, afterMs: Number(seconds) * 1000 };
}

/** Node's or the system's code, which is a word of theirs and holds nothing of the address. */
function codeIn(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z_]{2,40}$/.test(each.code))
      return ` (${each.code})`;
  return '';
}
