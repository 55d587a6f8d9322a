/** P14: all that can be known is in the record, and comes back from it; what is not as it is written is damage. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  integrationData,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { Lease, workspaceFormat } from '../../../lambda/checkpoint/lease.ts';
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { at } from '../walk/pages.ts';
import { wholeStanding, wholeState, wholeWorkspace } from './whole-states.ts';

const json = (value: unknown) => JSON.parse(JSON.stringify(value));
const readState = (data: unknown) =>
  readIntegrationState({ item: integrationItem('a'), version: 1, data: json(data) });

const unused = { list: {}, status: {} };
const takeFrom = (store: MemoryCheckpointStore) => Lease.take(store, 'w', 'me', at(14));

/** The data of a record as it was written once. */
const dataOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')).data;

const used = { list: { '1780315200': 1 }, status: { '1780315260': 2 } };
const overtakenUntil = at(14) + 60_000;

async function readWorkspace(data: unknown) {
  const store = new MemoryCheckpointStore();
  await store.put('w', { item: 'workspace', version: 1, data }, undefined);
  return takeFrom(store);
}

type Path = readonly (string | number)[];

/** The places of all values that hold no others. */
const leavesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]))
    : [path];

/** The same with something else at that place. */
function withAt(data: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const copy = json(data);
  copy[name] = withAt(copy[name], rest, value);
  return copy;
}

describe('of an integration', () => {
  const data = dataOf('format-4/integration-whole.json');

  test('all that is known is written, and comes back', () => {
    expect(json(integrationData(wholeState()))).toEqual(data);
    expect(readState(data)).toEqual(wholeState());
  });

  test('it comes back where nothing is known yet, and says nothing then', () => {
    const data = json(integrationData(newIntegrationState('a')));
    expect(data).toEqual({ format: 4, integration_id: 'a' });
    expect(readState(data)).toEqual(newIntegrationState('a'));
  });

  test('a sync that has not ended, and of which nobody has counted anything, comes back', () => {
    const sync = {
      start: at(1),
      finish: null,
      status: null,
      rowsSynced: null,
      rowsFailed: null,
      timestampSynced: null,
    };
    const state = { ...wholeState(), standing: { ...wholeStanding, recent: [sync] } };
    expect(readState(integrationData(state)).standing.recent).toEqual([sync]);
  });

  test('a habit that is steady and knows no times comes back', () => {
    const { habit } = wholeStanding;
    if (!habit) throw new Error('There is none.');
    const nulls = { from: null, usualMs: null, longestMs: null, p95Ms: null };
    const steady = { ...habit, ...nulls, isSteady: true, pauses: [] };
    const state = { ...wholeState(), standing: { ...wholeStanding, habit: steady } };
    expect(readState(integrationData(state)).standing.habit).toEqual(steady);
  });

  test.each(leavesOf(data).map((path) => [path.join('.'), path] as const))(
    'it is damaged where %s is something else, and that is said',
    (name, path) => {
      const read = () => readState(withAt(data, path, { not: 'that' }));
      expect(read).toThrow(Damaged);
      // Of a value that may be of several kinds, zod names the place where it begins.
      expect(read).toThrow(name.split('.')[0]);
    },
  );

  test.each([
    ['head_at', '2026-06-01 14:00:00'],
    ['head_at', '2026-06-01T14:00'],
    ['head_at', '2026-06-01T14:00:00Z'],
    ['standing.habit.day', '2026-06-31'],
    ['standing.recent.0.3', '7a'],
    ['standing.recent.0.3', 'a7'],
    ['standing.recent.0.3', '--7'],
    ['standing.recent.0.3', '-'],
    ['standing.habit.runs', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['lost_gaps', -1],
    ['abandoned.2026-05-20', 0],
  ])('it is damaged where %s is %j', (path, value) => {
    expect(() => readState(withAt(data, path.split('.'), value))).toThrow(Damaged);
  });

  test.each(['7', '-7', '12345678901234567890'])('a count may be the text %s', (text) => {
    const { standing } = readState(withAt(data, ['standing', 'recent', 0, 3], text));
    expect(standing.recent[0]?.rowsSynced).toBe(BigInt(text));
  });

  test.each([2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n) + 1n, -(2n ** 53n), 2n ** 63n - 1n])(
    'a count of %d comes back to the last digit',
    (rowsSynced) => {
      const recent = wholeStanding.recent.map((sync) => ({ ...sync, rowsSynced }));
      const state = { ...wholeState(), standing: { ...wholeStanding, recent } };
      expect(readState(integrationData(state)).standing.recent).toEqual(recent);
    },
  );

  test('starts of which there are none are none', () => {
    expect(readState(withAt(data, ['standing', 'older', 'data'], [])).standing.older.data).toEqual([]);
  });

  test.each(['unknown', 'standing.unknown'])('it is damaged where %s is in it', (path) => {
    expect(() => readState(withAt(data, path.split('.'), 1))).toThrow(Damaged);
  });
});

