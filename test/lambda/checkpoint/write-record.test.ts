import { describe, expect, test } from 'vitest';
import { writeRecord } from '../../../lambda/checkpoint/write-record.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import {
  appliedThenFailed,
  type Fate,
  failed,
  overtakenBy,
  overtakenUnheardBy,
  ScriptedStore,
} from './scripted-store.ts';

const mine = { item: 'one', version: 1, data: { list: [1, null], by: { name: 'me' } } };
const theirs = { by: { name: 'somebody else' } };

const write = (store: ScriptedStore) => writeRecord(store, 'w', mine, undefined);
const stored = async (store: ScriptedStore) => (await store.get('w', 'one'))?.data;

const refusedAsIfLost: Fate = async (put, ...of) => {
  await put(...of);
  await put(...of);
};
const damaged: Fate = async () => {
  throw new Damaged('one is damaged.');
};

describe('writeRecord', () => {
  test('writes with one call where nothing comes between', async () => {
    const store = new ScriptedStore();
    await write(store);
    expect([await stored(store), store.calls.put]).toEqual([mine.data, 1]);
  });

  test('P2: a write that failed is tried again', async () => {
    const store = new ScriptedStore([failed, failed]);
    await write(store);
    expect([await stored(store), store.calls.put]).toEqual([mine.data, 3]);
  });

  test('P2: a write whose answer was lost is known again, and not done twice', async () => {
    const store = new ScriptedStore([appliedThenFailed]);
    await write(store);
    expect([await stored(store), store.calls.put]).toEqual([mine.data, 1]);
  });

  test('P2: a client that tried again by itself, and was refused by its own first write, has written', async () => {
    const store = new ScriptedStore([refusedAsIfLost]);
    await write(store);
    expect(await stored(store)).toEqual(mine.data);
  });

  test('P2: its own write is known again though the store gives the keys in another order', async () => {
    const reversed = (data: unknown) => Object.fromEntries(Object.entries(data ?? {}).reverse());
    const store = new ScriptedStore([appliedThenFailed], reversed);
    await write(store);
    expect(store.calls.put).toBe(1);
  });

  test('P9: what another run wrote under the same version is not taken for its own', async () => {
    const store = new ScriptedStore([overtakenBy(theirs)]);
    await expect(write(store)).rejects.toThrow(LostRace);
    expect([await stored(store), store.calls.put]).toEqual([theirs, 1]);
  });

  test('P9: nor where no answer tells that another run was first', async () => {
    const store = new ScriptedStore([overtakenUnheardBy(theirs)]);
    await expect(write(store)).rejects.toThrow('No answer.');
    expect([await stored(store), store.calls.put]).toEqual([theirs, 1]);
  });

  test('P8: gives up after three tries, with what the store said', async () => {
    const store = new ScriptedStore([failed, failed, failed]);
    await expect(write(store)).rejects.toThrow('No room.');
    expect([await stored(store), store.calls.put]).toEqual([undefined, 3]);
  });

  test('P10: a record that can not be read is not tried again', async () => {
    const store = new ScriptedStore([damaged]);
    await expect(write(store)).rejects.toThrow('one is damaged.');
    expect(store.calls).toEqual({ get: 0, put: 1 });
  });
});
