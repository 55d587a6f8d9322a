import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import type { ObjectStore } from '../../../lambda/objects/object-store.ts';

/**
 * What every object store keeps to.
 *
 * @param makePlace makes an empty place, and gives what opens it: each call as another process would.
 */
export function objectStoreContract(name: string, makePlace: () => Promise<() => ObjectStore>): void {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const text = async (store: ObjectStore, key: string) => {
    const object = await store.get(key);
    return object && new TextDecoder().decode(object.body);
  };
  const tag = async (store: ObjectStore, key: string) => (await store.get(key))?.etag;
  const key = 'syncs/workspace=default/dt=2025-03-01/syncs.ndjson.gz';

  describe(`${name} keeps to the contract of an object store`, () => {
    test('there is nothing where nothing was written', async () => {
      const store = (await makePlace())();
      await store.put(key, bytes('one'), undefined);

      expect(await store.get('syncs/workspace=default/dt=2025-03-02/syncs.ndjson.gz')).toBeUndefined();
      expect(await store.get('syncs/workspace=default/dt=2025-03-01/syncs.ndjson.g')).toBeUndefined();
    });

    test('creates, replaces, and shows it to others', async () => {
      const open = await makePlace();
      const store = open();

      await store.put(key, bytes('one'), undefined);
      expect(await text(open(), key)).toBe('one');
      await store.put(key, bytes('two'), await tag(open(), key));
      expect(await text(open(), key)).toBe('two');
      await open().put(key, bytes('three'), await tag(store, key));
      expect(await text(store, key)).toBe('three');
    });

    test('an entity tag stays while the object does, and changes with it', async () => {
      const open = await makePlace();
      await open().put(key, bytes('one'), undefined);
      const first = await tag(open(), key);

      expect(first).toBeTruthy();
      expect(await tag(open(), key)).toBe(first);
      await open().put(key, bytes('two'), first);
      expect(await tag(open(), key)).not.toBe(first);
    });

    test('P9: a lost race writes nothing', async () => {
      const store = (await makePlace())();

      await expect(store.put(key, bytes('mine'), '0'.repeat(64))).rejects.toThrow(LostRace);
      expect(await store.get(key)).toBeUndefined();

      await store.put(key, bytes('one'), undefined);
      const stale = await tag(store, key);
      await expect(store.put(key, bytes('mine'), undefined)).rejects.toThrow(LostRace);
      expect(await text(store, key)).toBe('one');

      await store.put(key, bytes('two'), stale);
      await expect(store.put(key, bytes('mine'), stale)).rejects.toThrow(LostRace);
      expect(await text(store, key)).toBe('two');
    });

    test('P9: of fifty that create at once, and of fifty that replace at once, exactly one wins', async () => {
      const open = await makePlace();
      const stores = [open(), open()] as const;
      const race = async (round: string, expected: string | undefined) => {
        const results = await Promise.allSettled(
          Array.from({ length: 50 }, (_, index) =>
            stores[index % 2 === 0 ? 0 : 1].put(key, bytes(`${round} ${index}`), expected),
          ),
        );
        const won = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
        expect(won).toHaveLength(1);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LostRace);
        }
        expect(await text(open(), key)).toBe(`${round} ${won[0]}`);
      };

      await race('create', undefined);
      await race('replace', await tag(open(), key));
    });

    test('a body of three megabytes, one of every byte, and an empty one come back as they were', async () => {
      const open = await makePlace();
      const bodies = {
        large: randomBytes(3 * 1024 * 1024),
        every: Uint8Array.from({ length: 256 }, (_, byte) => byte),
        empty: new Uint8Array(),
      };
      const digest = (body: Uint8Array | undefined) =>
        body && createHash('sha256').update(body).digest('hex');

      for (const [key, body] of Object.entries(bodies)) await open().put(key, body, undefined);

      for (const [key, body] of Object.entries(bodies)) {
        const stored = await open().get(key);
        expect(stored?.body.byteLength).toBe(body.byteLength);
        expect(digest(stored?.body)).toBe(digest(body));
      }
    });

    test('keys with odd characters stand apart', async () => {
      const open = await makePlace();
      const keys = [
        'a b',
        'a+b',
        'a%20b',
        'a%2Fb',
        'quarantine/workspace=w-1/ab.0123456789abcdef.ndjson.gz',
        'é ü 漢字 🦊/x=y&z;"\'(!*)~$@,:.gz',
        `${'long-'.repeat(40)}/name`,
        '..a/.../b..',
      ];

      for (const key of keys) await open().put(key, bytes(`body of ${key}`), undefined);

      for (const key of keys) expect(await text(open(), key)).toBe(`body of ${key}`);
    });

    test('what is stored is nobody’s to change', async () => {
      const store = (await makePlace())();
      const body = bytes('one');
      await store.put(key, body, undefined);
      const read = await store.get(key);

      body.fill(0);
      read?.body.fill(0);

      expect(await text(store, key)).toBe('one');
      expect(await tag(store, key)).toBe(read?.etag);
    });
  });
}
