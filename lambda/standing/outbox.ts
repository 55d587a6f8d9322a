/** What waits to be told of one integration: bounded, for a place that is down may stay so. */
import type { Notice, OutboxEntry } from './incident.ts';

/** More than one integration brings about in a week, for which an entry is kept. */
export const mostWaiting = 20;

/** @param sinks names of the places that are to be told. The oldest are dropped, that nobody has heard of in all that time. */
export function withNotices(
  waiting: readonly OutboxEntry[],
  notices: readonly Notice[],
  sinks: readonly string[],
): OutboxEntry[] {
  return [...waiting, ...notices.map((notice) => ({ notice, sinks }))].slice(-mostWaiting);
}
