import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { DynamoDbCheckpointStore } from '../../../lambda/checkpoint/dynamodb-checkpoint-store.ts';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { writeRecord } from '../../../lambda/checkpoint/write-record.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { startFaultProxy } from '../../../local/aws/fault-proxy.ts';
import { dynamoDbAt, makeTable } from '../../../local/aws/places.ts';
import type { Fault } from '../../../local/aws/proxied-fault.ts';
import { checkpointStoreContract } from './checkpoint-store.contract.ts';

const { endpoint } = inject('localAws');

checkpointStoreContract('DynamoDbCheckpointStore', async () => {
  const table = await makeTable(endpoint);
  return () => new DynamoDbCheckpointStore(dynamoDbAt(endpoint), table);
});

const item = 'integration#a';
const record = (version: number, data: unknown) => ({ item, version, data });

async function behindProxy() {
  const table = await makeTable(endpoint);
  const proxy = await startFaultProxy(endpoint);
  onTestFinished(() => proxy.close());
  const failFirst = (operation: string, times: number, fault: Fault) => {
    let left = times;
    proxy.fail(({ target }) => {
      if (!target?.endsWith(`.${operation}`) || left === 0) return undefined;
      left -= 1;
      return fault;
    });
  };
  const direct = new DynamoDbCheckpointStore(dynamoDbAt(endpoint), table);
  return {
    table,
    proxy,
    direct,
    store: new DynamoDbCheckpointStore(dynamoDbAt(proxy.endpoint), table),
    failFirst,
  };
}

const refusal = (type: string): Fault => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'No.' }),
});

describe('DynamoDbCheckpointStore', () => {
  test('throttled and broken connections are tried again', async () => {
    const { store, direct, failFirst, proxy } = await behindProxy();
    failFirst('PutItem', 2, refusal('ThrottlingException'));
    await store.put('w', record(1, 'one'), undefined);
    failFirst('GetItem', 2, 'refuse');
    expect((await store.get('w', item))?.data).toBe('one');
    failFirst('Query', 1, 'cut_body');
    expect(await store.list('w')).toEqual(await direct.list('w'));
    expect(proxy.requests).toHaveLength(3 + 3 + 2);
  });

  test('P2: a write whose answer was lost is known again', async () => {
    const { store, direct, failFirst } = await behindProxy();

    failFirst('PutItem', 1, 'lose_answer');
    await writeRecord(store, 'w', record(1, { count: 1 }), undefined);
    failFirst('PutItem', 1, 'lose_answer');
    await writeRecord(store, 'w', record(2, { count: 2 }), 1);

    expect(await direct.get('w', item)).toMatchObject(record(2, { count: 2 }));
  });

  test('P9: a lease that runs keeps others out; one that has run out is taken over, and its holder is told', async () => {
    const { store, direct } = await behindProxy();
    const now = Date.UTC(2026, 5, 1);
    const first = await Lease.take(store, 'w', 'first', now);

    expect(await Lease.take(direct, 'w', 'second', now + 60_000)).toBeUndefined();
    const second = await Lease.take(direct, 'w', 'second', now + 10 * 60_000);

    expect(second).toBeDefined();
    await expect(first?.renew(now + 10 * 60_000, { list: {}, status: {} })).rejects.toThrow(/another run/);
  });

  test('P14: what is no record is told, left as it is, and keeps no other back', async () => {
    const { table, store } = await behindProxy();
    const put = (item: string, rest: object) =>
      dynamoDbAt(endpoint).send(
        new PutItemCommand({ TableName: table, Item: { workspace: { S: 'w' }, item: { S: item }, ...rest } }),
      );
    await put('integration#none', {});
    await put('integration#text', { version: { N: '1' }, data: { S: '{"format":' } });
    await store.put('w', record(1, 'one'), undefined);

    const listed = await store.list('w');

    expect(listed.map((each) => ['damaged' in each, each.item])).toEqual([
      [false, item],
      [true, 'integration#none'],
      [true, 'integration#text'],
    ]);
    await expect(store.get('w', 'integration#text')).rejects.toThrow(Damaged);
    await expect(store.get('w', 'integration#none')).rejects.toThrow(
      /^The item integration#none of workspace w in the table checkpoint-\S+ is damaged and was left as it is/,
    );
    await expect(
      store.put('w', { item: 'integration#none', version: 1, data: 1 }, undefined),
    ).rejects.toThrow(/another run/);
  });

  test('what AWS refuses is said with the table and what to do', async () => {
    const { store, failFirst } = await behindProxy();
    failFirst('Query', 1, refusal('AccessDeniedException'));
    await expect(store.list('w')).rejects.toThrow(/table checkpoint-\S+ is not open to these credentials/);

    const nowhere = new DynamoDbCheckpointStore(dynamoDbAt(endpoint), 'no-such-table');
    const error = await nowhere.get('w', item).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreFailure);
    expect(String(error)).toMatch(/table no-such-table is not there: mend its name/);
  });
});
