import { expect, test } from 'vitest';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { type Kept, refreshFacts } from '../../../lambda/run/standing-facts.ts';
import { syncsKey } from '../../../lambda/schema/keys.ts';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { dayAt } from '../../../lambda/standing/periods.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { placed } from '../rows/rows.ts';
import { now } from './integrations.ts';

const dayMs = 24 * 60 * 60_000;
const today = dayAt(now);

/** A lake in which each integration has a sync at noon of so many days, the newest of them today. */
async function lakeOf(days: number, ids = ['a', 'b']): Promise<MemoryObjectStore> {
  const objects = new MemoryObjectStore();
  for (let back = 0; back < days; back += 1) {
    const rows = ids.map((id) => syncAt(id, now - back * dayMs));
    const { body } = await joinDay(undefined, 'day', rows);
    if (body) await objects.put(syncsKey('w', dayAt(now - back * dayMs)), body, undefined);
  }
  return objects;
}

function syncAt(id: string, at: number, rows_synced = 1): SyncRow {
  const finish = new Date(at + 42_000).toISOString();
  const start = new Date(at).toISOString();
  return placed({ job_status: 'success', sync_start_time: start, sync_finish_time: finish, rows_synced }, id);
}

const keptOf = (id: string, facts: StandingFacts, oldest = now - 1000 * dayMs): Kept => ({
  id,
  facts,
  oldest,
});
const stale = { ...newStandingFacts(), stale: true };

async function refresh(
  objects: MemoryObjectStore,
  kept: readonly Kept[],
  more: { until?: number; refused?: string } = {},
) {
  const read: string[] = [];
  const receipt = newReceipt('w');
  const failures = new Failures(() => {});
  const get = async (key: string) => {
    if (key === more.refused) throw new StoreFailure(`${key} can't be read now.`);
    read.push(/dt=([\d-]+)/.exec(key)?.[1] ?? key);
    return objects.get(key);
  };
  const ports = {
    workspace: 'w',
    objects: { get, put: objects.put.bind(objects) },
    receipt,
    failures,
    refusedShare: 0.01,
    now: () => now,
  };
  const fresh = await refreshFacts(ports, kept, more.until ?? now);
  return { fresh, read: read.sort(), receipt, failures: failures.sentences };
}

/** As they are after a run of today. */
async function upToDate(objects: MemoryObjectStore, id = 'a'): Promise<StandingFacts> {
  const { fresh } = await refresh(objects, [keptOf(id, stale)]);
  const facts = fresh.get(id);
  if (!facts) throw new Error('It was not looked up.');
  return facts;
}

test('whose facts are of today is not looked up, and nothing is read', async () => {
  const objects = await lakeOf(50);
  const { fresh, read } = await refresh(objects, [keptOf('a', await upToDate(objects))]);
  expect([fresh.size, read]).toEqual([0, []]);
});

test('each day that there is counts as an object that was read', async () => {
  const { receipt, read } = await refresh(await lakeOf(3), [keptOf('a', stale)]);
  expect(receipt.objects.read).toBe(3);
  expect(read.length).toBeGreaterThan(3);
});

test('in the first run of a UTC day the 36 days before it are read, and hardly more', async () => {
  const objects = await lakeOf(100);
  const facts = await upToDate(objects);
  const yesterday = { ...facts, habit: facts.habit && { ...facts.habit, day: dayAt(now - dayMs) } };
  const { fresh, read } = await refresh(objects, [keptOf('a', yesterday)]);
  expect(fresh.get('a')).toEqual(facts);
  expect(read.at(0)).toBe(dayAt(now - 36 * dayMs));
  // Today, and tomorrow: syncs may start ahead of the clock.
  expect(read).toHaveLength(36 + 2);
});

test('one that has never synced has no habit to look up, and a young one no more than its days', async () => {
  const objects = await lakeOf(3);
  const facts = await upToDate(objects);
  const young = { ...facts, habit: null };
  const { fresh, read } = await refresh(objects, [keptOf('a', young), keptOf('c', newStandingFacts())]);
  expect(fresh.get('a')).toEqual(facts);
  expect(fresh.get('c')?.habit?.day).toBe(today);
  expect(read.length).toBeLessThanOrEqual(3 + 7);
});

test('a stale one is read back until nothing older can change it, and no other one is looked at', async () => {
  const objects = await lakeOf(390);
  const { fresh, read } = await refresh(objects, [keptOf('a', stale), keptOf('b', await upToDate(objects))]);
  expect([...fresh.keys()]).toEqual(['a']);
  expect(fresh.get('a')).toMatchObject({ stale: false, habit: { day: today } });
  expect(fresh.get('a')?.recent).toHaveLength(6);
  expect(read.length).toBeGreaterThanOrEqual(36);
  expect(read.length).toBeLessThan(200);
});

test('P18: of one that has rested for longer than is read back, what was known of it stands', async () => {
  const objects = await lakeOf(3, ['b']);
  const facts = { ...(await upToDate(await lakeOf(9))), stale: true };
  const longAgo = (at: number | null) => (at === null ? null : at - 900 * dayMs);
  const { recent, older } = facts;
  const rested = {
    ...facts,
    recent: recent.map((sync) => ({ ...sync, start: sync.start - 900 * dayMs })),
    older: { ...older, to: longAgo(older.to), lastSuccess: longAgo(older.lastSuccess) },
  };
  const { fresh } = await refresh(objects, [keptOf('a', rested)]);
  expect(fresh.get('a')).toMatchObject({ stale: false, recent: rested.recent, older: rested.older });
});

