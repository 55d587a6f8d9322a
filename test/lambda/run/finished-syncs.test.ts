import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FinishedSync } from '../../../lambda/alerts/finished-syncs.ts';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { tellFinished } from '../../../lambda/run/finished-syncs.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { syncsKey } from '../../../lambda/schema/keys.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { placed } from '../rows/rows.ts';
import { ago } from './integrations.ts';

const rowOf = (hours: number) =>
  placed({ job_status: 'success', sync_start_time: `${ago(hours)}Z`, sync_finish_time: null }, 'a');

const nameOf = (id: string) => `Name of ${id}`;

const waitingFor = (...hours: number[]): IntegrationRun =>
  new IntegrationRun({ ...newIntegrationState('a'), finished: hours.map(ago) }, 1);

/** Syncs of this morning stand in the lake. */
async function lakeOf(...hours: number[]): Promise<MemoryObjectStore> {
  const objects = new MemoryObjectStore();
  const { body } = await joinDay(undefined, 'day', hours.toSorted((a, b) => b - a).map(rowOf));
  if (body) await objects.put(syncsKey('w', '2026-06-01'), body, undefined);
  return objects;
}

async function tellOf(
  objects: Pick<MemoryObjectStore, 'get' | 'put'>,
  integration: IntegrationRun,
  takes = (_: string) => true,
) {
  const told: string[] = [];
  const finished = {
    deliverFinished: async (_: string, syncs: readonly FinishedSync[]) => {
      for (const { integrationName } of syncs) expect(integrationName).toBe('Name of a');
      const lines = syncs.map(({ line }) => line);
      told.push(...lines);
      return new Set(lines.filter(takes));
    },
  };
  const signal = new AbortController().signal;
  const ports = { workspace: 'w', objects, receipt: newReceipt('w'), finished, signal, nameOf };
  await tellFinished(ports, [integration]);
  return told;
}

test('each is told with its line as it stands in the lake, and waits no longer', async () => {
  const integration = waitingFor(2, 1);
  const told = await tellOf(await lakeOf(3, 2, 1), integration);
  expect(told).toEqual([rowOf(2).line, rowOf(1).line]);
  expect(integration.state.finished).toEqual([]);
});

test('what has not arrived waits for the next run', async () => {
  const integration = waitingFor(2, 1);
  await tellOf(await lakeOf(2, 1), integration, (line) => line === rowOf(1).line);
  expect(integration.state.finished).toEqual([ago(2)]);
});

test('what no longer stands in the lake is not waited for', async () => {
  const integration = waitingFor(5);
  expect(await tellOf(await lakeOf(1), integration)).toEqual([]);
  expect(integration.state.finished).toEqual([]);
});

test('a day that can not be read now is waited for', async () => {
  const objects = await lakeOf(1);
  const key = syncsKey('w', '2026-06-01');
  await objects.put(key, Buffer.from('damaged'), (await objects.get(key))?.etag);
  const integration = waitingFor(1);
  expect(await tellOf(objects, integration)).toEqual([]);
  expect(integration.state.finished).toEqual([ago(1)]);
});

test('of several days each is read once, and what one of them lacks is not waited for', async () => {
  const objects = await lakeOf(2, 1);
  const { body } = await joinDay(undefined, 'day', [rowOf(14)]);
  if (body) await objects.put(syncsKey('w', '2026-05-31'), body, undefined);
  const read: string[] = [];
  const counting = {
    get: async (key: string) => {
      read.push(key);
      return await objects.get(key);
    },
    put: objects.put.bind(objects),
  };
  // The one of forty hours ago stands in no day.
  const integration = waitingFor(40, 14, 2, 1);
  expect((await tellOf(counting, integration)).toSorted()).toEqual(
    [rowOf(14), rowOf(2), rowOf(1)].map(({ line }) => line).toSorted(),
  );
  expect(read).toEqual(['2026-05-30', '2026-05-31', '2026-06-01'].map((day) => syncsKey('w', day)));
  expect(integration.state.finished).toEqual([]);

  const refused = waitingFor(14, 2);
  await tellOf(objects, refused, () => false);
  expect(refused.state.finished).toEqual([ago(14), ago(2)]);
});

test('a day with a line that is no sync’s is waited for', async () => {
  const objects = await lakeOf(1);
  const key = syncsKey('w', '2026-06-01');
  const stored = await objects.get(key);
  const text = gunzipSync(stored?.body ?? '').toString();
  const damaged = text.replace('"raw":"', '"raw":"no JSON');
  await objects.put(key, gzipSync(damaged), stored?.etag);
  const integration = waitingFor(1);
  expect(await tellOf(objects, integration)).toEqual([]);
  expect(integration.state.finished).toEqual([ago(1)]);
});

test('a fault of this program is thrown', async () => {
  const faulty = {
    get: async () => {
      throw new TypeError('A fault.');
    },
    put: async () => {},
  };
  await expect(tellOf(faulty, waitingFor(1))).rejects.toThrow('A fault.');
});

test('a receiver that names what it was not given ends no wait', async () => {
  const integration = waitingFor(1);
  const finished = { deliverFinished: async () => new Set(['something else']) };
  const signal = new AbortController().signal;
  const receipt = newReceipt('w');
  await tellFinished({ workspace: 'w', objects: await lakeOf(1), receipt, finished, signal, nameOf }, [
    integration,
  ]);
  expect([integration.state.finished, receipt.objects.read]).toEqual([[ago(1)], 1]);
});

test('where nobody wants to be told any more, nothing is read and nothing waits', async () => {
  const integration = waitingFor(2, 1);
  const receipt = newReceipt('w');
  const signal = new AbortController().signal;
  const ports = { workspace: 'w', objects: await lakeOf(2, 1), receipt, finished: undefined, signal, nameOf };
  await tellFinished(ports, [integration]);
  expect([integration.state.finished, receipt.objects.read]).toEqual([[], 0]);
});