describe('of a workspace', () => {
  const data = dataOf('format-4/workspace-whole.json');

  test('all that is known is written, and comes back', async () => {
    const store = new MemoryCheckpointStore();
    const lease = await takeFrom(store);
    Object.assign(lease?.facts ?? {}, wholeWorkspace, { overtakenUntil });
    await lease?.renew(at(14), used);
    expect((await store.get('w', 'workspace'))?.data).toEqual(data);
    expect((await readWorkspace(data))?.facts).toEqual({
      ...wholeWorkspace,
      isLakeAhead: true,
      overtakenUntil,
    });
  });

  test('of which nothing is known, the lake and its changes may be ahead', async () => {
    const lease = await takeFrom(new MemoryCheckpointStore());
    expect(lease?.facts).toEqual(newWorkspaceFacts());
    expect(lease?.facts.areChangesAhead).toBe(true);
    expect(lease?.foundLakeAhead).toBe(true);
  });

  test('of which a record of format 1 is there, the same, and all its months may be behind', async () => {
    const lease = await readWorkspace({ format: 1, lease: null, requests: unused });
    expect(lease?.facts).toEqual({ ...newWorkspaceFacts(), monthsBehind: 'all' });
    expect(lease?.foundLakeAhead).toBe(true);
  });

  test.each(leavesOf(data).map((path) => [path.join('.'), path] as const))(
    'it is damaged where %s is something else, and that is said',
    async (name, path) => {
      const read = readWorkspace(withAt(data, path, { not: 'that' }));
      await expect(read).rejects.toThrow(Damaged);
      await expect(read).rejects.toThrow(name.split('.')[0]);
    },
  );

  test.each<[string, unknown]>([
    ['requests.list', { now: 1 }],
    ['requests.list', { '1x': 1 }],
    ['requests.list', { x1: 1 }],
    ['requests.list', { '1': -1 }],
    ['months_behind', ['2026-5']],
    ['months_behind', ['2026-05-01']],
    ['months_behind', ['x2026-05']],
    ['months_behind', 'some'],
    ['lease.until', '2026-06-01'],
    ['list_reading.began', '2026-06-01'],
    ['unknown', 1],
    ['source.unknown', 1],
    ['list_reading.unknown', 1],
    ['lease.unknown', 1],
    ['requests.unknown', {}],
    ['incidents.0.unknown', 1],
  ])('it is damaged where %s is %j', async (path, value) => {
    await expect(readWorkspace(withAt(data, path.split('.'), value))).rejects.toThrow(Damaged);
  });
});

describe('what is said of damage', () => {
  const read = (data: unknown, place?: string) => () =>
    readIntegrationState({ item: 'integration#a', version: 1, data, ...(place ? { place } : {}) });

  test('names the record, and where a person finds it, where that is known', () => {
    expect(read({})).toThrow('The checkpoint record integration#a is damaged');
    expect(read({}, 'The file a.json')).toThrow(/^The file a.json is damaged/);
  });

  test.each([null, 'text', [], 5])('says of %j that the record itself is none', (data) => {
    expect(read(data)).toThrow(/\(record: [^;]+\)/);
  });

  test('names three faults, and no more of them', () => {
    const data = json(integrationData(newIntegrationState('a')));
    const wrong = { ...data, proved: 1, empty: 1, tail: 1, opens: 1 };
    expect(read(wrong)).toThrow(/\(proved: [^;]+; empty: [^;]+; tail: [^;]+\)/);
  });

  test('says of a time that it is none', () => {
    const data = json(integrationData(newIntegrationState('a')));
    expect(read({ ...data, head_at: 'noon' })).toThrow('(head_at: not an instant)');
  });

  test('of a newer workspace names its format', async () => {
    const newer = readWorkspace({ format: workspaceFormat + 1, lease: null, requests: unused });
    await expect(newer).rejects.toThrow(`format ${workspaceFormat + 1}, known is ${workspaceFormat}`);
  });
});