test('the oldest sync that is known bounds it, and what lies right below that is found all the same', async () => {
  const objects = await lakeOf(30);
  const bounded = await refresh(objects, [keptOf('a', stale, now - 29 * dayMs)]);
  expect(bounded.read.length).toBeLessThanOrEqual(30 + 7 + 16);
  // A run that was killed has written days of which no record tells.
  const unknown = await refresh(objects, [keptOf('a', stale, Number.POSITIVE_INFINITY)]);
  expect(unknown.fresh.get('a')).toEqual(bounded.fresh.get('a'));
});

/** A lake that has but one sync, so many days ago. */
async function lakeWith(daysAgo: number): Promise<MemoryObjectStore> {
  const objects = new MemoryObjectStore();
  const at = now - daysAgo * dayMs;
  const { body } = await joinDay(undefined, 'day', [syncAt('a', at)]);
  if (body) await objects.put(syncsKey('w', dayAt(at)), body, undefined);
  return objects;
}

test('one that has rested for long is read back to the day of the oldest sync that is known, however empty the others', async () => {
  // Tomorrow and the 37 days before it are read first: these two lie one and two days below.
  for (const daysAgo of [37, 38]) {
    const { fresh } = await refresh(await lakeWith(daysAgo), [keptOf('a', stale, now - daysAgo * dayMs)]);
    expect(fresh.get('a')?.recent).toHaveLength(1);
  }
});

test('and no further than that day, though its oldest sync is of the first moment of it', async () => {
  const midnight = now - (now % dayMs) - 36 * dayMs;
  const { read } = await refresh(new MemoryObjectStore(), [keptOf('a', stale, midnight)]);
  expect([read.at(0), read.length]).toEqual([dayAt(midnight), 38]);
});

test('what was usual before a run is made anew of a history that was read to its beginning', async () => {
  // Four days of syncs with rows, then six days of such without any. The days that are read reach back no 28 days from
  // there: whether that is all there is has to be known.
  const objects = new MemoryObjectStore();
  for (let back = 9; back >= 0; back -= 1) {
    const at = now - back * dayMs;
    const rows = Array.from({ length: 4 }, (_, hour) =>
      syncAt('a', at + hour * 3_600_000 - 12 * 3_600_000, back < 6 ? 0 : 1),
    );
    const { body } = await joinDay(undefined, 'day', rows);
    if (body) await objects.put(syncsKey('w', dayAt(at)), body, undefined);
  }
  const began = dayAt(now - 5 * dayMs);
  const from = (before: StandingFacts['before']) =>
    refresh(objects, [keptOf('a', { ...stale, before }, now - 9 * dayMs - 12 * 3_600_000)]);
  const { fresh } = await from({});
  const usual = fresh.get('a')?.before[began];
  expect(usual).toMatchObject({ counted: 16, empty: 0 });
  const outdated = usual && { ...usual, counted: 5 };
  expect((await from(outdated ? { [began]: outdated } : {})).fresh.get('a')?.before[began]).toEqual(usual);
});

test('what the lake does not know stays: what was promised, what is open, what is to be told', async () => {
  const objects = await lakeOf(40);
  const promise = { pending: now, record: 'kkm', missed: now, rest: null };
  const { fresh } = await refresh(objects, [keptOf('a', { ...stale, promise })]);
  expect(fresh.get('a')).toMatchObject({ stale: false, promise });
});

test('a damaged day is told and taken for an empty one, and the next run reads it again', async () => {
  const objects = await lakeOf(60);
  const key = syncsKey('w', dayAt(now - 20 * dayMs));
  const stored = await objects.get(key);
  await objects.put(key, Buffer.from('damaged'), stored?.etag);
  const { fresh, failures } = await refresh(objects, [keptOf('a', stale)]);
  expect(fresh.get('a')?.stale).toBe(true);
  expect(failures).toEqual([expect.stringContaining(dayAt(now - 20 * dayMs))]);

  const damaged = await objects.get(key);
  await objects.put(key, Buffer.from(stored?.body ?? []), damaged?.etag);
  const next = await refresh(objects, [keptOf('a', stale)]);
  expect(next.fresh.get('a')?.stale).toBe(false);
});

test('a habit is left for the next run where the store refused a day, and made without a day that is damaged', async () => {
  const objects = await lakeOf(60);
  const yesterday = { ...(await upToDate(objects)), habit: null };
  const key = syncsKey('w', dayAt(now - 20 * dayMs));
  const { fresh, failures } = await refresh(objects, [keptOf('a', yesterday)], { refused: key });
  expect([fresh.size, failures]).toEqual([0, [`${key} can't be read now.`]]);

  const stored = await objects.get(key);
  await objects.put(key, Buffer.from('damaged'), stored?.etag);
  const next = await refresh(objects, [keptOf('a', yesterday)]);
  expect(next.fresh.get('a')?.habit?.day).toBe(today);
});

test('where there is no time left, they stay as they were', async () => {
  const { fresh, read } = await refresh(await lakeOf(60), [keptOf('a', stale)], { until: now - 1 });
  expect([fresh.size, read]).toEqual([0, []]);
});
