/** P18: what waits to be told while a place is down for long. */
import { expect, test } from 'vitest';
import type { Notice, OutboxEntry } from '../../../lambda/standing/incident.ts';
import { mostWaiting, withEntries } from '../../../lambda/standing/outbox.ts';
import { minuteMs } from '../../../lambda/standing/periods.ts';
import { Random } from '../../simulation/lab/random.ts';

const notice = (event: Notice['event'], id: string): Notice => ({
  ...{ id, event, kind: 'failed', trap: null, since: 0, at: 0, reason: '' },
});
const raised = (id: string) => notice('raised', id);
const resolved = (id: string) => notice('resolved', id);
/** That wait for the webhook, unless others are named. */
const waiting = (notices: readonly Notice[], sinks: readonly string[] = ['webhook']): OutboxEntry[] =>
  notices.map((each) => ({ notice: each, sinks }));
const pairs = (...ids: readonly string[]) => ids.flatMap((id) => [raised(id), resolved(id)]);
const textOf = (entries: readonly OutboxEntry[]) =>
  entries.map(({ notice: { id, event }, sinks }) => `${id} ${event} ${sinks.join()}`);

test('what is new waits for all places, behind what waits', () => {
  const outbox = withEntries(waiting([raised('a')]), waiting([resolved('a')], ['topic', 'webhook']));
  expect(textOf(outbox)).toEqual(['a raised webhook', 'a resolved topic,webhook']);
});

test('a place that comes later waits for the beginning with those that wait for it, so that no end goes without it', () => {
  const outbox = withEntries(waiting(pairs('a')), waiting([raised('a')], ['topic']));
  expect(textOf(outbox)).toEqual(['a raised webhook', 'a resolved webhook', 'a raised topic']);
  const joined = withEntries(outbox, waiting([raised('a')], ['webhook', 'topic']));
  expect(textOf(joined)).toEqual(['a raised webhook', 'a resolved webhook', 'a raised topic,webhook']);
});

test('an end joins no other that waits: it is of another time, and whoever has heard that one would take it for the same', () => {
  const waits = [{ notice: resolved('a'), sinks: ['webhook'] }];
  const again = [{ notice: { ...resolved('a'), at: 1 }, sinks: ['topic'] }];
  expect(withEntries(waits, again)).toEqual([...waits, ...again]);
});

test('where it is full, it is the incident that has been over for the longest of which nothing is told', () => {
  const before = waiting([raised('long'), ...pairs('a', 'b'), resolved('long')]);
  expect(withEntries(before, waiting([raised('c')]), 7)).toHaveLength(7);
  const left = withEntries(before, waiting([raised('c')]), 6);
  expect(left).toEqual(waiting([raised('long'), ...pairs('b'), resolved('long'), raised('c')]));
  const fewer = withEntries(before, waiting([raised('c')]), 4);
  expect(fewer).toEqual(waiting([raised('long'), resolved('long'), raised('c')]));
});

test('what is open stays, however much else there is', () => {
  const open = ['a', 'b', 'c'].map(raised);
  expect(withEntries(waiting(open), waiting(pairs('d')), 2)).toEqual(waiting(open));
});

test('whoever has heard of a beginning hears of the end', () => {
  const both = ['topic', 'webhook'];
  const before = [...waiting([raised('a')]), ...waiting([resolved('a')], both), ...waiting(pairs('b'))];
  const left = withEntries(before, waiting([raised('c')]), 4);
  expect(textOf(left)).toEqual([
    'a resolved topic',
    'b raised webhook',
    'b resolved webhook',
    'c raised webhook',
  ]);
});

test('of one that came back under its id, a beginning goes with the end that follows it', () => {
  const before = waiting([resolved('a'), ...pairs('a'), ...pairs('a'), raised('a')]);
  expect(withEntries(before, [], 5)).toEqual(waiting([resolved('a'), ...pairs('a'), raised('a')]));
  expect(withEntries(before, [], 2)).toEqual(waiting([resolved('a'), raised('a')]));
});

test('where a place takes beginnings and no ends, the oldest end goes when there is no other room', () => {
  const before = waiting([resolved('a'), raised('b'), resolved('c'), ...pairs('d')]);
  expect(withEntries(before, [], 4)).toEqual(waiting([resolved('a'), raised('b'), resolved('c')]));
  expect(withEntries(before, [], 2)).toEqual(waiting([raised('b'), resolved('c')]));
});

const places = ['topic', 'events', 'webhook'] as const;
/** More than go wrong with any at a time. */
const things = [
  ...(['failed', 'late', 'gap_at_risk', 'not_exported'] as const).map((kind) => ({ kind, trap: null })),
  ...(['future_watermark', 'near_the_limit'] as const).map((trap) => ({ kind: 'trap', trap }) as const),
];

/** Runs of a quarter of an hour in which incidents come and go, and places are down for some hours. */
function play(random: Random) {
  let outbox: readonly OutboxEntry[] = [];
  let most = 0;
  const open = new Map<object, string>();
  const heard = new Map(places.map((name) => [name, [] as string[]]));
  const downUntil = new Map(places.map((name) => [name, 0]));
  for (let run = 1; run <= 300; run += 1) {
    const notices: Notice[] = [];
    for (const thing of things) {
      const id = open.get(thing);
      if (!random.chance(0.2)) continue;
      const begun = `${things.indexOf(thing)}-${run}`;
      if (id === undefined) open.set(thing, begun);
      else open.delete(thing);
      const event = id === undefined ? 'raised' : 'resolved';
      notices.push({ ...notice(event, id ?? begun), ...thing, at: run * 15 * minuteMs });
    }
    outbox = withEntries(outbox, waiting(notices, places));
    most = Math.max(most, outbox.length);
    for (const name of places) {
      if (random.chance(0.02)) downUntil.set(name, run + random.between(1, 40));
      if (run < 300 && run < (downUntil.get(name) ?? 0)) continue;
      for (const { notice: told, sinks } of outbox)
        if (sinks.includes(name)) heard.get(name)?.push(`${told.id} ${told.event}`);
      outbox = outbox.flatMap((entry) => {
        const sinks = entry.sinks.filter((each) => each !== name);
        return sinks.length > 0 ? [{ ...entry, sinks }] : [];
      });
    }
  }
  return { heard, most, open: [...open.values()] };
}

/** @returns those that were raised and not resolved; undefined where anything was told twice or in another order. */
function leftOpen(events: readonly string[]): string[] | undefined {
  const last = new Map<string, string>();
  for (const each of events) {
    const [id = '', event = ''] = each.split(' ');
    if (last.get(id) !== (event === 'raised' ? undefined : 'raised')) return undefined;
    last.set(id, event);
  }
  return [...last].filter(([, event]) => event === 'raised').map(([id]) => id);
}

test('whichever places are down, each hears of all that is open, and of the rest twice or not at all', () => {
  let told = 0;
  for (let seed = 1; seed <= 50; seed += 1) {
    const { heard, open, most } = play(new Random(seed));
    expect(most).toBeLessThanOrEqual(mostWaiting);
    for (const [name, events] of heard) {
      expect(leftOpen(events)?.toSorted(), `${name}, seed ${seed}`).toEqual(open.toSorted());
      told += events.length;
    }
  }
  expect(told).toBeGreaterThan(20_000);
});
