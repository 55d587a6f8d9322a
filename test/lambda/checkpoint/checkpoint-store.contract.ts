import { describe, expect, test } from 'vitest';
import type {
  CheckpointRecord,
  CheckpointStore,
  DamagedRecord,
} from '../../../lambda/checkpoint/checkpoint-store.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';

/**
 * What every checkpoint store keeps to.
 *
 * @param makePlace makes an empty place, and gives what opens it: each call as another process would.
 */
export function checkpointStoreContract(name: string, makePlace: () => Promise<() => CheckpointStore>): void {
  const workspace = 'default';
  const item = 'integration#00000000-1111-2222-3333-444444444444';
  const record = (version: number, data: unknown, of = item): CheckpointRecord => ({
    item: of,
    version,
    data,
  });

  describe(`${name} keeps to the contract of a checkpoint store`, () => {
    test('there is nothing where nothing was written', async () => {
      const store = (await makePlace())();
      expect(await store.list(workspace)).toEqual([]);
      await store.put(workspace, record(1, {}), undefined);

      expect(await store.get(workspace, 'workspace')).toBeUndefined();
      expect(await store.get('other', item)).toBeUndefined();
      expect(await store.list('other')).toEqual([]);
    });

    test('creates, replaces, and shows it to others, with its version', async () => {
      const open = await makePlace();
      const store = open();

      await store.put(workspace, record(1, { count: 1 }), undefined);
      expect(bare(await open().get(workspace, item))).toEqual(record(1, { count: 1 }));
      await open().put(workspace, record(2, { count: 2 }), 1);
      expect(bare(await store.get(workspace, item))).toEqual(record(2, { count: 2 }));
      expect((await open().list(workspace)).map(bare)).toEqual([record(2, { count: 2 })]);
    });

    test('workspaces are apart', async () => {
      const store = (await makePlace())();

      await store.put('one', record(1, 'of one'), undefined);
      await store.put('two', record(1, 'of two'), undefined);

      expect((await store.get('one', item))?.data).toBe('of one');
      expect((await store.list('two')).map(bare)).toEqual([record(1, 'of two')]);
    });

    test('P9: a lost race writes nothing', async () => {
      const store = (await makePlace())();

      await expect(store.put(workspace, record(2, 'mine'), 1)).rejects.toThrow(LostRace);
      expect(await store.get(workspace, item)).toBeUndefined();

      await store.put(workspace, record(1, 'one'), undefined);
      await expect(store.put(workspace, record(1, 'mine'), undefined)).rejects.toThrow(LostRace);
      await expect(store.put(workspace, record(3, 'mine'), 2)).rejects.toThrow(LostRace);
      expect(bare(await store.get(workspace, item))).toEqual(record(1, 'one'));

      await store.put(workspace, record(2, 'two'), 1);
      await expect(store.put(workspace, record(2, 'mine'), 1)).rejects.toThrow(LostRace);
      expect(bare(await store.get(workspace, item))).toEqual(record(2, 'two'));
    });

    test('P9: of fifty that create at once, and of fifty that replace at once, exactly one wins', async () => {
      const open = await makePlace();
      const stores = [open(), open()] as const;
      const race = async (version: number, expected: number | undefined) => {
        const results = await Promise.allSettled(
          Array.from({ length: 50 }, (_, index) =>
            stores[index % 2 === 0 ? 0 : 1].put(workspace, record(version, { index }), expected),
          ),
        );
        const won = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
        expect(won).toHaveLength(1);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LostRace);
        }
        expect(bare(await open().get(workspace, item))).toEqual(record(version, { index: won[0] }));
      };

      await race(1, undefined);
      await race(2, 1);
    });

    test('any JSON comes back as it was', async () => {
      const open = await makePlace();
      const data = {
        format: 1,
        text: 'é ü 漢字 🦊 "quoted" \\ \n \u0000 \u2028',
        empty: ['', [], {}, null],
        numbers: [0, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER],
        flags: [true, false],
        'a key: {}': { __nested: { deep: [[['x']]] } },
      };

      await open().put(workspace, record(1, data), undefined);

      expect((await open().get(workspace, item))?.data).toEqual(data);
      expect((await open().list(workspace)).map(bare)).toEqual([record(1, data)]);
    });

    test('items with odd characters stand apart', async () => {
      const open = await makePlace();
      const items = [
        'workspace',
        'integration#a b',
        'integration#a+b',
        'integration#a/b',
        'integration#../../b',
        'integration#',
        'integration#é 漢字 🦊',
        `integration#${'long-'.repeat(40)}`,
        '.',
        'integration_a',
      ];

      for (const item of items) await open().put(workspace, record(1, `data of ${item}`, item), undefined);

      for (const item of items) expect((await open().get(workspace, item))?.data).toBe(`data of ${item}`);
      expect((await open().list(workspace)).map(({ item }) => item).sort()).toEqual(items.sort());
    });

    test('lists many records, two megabytes of them, each whole', async () => {
      const open = await makePlace();
      const store = open();
      const records = Array.from({ length: 200 }, (_, index) =>
        record(1, { index, filling: 'x'.repeat(10_000) }, `integration#${String(index).padStart(3, '0')}`),
      );
      await Promise.all(records.map((each) => store.put(workspace, each, undefined)));

      const listed = (await open().list(workspace)).map(bare);

      expect(listed.sort((a, b) => ((a?.item ?? '') < (b?.item ?? '') ? -1 : 1))).toEqual(records);
    });

    test('what is stored is nobody’s to change', async () => {
      const store = (await makePlace())();
      const data = { list: [1] };
      await store.put(workspace, record(1, data), undefined);

      data.list.push(2);
      for (const read of [await store.get(workspace, item), ...(await store.list(workspace))]) {
        const copy = bare(read)?.data as typeof data | undefined;
        copy?.list.push(3);
      }

      expect((await store.get(workspace, item))?.data).toEqual({ list: [1] });
    });

    test('an owner of who knows what is not known to be dead', async () => {
      const store = (await makePlace())();

      expect(store.ownerIsDead('')).toBe(false);
      expect(store.ownerIsDead('elsewhere.example:1:0123')).toBe(false);
    });
  });
}

/** Without its place, which is each store's own. */
function bare(record: CheckpointRecord | DamagedRecord | undefined): CheckpointRecord | undefined {
  if (record === undefined) return undefined;
  if ('damaged' in record) throw record.damaged;
  const { item, version, data } = record;
  return { item, version, data };
}
