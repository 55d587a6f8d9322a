/**
 * What waits to be told of one integration. It is bounded, since a place that is down may stay so: what is open stays,
 * and what is over makes room: whoever has not heard of its beginning hears nothing of it.
 */
import type { OutboxEntry } from './incident.ts';
import { incidentKinds, traps } from './standing.ts';

/** Of each kind, and of each trap. */
const mostOpen = incidentKinds.length - 1 + traps.length;
/** The beginnings of all that can be open, and the ends of as many of which somebody has heard the beginning. */
export const mostWaiting = 2 * mostOpen;

export function withEntries(
  waiting: readonly OutboxEntry[],
  entries: readonly OutboxEntry[],
  most = mostWaiting,
): readonly OutboxEntry[] {
  return makeRoom(entries.reduce(joined, waiting), most);
}

/** A place that has come later waits for the beginning together with those that wait for it already. */
function joined(waiting: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] {
  const before = waiting.findLast(({ notice: { id } }) => id === entry.notice.id);
  const isBeginning = before?.notice.event === 'raised' && entry.notice.event === 'raised';
  if (!isBeginning) return [...waiting, entry];
  return waiting.map((each) =>
    each === before ? { ...each, sinks: [...new Set([...each.sinks, ...entry.sinks])] } : each,
  );
}

/**
 * Leaves out what has been over for the longest. Whoever still wants the beginning hears neither that nor the end;
 * whoever has heard the beginning still hears the end. Only where such ends are too many by themselves, the oldest of
 * them go as well: it takes a place that refuses ends and takes beginnings, or all that can go wrong with three places
 * that are down in turns.
 */
function makeRoom(entries: readonly OutboxEntry[], most: number): readonly OutboxEntry[] {
  if (entries.length <= most) return entries;
  const over = entries.flatMap((end, at) =>
    end.notice.event === 'resolved' ? [{ end, beginning: beginningOf(end, entries.slice(0, at)) }] : [],
  );
  const oldest = over.find(({ beginning }) => beginning) ?? over[0];
  if (!oldest) return entries;
  const { end, beginning } = oldest;
  const sinks = beginning ? end.sinks.filter((name) => !beginning.sinks.includes(name)) : [];
  const left = entries.flatMap((entry) => {
    if (entry === beginning) return [];
    if (entry !== end) return [entry];
    return sinks.length > 0 ? [{ ...end, sinks }] : [];
  });
  return makeRoom(left, most);
}

/** It waits, too: not all have heard it. An incident that came back under its id has begun more than once. */
const beginningOf = ({ notice: { id } }: OutboxEntry, before: readonly OutboxEntry[]) =>
  before.findLast(({ notice }) => notice.event === 'raised' && notice.id === id);
