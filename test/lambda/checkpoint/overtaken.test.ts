/** Who takes over a lease that was not given back does not know whether its run is dead. */
import { expect, test } from 'vitest';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';

const minute = 60_000;
const noon = Date.UTC(2026, 5, 1, 12);
const unused = { list: {}, status: {} };

async function overtaken(store = new MemoryCheckpointStore()): Promise<MemoryCheckpointStore> {
  await Lease.take(store, 'w', 'first', noon);
  return store;
}

test('it may be at work until 16 minutes after it wrote its lease last', async () => {
  const lease = await Lease.take(await overtaken(), 'w', 'second', noon + 5 * minute);
  expect(lease?.facts.overtakenUntil).toBe(noon + 16 * minute);
});

test('the runs after it know it, too, and once that time is over no run does', async () => {
  const store = await overtaken();
  const second = await Lease.take(store, 'w', 'second', noon + 5 * minute);
  await second?.giveBack(unused);
  const third = await Lease.take(store, 'w', 'third', noon + 16 * minute - 1);
  expect(third?.facts.overtakenUntil).toBe(noon + 16 * minute);
  await third?.giveBack(unused);
  const fourth = await Lease.take(store, 'w', 'fourth', noon + 16 * minute);
  expect(fourth?.facts.overtakenUntil).toBeNull();
});

test('there is none where the lease was given back, or was an earlier try of this one', async () => {
  const given = new MemoryCheckpointStore();
  await (await Lease.take(given, 'w', 'first', noon))?.giveBack(unused);
  for (const [store, owner] of [
    [given, 'second'],
    [await overtaken(), 'first'],
  ] as const) {
    const lease = await Lease.take(store, 'w', owner, noon + 5 * minute);
    expect(lease?.facts.overtakenUntil).toBeNull();
  }
});

test('one that was written under a wrong clock is waited for no longer than any other', async () => {
  const store = new MemoryCheckpointStore();
  await Lease.take(store, 'w', 'first', noon + 365 * 24 * 60 * minute);
  const lease = await Lease.take(store, 'w', 'second', noon);
  expect(lease?.facts.overtakenUntil).toBe(noon + 16 * minute);
});
