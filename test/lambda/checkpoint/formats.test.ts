/** P14: what an older version has written loads for ever. A fixture here is never changed, only added. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import {
  integrationData,
  integrationFormat,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { MemoryCheckpointStore } from '../../simulation/memory-checkpoint-store.ts';

const stored = (name: string): CheckpointRecord =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

describe('P14: a checkpoint of format 1', () => {
  test('an integration’s record loads, and nothing of it is lost', () => {
    const record = stored('format-1/integration.json');

    const state = readIntegrationState(record);

    expect(state).toMatchObject({
      integrationId: '5f1c2d3e-0000-4000-8000-00000000000a',
      condition: 'failing',
      checkedAt: Date.UTC(2026, 10, 24, 9, 16, 1, 500),
      history: { order: 'oldest_first', headAt: Date.UTC(2026, 10, 24, 9, 16), tail: 'c2tpcDoyMDA=' },
    });
    expect(integrationData(state)).toEqual({
      ...(record.data as object),
      format: integrationFormat,
      missing_since: null,
      named_in_reading: null,
    });
  });

  test.each([
    ['while the lease runs: another run holds it', '2026-11-24T09:19:59.999Z', undefined],
    ['after the lease has run out: with what was used of the limits', '2026-11-24T09:20:00.000Z', 2],
  ])('the workspace’s record loads %s', async (_, now, listRequests) => {
    const record = stored('format-1/workspace.json');
    const store = new MemoryCheckpointStore();
    await store.put('w', record, undefined);

    const lease = await Lease.take(store, 'w', 'request-2:me', Date.parse(now));

    expect(lease?.earlier.list['1795511800']).toBe(listRequests);
    if (lease) expect(lease.facts).toEqual({ source: null, listReading: null });
    expect((await store.get('w', 'workspace'))?.version).toBe(lease ? 244 : 243);
  });
});
