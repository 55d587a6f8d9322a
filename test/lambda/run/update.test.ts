import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import type { ObjectStore } from '../../../lambda/objects/object-store.ts';
import { update } from '../../../lambda/run/commit.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';

const key = 'a';

/** Adds a word to a text, if it is not in it yet. */
const adding = (word: string) => async (existing: Uint8Array | undefined) => {
  const words = existing ? Buffer.from(existing).toString().split(' ') : [];
  return words.includes(word) ? undefined : Buffer.from([...words, word].sort().join(' '));
};

type Put = ObjectStore['put'];

/** @param puts what becomes of each put, the last one for ever; without them, they succeed. */
function storeOf(...puts: ((store: MemoryObjectStore, ...put: Parameters<Put>) => Promise<void>)[]) {
  const store = new MemoryObjectStore();
  const calls = { get: 0, put: 0 };
  const objects: ObjectStore = {
    get: (name) => {
      calls.get += 1;
      return store.get(name);
    },
    put: (...put) => {
      const what = puts[Math.min(calls.put, puts.length - 1)];
      calls.put += 1;
      return what ? what(store, ...put) : store.put(...put);
    },
  };
  const receipt = newReceipt('w');
  const text = async () => Buffer.from((await store.get(key))?.body ?? []).toString();
  return { store, calls, receipt, text, ports: { objects, receipt } };
}

const applied: Parameters<typeof storeOf>[0] = (store, ...put) => store.put(...put);
const failed = async () => {
  throw new StoreFailure('No room.');
};
const appliedThenFailed: typeof applied = async (store, ...put) => {
  await store.put(...put);
  throw new StoreFailure('No answer.');
};
const overtaken: typeof applied = async (store, name, body, expected) => {
  const other = await adding('other')((await store.get(name))?.body);
  if (other) await store.put(name, other, (await store.get(name))?.etag);
  await store.put(name, body, expected);
};

describe('update', () => {
  test('reads, joins, writes, and counts what it asked for in vain as read', async () => {
    const { ports, text, receipt, calls } = storeOf();
    await update(ports, key, adding('b'));
    await update(ports, key, adding('a'));
    expect(await text()).toBe('a b');
    expect([receipt.objects, calls]).toEqual([
      { read: 1, written: 2 },
      { get: 2, put: 2 },
    ]);
  });

  test('P11: writes nothing where nothing has changed', async () => {
    const { ports, text, receipt, calls } = storeOf();
    await update(ports, key, adding('a'));
    await update(ports, key, adding('a'));
    expect([await text(), receipt.objects, calls.put]).toEqual(['a', { read: 1, written: 1 }, 1]);
  });

  test('P9: where another run was there first, joins to what that one wrote', async () => {
    const { ports, text, calls } = storeOf(overtaken, applied);
    await update(ports, key, adding('mine'));
    expect([await text(), calls]).toEqual(['mine other', { get: 2, put: 2 }]);
  });

  test('P2: a write whose answer was lost is known again, and not done twice', async () => {
    const { ports, text, calls } = storeOf(appliedThenFailed);
    await update(ports, key, adding('mine'));
    expect([await text(), calls]).toEqual(['mine', { get: 2, put: 1 }]);
  });

  test('P2: a write that failed is tried again', async () => {
    const { ports, text, receipt } = storeOf(failed, failed, failed, failed, applied);
    await update(ports, key, adding('mine'));
    expect([await text(), receipt.objects.written]).toEqual(['mine', 1]);
  });

  test('P2: every mixture of failures, lost answers and races ends with both words, or says why not', async () => {
    const kinds = [applied, failed, appliedThenFailed, overtaken];
    for (let mixture = 0; mixture < kinds.length ** 4; mixture += 1) {
      const puts = [0, 1, 2, 3].map(
        (place) => kinds[Math.floor(mixture / kinds.length ** place) % kinds.length] ?? applied,
      );
      const { ports, text } = storeOf(...puts, applied);
      await update(ports, key, adding('mine'));
      expect(['mine', 'mine other']).toContain(await text());
    }
  });

  test('P8: gives up after five tries, with what the store said', async () => {
    const failing = storeOf(failed);
    await expect(update(failing.ports, key, adding('a'))).rejects.toThrow('No room.');
    expect([failing.calls.put, failing.receipt.objects.written]).toEqual([5, 0]);

    const racing = storeOf(async () => {
      throw new LostRace(key);
    });
    await expect(update(racing.ports, key, adding('a'))).rejects.toThrow(LostRace);
    expect(racing.calls.put).toBe(5);
  });

  test('P10: what can not be joined is left alone', async () => {
    const { ports, calls } = storeOf();
    const join = async () => {
      throw new Damaged('a is damaged.');
    };
    await expect(update(ports, key, join)).rejects.toThrow(Damaged);
    expect(calls).toEqual({ get: 1, put: 0 });
  });
});
