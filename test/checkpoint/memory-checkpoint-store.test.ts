import { expect, test } from 'vitest';
import { MemoryCheckpointStore } from '../../lambda/checkpoint/memory-checkpoint-store.ts';
import { checkpointStoreContract } from './checkpoint-store.contract.ts';

checkpointStoreContract('MemoryCheckpointStore', async () => {
  const store = new MemoryCheckpointStore();
  return () => store;
});

test('MemoryCheckpointStore takes those for dead that it is told are', () => {
  const store = new MemoryCheckpointStore((owner) => owner === 'the killed one');

  expect(store.ownerIsDead('the killed one')).toBe(true);
  expect(store.ownerIsDead('another')).toBe(false);
});
