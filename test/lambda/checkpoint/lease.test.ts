import { describe, expect, test } from 'vitest';
import type { CheckpointStore } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { Lease, workspaceFormat } from '../../../lambda/checkpoint/lease.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { applied, appliedThenFailed, failed, overtakenBy, ScriptedStore } from './scripted-store.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const minuteMs = 60_000;
const unused = { list: {}, status: {} };

const take = (store: CheckpointStore, owner: string, now = noon) => Lease.take(store, 'w', owner, now);

/** Takes it where it must be free. */
async function taken(store: CheckpointStore, owner: string, now = noon): Promise<Lease> {
  const lease = await take(store, owner, now);
  if (!lease) throw new Error(`The lease is not free for ${owner}.`);
  return lease;
}

/** Counts the writes of the workspace's record. */
const versionOf = async (store: CheckpointStore) => (await store.get('w', 'workspace'))?.version;

describe('P9: a lease', () => {
  test('that nobody holds is taken, with nothing used of the limits', async () => {
    expect((await taken(new MemoryCheckpointStore(), 'me')).earlier).toEqual(unused);
  });

  test('is not taken while another run holds it', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'other');
    expect(await take(store, 'me', noon + minuteMs)).toBeUndefined();
    expect(await versionOf(store)).toBe(1);
  });

  test('of one workspace bars no other', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'other');
    expect(await Lease.take(store, 'another', 'me', noon)).toBeDefined();
  });

  test('of a run that was killed runs out by itself after four minutes', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'killed');
    expect(await take(store, 'me', noon + 4 * minuteMs - 1)).toBeUndefined();
    expect(await take(store, 'me', noon + 4 * minuteMs)).toBeDefined();
  });

  test('of an owner that is known to be dead is taken at once', async () => {
    const store = new MemoryCheckpointStore((owner) => owner === 'killed');
    await taken(store, 'killed');
    expect(await take(store, 'me')).toBeDefined();
  });

  test('is taken again by its owner, who was asked twice', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'me');
    expect(await take(store, 'me')).toBeDefined();
  });

  test('that was written under a clock far ahead bars nobody', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'from next year', noon + 365 * 24 * 60 * minuteMs);
    expect(await take(store, 'me')).toBeDefined();
  });

  test('that was written under a clock some minutes ahead is respected', async () => {
    const store = new MemoryCheckpointStore();
    await taken(store, 'other', noon + 4 * minuteMs);
    expect(await take(store, 'me')).toBeUndefined();
  });

  test('that another run takes in the same moment is that one’s', async () => {
    const lease = { owner: 'other', until: new Date(noon + minuteMs).toISOString() };
    const store = new ScriptedStore([overtakenBy({ format: 1, lease, requests: unused })]);
    expect(await take(store, 'me')).toBeUndefined();
  });
});

describe('a lease that is held', () => {
  test('is kept without a write while it has two minutes to run', async () => {
    const store = new MemoryCheckpointStore();
    const lease = await taken(store, 'me');
    await lease.keep(noon + 2 * minuteMs, unused);
    expect(await versionOf(store)).toBe(1);
    await lease.keep(noon + 2 * minuteMs + 1, unused);
    expect(await versionOf(store)).toBe(2);
    // And from there again.
    await lease.keep(noon + 4 * minuteMs + 1, unused);
    expect(await versionOf(store)).toBe(2);
    await lease.keep(noon + 4 * minuteMs + 2, unused);
    expect(await versionOf(store)).toBe(3);
  });

  test('that need not be renewed yet keeps its run from nothing, though a write of it is still under way', async () => {
    const store = new ScriptedStore([applied, () => new Promise(() => {})]);
    const lease = await taken(store, 'me');
    void lease.renew(noon + minuteMs, unused);
    await lease.keep(noon + minuteMs, unused);
    expect(store.calls.put).toBe(2);
  });

  test('P9: bars others for as long as its run keeps it', async () => {
    const store = new MemoryCheckpointStore();
    const lease = await taken(store, 'me');
    for (let minute = 1; minute <= 30; minute += 1) {
      await lease.keep(noon + minute * minuteMs, unused);
      expect(await take(store, 'other', noon + minute * minuteMs)).toBeUndefined();
    }
  });

  test('P9: tells its run when another has taken it over, and writes nothing', async () => {
    const store = new MemoryCheckpointStore();
    const lease = await taken(store, 'slept');
    await taken(store, 'other', noon + 5 * minuteMs);
    await expect(lease.keep(noon + 6 * minuteMs, unused)).rejects.toThrow(LostRace);
    await expect(lease.renew(noon + 6 * minuteMs, unused)).rejects.toThrow(LostRace);
    await expect(lease.giveBack(unused)).rejects.toThrow(LostRace);
    expect(await versionOf(store)).toBe(2);
  });

  test('P7: given back, it is free at once, and tells the next what was used of the limits', async () => {
    const store = new MemoryCheckpointStore();
    const used = { list: { '1780315200': 2 }, status: { '1780315200': 1, '1780315260': 100 } };
    await (await taken(store, 'me')).giveBack(used);
    expect((await taken(store, 'next')).earlier).toEqual(used);
  });

  test('P7: what a run that was killed had used is known as of when it last renewed', async () => {
    const store = new MemoryCheckpointStore();
    const lease = await taken(store, 'killed');
    await lease.renew(noon + minuteMs, { list: {}, status: { '1780315200': 7 } });
    const next = await taken(store, 'next', noon + 5 * minuteMs);
    expect(next.earlier.status).toEqual({ '1780315200': 7 });
  });

  test('P2: is held though the answer of each write was lost', async () => {
    const store = new ScriptedStore([appliedThenFailed, appliedThenFailed, appliedThenFailed]);
    const lease = await taken(store, 'me');
    await lease.renew(noon + minuteMs, unused);
    await lease.giveBack(unused);
    expect([await versionOf(store), store.calls.put]).toEqual([3, 3]);
  });
});

describe('P14: a workspace’s record', () => {
  test('that can not be read is left as it is', async () => {
    const store = new MemoryCheckpointStore();
    const record = { item: 'workspace', version: 1, data: { format: 1, lease: 'mine' } };
    await store.put('w', record, undefined);
    await expect(take(store, 'me')).rejects.toThrow(Damaged);
    expect(await store.get('w', 'workspace')).toEqual(record);
  });

  test('of a newer version is refused, not reset', async () => {
    const store = new MemoryCheckpointStore();
    const data = { format: workspaceFormat + 1, lease: null, requests: unused };
    await store.put('w', { item: 'workspace', version: 1, data }, undefined);
    await expect(take(store, 'me')).rejects.toThrow('update this program');
  });

  test('that can not be written says why, and the lease is not taken', async () => {
    const store = new ScriptedStore([failed, failed, failed]);
    await expect(take(store, 'me')).rejects.toThrow(StoreFailure);
    expect(await versionOf(store)).toBeUndefined();
  });
});
