/** P7: what a run has sent that was killed before it could say so. */
import { describe, expect, test } from 'vitest';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';

const minute = 60_000;
const began = Date.UTC(2026, 5, 1, 12);

/** How long the next run waits before its first request, where the one before took the lease at `began`. */
async function waitOfTheNext(after: number, end: (lease: Lease) => Promise<void>, ownerIsDead: boolean) {
  const store = new MemoryCheckpointStore(() => ownerIsDead);
  const first = await Lease.take(store, 'w', 'first', began);
  if (first) await end(first);
  const next = await Lease.take(store, 'w', 'next', began + after);
  return next && new RateLimiter(100, began + after, next.earlier.status).delay(began + after);
}

const killed = async () => {};
const givenBack = (lease: Lease) => lease.giveBack({ list: {}, status: {} });

describe('a lease that is taken over from a run that never gave it back', () => {
  test('begins with a limit that is used up', async () => {
    expect(await waitOfTheNext(1000, killed, true)).toBe(minute);
  });

  test('as far as the requests of that run can still count', async () => {
    // It would have renewed the lease after two minutes; a request of then counts for 90 seconds.
    expect(await waitOfTheNext(3.25 * minute, killed, true)).toBe(minute / 4);
    expect(await waitOfTheNext(3.5 * minute, killed, true)).toBe(0);
    expect(await waitOfTheNext(4 * minute, killed, false)).toBe(0);
  });

  test('and then it is forgotten', async () => {
    const store = new MemoryCheckpointStore();
    await Lease.take(store, 'w', 'first', began);
    const nextAt = async (at: number) => (await Lease.take(store, 'w', 'first', began + at))?.earlier;
    expect(await nextAt(3.5 * minute)).toEqual({ list: {}, status: {} });
  });

  test('one that was given back says what was used, and nothing is added to it', async () => {
    expect(await waitOfTheNext(1000, givenBack, true)).toBe(0);
  });

  test('and it is remembered where the next run is killed, too, before its first request', async () => {
    const store = new MemoryCheckpointStore(() => true);
    await Lease.take(store, 'w', 'first', began);
    await Lease.take(store, 'w', 'second', began + 1000);
    const third = await Lease.take(store, 'w', 'third', began + 2000);
    expect(new RateLimiter(1_000_000, began + 2000, third?.earlier.list).delay(began + 2000)).toBe(minute);
  });
});

test('P9: a run renews its lease in turn, whoever asks for it at the same time', async () => {
  const store = new MemoryCheckpointStore();
  const lease = await Lease.take(store, 'w', 'first', began);
  const used = { list: {}, status: {} };
  const later = began + 3 * minute;
  await Promise.all([
    lease?.keep(later, used),
    lease?.renew(later, used),
    lease?.keep(later, used),
    lease?.renew(later, used),
  ]);
  await lease?.giveBack(used);
  expect((await store.get('w', 'workspace'))?.version).toBeLessThanOrEqual(5);
  expect(await Lease.take(store, 'w', 'next', later)).toBeDefined();
});
