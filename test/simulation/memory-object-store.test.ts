import { expect, test } from 'vitest';
import { objectStoreContract } from '../lambda/objects/object-store.contract.ts';
import { MemoryObjectStore } from './memory-object-store.ts';

objectStoreContract('MemoryObjectStore', async () => {
  const store = new MemoryObjectStore();
  return () => store;
});

test('MemoryObjectStore names what it holds, and copies a part of a larger buffer as that part', async () => {
  const store = new MemoryObjectStore();
  const buffer = Buffer.from('-one-');
  await store.put('b', buffer.subarray(1, 4), undefined);
  await store.put('a', buffer, undefined);
  buffer.fill(0);

  expect(store.keys()).toEqual(['a', 'b']);
  expect(Buffer.from((await store.get('b'))?.body ?? []).toString()).toBe('one');
});
