/** The objects of a workspace as a whole: its integrations, and what has changed of them. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { type IntegrationRow, readIntegrationRow } from '../../../lambda/rows/integration-row.ts';
import { ChangeLog } from '../../../lambda/run/change-log.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import type { ListReader } from '../../../lambda/run/list-reader.ts';
import { newReceipt, type Receipt } from '../../../lambda/run/receipt.ts';
import { WorkspaceObjects } from '../../../lambda/run/workspace-objects.ts';
import { changesKey, coverageKey, integrationsKey } from '../../../lambda/schema/keys.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { parseSourced } from '../rows/parse-sourced.ts';
import { now } from './integrations.ts';

const key = integrationsKey('w');
const torn = Buffer.from('not gzip');

let store: MemoryObjectStore;
let get: (key: string) => ReturnType<MemoryObjectStore['get']>;
let receipt: Receipt;
let failures: Failures;
let facts: WorkspaceFacts;
let objects: WorkspaceObjects;
beforeEach(() => {
  store = new MemoryObjectStore();
  get = (each) => store.get(each);
  receipt = newReceipt('w');
  failures = new Failures(() => {});
  facts = { ...newWorkspaceFacts(), areChangesAhead: false };
  const put = store.put.bind(store);
  const ports = {
    workspace: 'w',
    objects: { get: (each: string) => get(each), put },
    receipt,
    now: () => now,
  };
  objects = new WorkspaceObjects(ports, failures, new ChangeLog(ports, facts, false));
});

/** A reading of the list that has named these. */
function listOf(ids: readonly string[], isWhole = true): ListReader {
  const rows = ids.map((id) =>
    readIntegrationRow(parseSourced(`{"integration_id":"${id}","app_group_id":"g"}`)),
  );
  const named = rows.filter((row): row is IntegrationRow => 'line' in row);
  const byId = new Map(named.map((row) => [row.integrationId, row]));
  return { rows: byId, isWhole, hasSpoken: isWhole || ids.length > 0 } as unknown as ListReader;
}

const written = () =>
  gunzipSync(store.bodyOf(key) ?? gzipSync(''))
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
    .map(({ integration_id, listed }) => [integration_id, listed]);

describe('the table of integrations', () => {
  test('has whom the list names, and its lines are what is known now', async () => {
    const lines = await objects.writeIntegrations(listOf(['a', 'b']), new Set(['a', 'b']));
    expect([...lines.keys()]).toEqual(['a', 'b']);
    expect(written()).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('says of those that are gone that they are not listed, and of nobody else', async () => {
    await objects.writeIntegrations(listOf(['a', 'b', 'c']), new Set(['a', 'b', 'c']));
    // One is missing, and is not gone yet.
    await objects.writeIntegrations(listOf(['a']), new Set(['a', 'b']));
    expect(written()).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
  });

  test('says it of nobody where the list was not read to its end', async () => {
    await objects.writeIntegrations(listOf(['a', 'b']), new Set(['a', 'b']));
    await objects.writeIntegrations(listOf(['a'], false), new Set(['a']));
    expect(written()).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('stays as it is where no list was read, or none has said anything, and is known all the same', async () => {
    await objects.writeIntegrations(listOf(['a']), new Set(['a']));
    const before = store.writtenAt(key);
    for (const list of [undefined, listOf([], false)]) {
      const lines = await objects.writeIntegrations(list, new Set());
      expect([...lines.keys()]).toEqual(['a']);
    }
    expect([store.writtenAt(key), written()]).toEqual([before, [['a', true]]]);
  });

  test('that is damaged is a failure, and then the changes may be ahead of it', async () => {
    await store.put(key, torn, undefined);
    expect(await objects.writeIntegrations(listOf(['a']), new Set(['a']))).toEqual(new Map());
    expect(failures.sentences).toEqual([expect.stringContaining(key)]);
    expect(facts.areChangesAhead).toBe(true);
  });

  test('is written after its changes, which are then not ahead of it', async () => {
    facts.areChangesAhead = true;
    await objects.writeIntegrations(listOf(['a']), new Set(['a']));
    expect(facts.areChangesAhead).toBe(false);
    expect(store.writtenAt(changesKey('w'))).toBeLessThan(store.writtenAt(key));
    facts.areChangesAhead = true;
    await objects.writeIntegrations(undefined, new Set(['a']));
    expect(facts.areChangesAhead).toBe(true);
  });

  test('a fault of this program is thrown', async () => {
    get = async () => {
      throw new TypeError('A fault.');
    };
    await expect(objects.writeIntegrations(listOf(['a']), new Set(['a']))).rejects.toThrow('A fault.');
  });
});

describe('whose integrations the lake has', () => {
  test('is told by their app_group_id', async () => {
    await objects.writeIntegrations(listOf(['a', 'b']), new Set(['a', 'b']));
    const before = receipt.objects.read;
    expect(await objects.appGroupIds()).toEqual(new Set(['g']));
    expect(receipt.objects.read).toBe(before + 1);
  });

  test('is not known where there is none, or what there is is damaged, which is a failure', async () => {
    expect([await objects.appGroupIds(), receipt.objects.read]).toEqual([new Set(), 0]);
    await store.put(key, torn, undefined);
    expect(await objects.appGroupIds()).toEqual(new Set());
    expect(failures.sentences).toEqual([expect.stringContaining(key)]);
  });
});

describe('whether a run has ended here before', () => {
  test('is told by the coverage', async () => {
    expect(await objects.hasCoverage()).toBe(false);
    await objects.writeCoverage([]);
    expect(store.keys()).toEqual([coverageKey('w')]);
    expect(await objects.hasCoverage()).toBe(true);
  });

  test('is taken to be so where the store does not tell', async () => {
    get = async () => {
      throw new StoreFailure('Denied.');
    };
    expect(await objects.hasCoverage()).toBe(true);
    get = async () => {
      throw new TypeError('A fault.');
    };
    await expect(objects.hasCoverage()).rejects.toThrow('A fault.');
  });
});
