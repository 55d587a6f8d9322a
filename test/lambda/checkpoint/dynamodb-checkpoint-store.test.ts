import { describe, expect, test } from 'vitest';
import { DynamoDbCheckpointStore } from '../../../lambda/checkpoint/dynamodb-checkpoint-store.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { checkpointStoreContract } from './checkpoint-store.contract.ts';
import { TableInMemory } from './table-in-memory.ts';

const storeOf = (table: TableInMemory) => new DynamoDbCheckpointStore(table.client(), table.name);

checkpointStoreContract('DynamoDbCheckpointStore', async () => {
  const table = new TableInMemory();
  return () => storeOf(table);
});

const item = 'integration#a';
const record = { item, version: 1, data: { format: 1 } };
const key = { workspace: { S: 'w' }, item: { S: item } };
const [version, data] = [{ N: '1' }, { S: '{}' }];

describe('DynamoDbCheckpointStore', () => {
  test('says of each record where a person finds it', async () => {
    const store = storeOf(new TableInMemory());
    await store.put('w', record, undefined);
    const place = 'The item integration#a of workspace w in the table the-table';
    expect(await store.get('w', item)).toEqual({ ...record, place });
    expect(await store.list('w')).toEqual([{ ...record, place }]);
  });

  test.each([
    ['without a version', { data }, 'it is not a checkpoint record'],
    ['of version 0', { version: { N: '0' }, data }, 'it is not a checkpoint record'],
    ['of half a version', { version: { N: '1.5' }, data }, 'it is not a checkpoint record'],
    ['without data', { version }, 'it is not a checkpoint record'],
    ['whose data is not JSON', { version, data: { S: '{"format":' } }, 'its data is not JSON'],
  ])('P14: an item %s is told as damaged, and keeps no other back', async (_, rest, fault) => {
    const table = new TableInMemory();
    const store = storeOf(table);
    table.place({ ...key, ...rest });
    await store.put('w', { ...record, item: 'integration#b' }, undefined);
    const words = 'The item integration#a of workspace w in the table the-table is damaged';
    await expect(store.get('w', item)).rejects.toThrow(Damaged);
    await expect(store.get('w', item)).rejects.toThrow(words);
    await expect(store.get('w', item)).rejects.toThrow(`(${fault})`);
    const [first, second, ...others] = await store.list('w');
    expect(first).toMatchObject({ item, damaged: { message: expect.stringContaining(words) } });
    expect([second, others]).toMatchObject([{ item: 'integration#b', version: 1 }, []]);
  });

  test.each<[string, (store: DynamoDbCheckpointStore) => Promise<unknown>]>([
    ['list', (store) => store.list('w')],
    ['get', (store) => store.get('w', item)],
    ['put', (store) => store.put('w', record, undefined)],
  ])('P8: %s ends at once when the run is to stop, whatever it waits for', async (_, call) => {
    const stop = new AbortController();
    const store = new DynamoDbCheckpointStore(
      new TableInMemory().client({ answers: false }),
      't',
      stop.signal,
    );
    const called = call(store);
    stop.abort();
    await expect(called).rejects.toThrow(StoreFailure);
  });

  test.each<[string, string, (store: DynamoDbCheckpointStore) => Promise<unknown>]>([
    ['list', 'The item of workspace w in', (store) => store.list('w')],
    ['get', 'The item integration#a of workspace w in', (store) => store.get('w', item)],
    ['put', 'The item integration#a of workspace w in', (store) => store.put('w', record, undefined)],
  ])('what AWS refuses of %s is said with the table and what to do', async (_, place, call) => {
    const nowhere = new DynamoDbCheckpointStore(new TableInMemory().client(), 'no-such-table');
    const error = await call(nowhere).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreFailure);
    expect(String(error)).toContain(`${place} the table no-such-table is not there: mend its name`);
  });
});
