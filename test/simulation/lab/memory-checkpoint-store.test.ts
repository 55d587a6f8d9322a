import { expect, test } from 'vitest';
import { checkpointStoreContract } from '../../lambda/checkpoint/checkpoint-store.contract.ts';
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

test('MemoryCheckpointStore begins as a copy of another, and neither changes the other', async () => {
  const store = new MemoryCheckpointStore();
  await store.put('a', { item: 'both', version: 1, data: {} }, undefined);
  const copy = new MemoryCheckpointStore();
  copy.copyFrom(store);
  await store.put('a', { item: 'here', version: 1, data: {} }, undefined);
  await copy.put('a', { item: 'there', version: 1, data: {} }, undefined);

  const itemsOf = async (each: MemoryCheckpointStore) => (await each.list('a')).map(({ item }) => item);
  expect(await itemsOf(store)).toEqual(['both', 'here']);
  expect(await itemsOf(copy)).toEqual(['both', 'there']);
});

test('MemoryCheckpointStore refuses what an item of DynamoDB has no room for', async () => {
  const store = new MemoryCheckpointStore();
  const record = (bytes: number) => ({ item: 'a', version: 1, data: { text: 'x'.repeat(bytes) } });
  await expect(store.put('w', record(410_000), undefined)).rejects.toThrow('too large');
  await expect(store.put('w', record(400_000), undefined)).resolves.toBeUndefined();
});
