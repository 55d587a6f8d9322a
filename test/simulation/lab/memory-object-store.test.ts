import { expect, test } from 'vitest';
import { objectStoreContract } from '../../lambda/objects/object-store.contract.ts';
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

test('MemoryObjectStore begins as a copy of another, and neither changes the other', async () => {
  const store = new MemoryObjectStore();
  await store.put('both', Buffer.from('1'), undefined);
  const copy = new MemoryObjectStore(store);
  await store.put('here', Buffer.from('2'), undefined);
  await copy.put('there', Buffer.from('3'), undefined);

  expect(store.keys()).toEqual(['both', 'here']);
  expect(copy.keys()).toEqual(['both', 'there']);
});
