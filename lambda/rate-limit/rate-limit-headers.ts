/**
 * What an answer says about the rate limit. Three of Braze's pages describe three forms of these headers,
 * and one says that they may be missing: every form is read, nonsense is clamped or passed over.
 */

import { httpDate } from '../time/http-date.ts';

export interface LimitNotice {
  /** Requests in the window, as the server sees it. */
  readonly limit?: number;
  /** Requests left until `reset`. */
  readonly remaining?: number;
  /** When the window starts anew, in milliseconds from now, 0 to 60,000. */
  readonly resetIn?: number;
  /** How long a refused caller is told to wait, in milliseconds, 0 to 60,000. */
  readonly retryIn?: number;
}

const longest = 60_000;

export function readLimitNotice(headers: Headers, now: number): LimitNotice {
  const limit = count(headers.get('x-ratelimit-limit'));
  const remaining = count(headers.get('x-ratelimit-remaining'));
  const resetIn = duration(headers.get('x-ratelimit-reset'), now);
  const retryIn =
    duration(headers.get('x-ratelimit-retry-after'), now) ?? duration(headers.get('retry-after'), now);
  return {
    ...(limit === undefined || limit === 0 ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetIn === undefined ? {} : { resetIn }),
    ...(retryIn === undefined ? {} : { retryIn }),
  };
}

function count(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

/** Seconds left, seconds since the epoch, or an HTTP date. */
function duration(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const number = /^\s*\d{1,15}(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
  const at = number === undefined ? httpDate(text) : number * 1000;
  if (Number.isNaN(at)) return undefined;
  const inEpoch = number === undefined || number >= 1_000_000_000;
  return Math.min(longest, Math.max(0, inEpoch ? at - now : at));
}
