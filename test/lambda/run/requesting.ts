/** A requester with a scripted Braze on a virtual clock. */

import type { Reply, Request } from '../../../lambda/braze/transport.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { Requester, type RequesterPorts } from '../../../lambda/run/requester.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import type { Clock } from '../../../lambda/time/clock.ts';

export const began = Date.UTC(2026, 5, 1, 12);

export const reply = (status: number, body = '', headers: Record<string, string> = {}): Reply => ({
  status,
  headers: new Headers(headers),
  body,
});

export const page = (results: readonly unknown[], next?: string): Reply =>
  reply(
    200,
    JSON.stringify({ results }),
    next === undefined ? {} : { link: `<?cursor=${next}>; rel="next"` },
  );

export const noAnswer = (reason = 'the answer 500') => new NoAnswer(reason);

export interface Asking {
  readonly requester: Requester;
  readonly clock: Clock & { time: number };
  readonly requests: Request[];
  /** Milliseconds of each sleep. */
  readonly sleeps: number[];
  readonly events: RunEvent[];
  readonly receipt: ReturnType<typeof newReceipt>;
  readonly limiters: { readonly list: RateLimiter; readonly status: RateLimiter };
}

export type Answer = Reply | Error | ((request: Request) => Reply | Error);

/** @param answers in their order, the last one for ever. */
export function requesting(
  answers: readonly Answer[],
  { latency = 200, ...ports }: Partial<RequesterPorts> & { readonly latency?: number } = {},
): Asking {
  const clock = {
    time: began,
    now: () => clock.time,
    sleep: async (milliseconds: number) => {
      sleeps.push(milliseconds);
      clock.time += milliseconds;
    },
  };
  const requests: Request[] = [];
  const sleeps: number[] = [];
  const events: RunEvent[] = [];
  const receipt = newReceipt('w');
  const limiters = { list: new RateLimiter(50, began), status: new RateLimiter(100, began) };
  const requester = new Requester(
    {
      clock,
      transport: async (request) => {
        const scripted = answers[Math.min(requests.length, answers.length - 1)];
        requests.push(request);
        const answer = typeof scripted === 'function' ? scripted(request) : scripted;
        clock.time += Math.min(latency, request.timeout);
        if (answer === undefined || answer instanceof Error) throw answer;
        return answer;
      },
      random: () => 0.5,
      report: (event) => events.push(event),
      signal: undefined,
      deadline: Number.POSITIVE_INFINITY,
      keepLease: async () => {},
      ...ports,
    },
    limiters,
    receipt,
  );
  return { requester, clock, requests, sleeps, events, receipt, limiters };
}
