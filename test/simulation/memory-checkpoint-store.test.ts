import { expect, test } from 'vitest';
import { checkpointStoreContract } from '../lambda/checkpoint/checkpoint-store.contract.ts';
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts';

checkpointStoreContract('MemoryCheckpointStore', async () => {
  const store = new MemoryCheckpointStore();
  return () => store;
});

test('MemoryCheckpointStore takes those for dead that it is told are', () => {
  const store = new MemoryCheckpointStore((owner) => owner === 'the killed one');

  expect(store.ownerIsDead('the killed one')).toBe(true);
  expect(store.ownerIsDead('another')).toBe(false);
});
