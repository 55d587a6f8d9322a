import type { Quirks } from './quirks.ts';
import type { Admission } from './request-window.ts';

type Headers = Record<string, string>;

/** @param turn counts requests, so that nonsense comes in all its variants. */
export function limitHeaders(
  kind: Quirks['limitHeaders'],
  admission: Admission,
  at: number,
  turn: number,
): Headers {
  // Rounded up: who waits as long as told is admitted.
  const secondsLeft = String(Math.max(1, Math.ceil((admission.resetAt - at) / 1000)));
  const resetAt = String(Math.ceil(admission.resetAt / 1000));
  switch (kind) {
    case 'epoch':
      return threeHeaders(admission, resetAt);
    case 'seconds_left':
      return threeHeaders(admission, secondsLeft);
    case 'retry_after_only_on_429':
      return admission.admitted
        ? threeHeaders(admission, resetAt)
        : { 'x-ratelimit-retry-after': secondsLeft };
    case 'plain_retry_after':
      return admission.admitted ? {} : { 'retry-after': secondsLeft };
    case 'none':
      return {};
    case 'nonsense':
      return nonsense[turn % nonsense.length] ?? {};
  }
}

function threeHeaders({ limit, remaining }: Admission, reset: string): Headers {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': reset,
  };
}

const nonsense: readonly Headers[] = [
  { 'x-ratelimit-limit': '-5', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '-60' },
  { 'x-ratelimit-limit': 'plenty', 'x-ratelimit-remaining': 'some', 'x-ratelimit-reset': 'soon' },
  { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' },
  { 'x-ratelimit-limit': '1e999', 'x-ratelimit-remaining': 'NaN', 'x-ratelimit-reset': '' },
  { 'x-ratelimit-retry-after': '-1', 'retry-after': '86400000' },
  { 'x-ratelimit-retry-after': 'Infinity', 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' },
];
