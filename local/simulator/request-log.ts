import type { RequestKind } from './route.ts';

/** A request that reached the simulated Braze, whatever the answer. */
export interface LoggedRequest {
  readonly at: number;
  readonly kind: RequestKind;
  readonly integrationId?: string;
  readonly cursor?: string;
  /** Of the answer. */
  readonly status: number;
}

/** The largest number of requests that ever fell within 60 seconds; a minute does not hold its own end. */
export function busiestMinute(log: readonly LoggedRequest[], kind: RequestKind): number {
  const times = log.filter((each) => each.kind === kind).map(({ at }) => at);
  times.sort((one, other) => one - other);
  let busiest = 0;
  let first = 0;
  for (const [last, time] of times.entries()) {
    while ((times[first] ?? time) <= time - 60_000) first++;
    busiest = Math.max(busiest, last - first + 1);
  }
  return busiest;
}
