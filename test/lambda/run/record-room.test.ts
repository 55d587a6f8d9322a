import { describe, expect, test } from 'vitest';
import {
  integrationItem,
  mostRecordBytes,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { KeptRecord } from '../../../lambda/run/kept-record.ts';
import { makeRoom, noRoom } from '../../../lambda/run/record-room.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { OpenSyncs } from '../../../lambda/walk/open-syncs.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { ago, historyOf, now, stretch } from './integrations.ts';

const sentenceBytes = 1000;

/** So many open syncs, a minute apart, the newest first, each on a page of its own. */
const opensOf = (count: number): History['opens'] =>
  Array.from({ length: count }, (_, index) => ({
    start: instantOf(now - (index + 1) * 60_000),
    place: `page-${index}`,
    askedAt: undefined,
  }));

const stateOf = (opens: History['opens'], more: Partial<History> = {}) => ({
  ...newIntegrationState('a'),
  history: historyOf([stretch(0, 100)], { opens, ...more }),
});

function recordOf(opens: History['opens'], more: Partial<History> = {}, checkedAt: number | null = now) {
  const state = { ...stateOf(opens, more), checkedAt };
  return { state, record: new KeptRecord(state), openSyncs: new OpenSyncs(state.history) };
}

/** As its record is written. */
async function written(opens: History['opens']) {
  const store = new MemoryCheckpointStore();
  const integration = new IntegrationRun(stateOf(opens));
  integration.isBeingAsked(now);
  await integration.write(store, 'w');
  const record = await store.get('w', integrationItem('a'));
  if (!record) throw new Error('There is no record.');
  return { bytes: Buffer.byteLength(JSON.stringify(record.data)), state: readIntegrationState(record) };
}

describe('a record with more open syncs than it has room for', () => {
  test('gives up as many of the oldest as it has to, and keeps room for the sentence that says so', () => {
    const { state, record, openSyncs } = recordOf(opensOf(4000));
    expect(record.bytes).toBeGreaterThan(mostRecordBytes);
    makeRoom(record, openSyncs);
    expect(record.bytes).toBeLessThanOrEqual(mostRecordBytes - sentenceBytes);
    expect(record.bytes).toBeGreaterThan(mostRecordBytes - 2 * sentenceBytes);
    expect(state.history.opens[0]?.start).toBe(instantOf(now - 60_000));
  });

  test('P15: is written with that sentence, and fits', async () => {
    const { bytes, state } = await written(opensOf(4000));
    expect(bytes).toBeLessThanOrEqual(mostRecordBytes);
    expect(state.failure).toMatch(/more syncs .* are open than its record has room for \(200 KB\)/i);
  });

  test('P15: says nothing of it where it has room for all', async () => {
    const { state } = await written(opensOf(3));
    expect([state.failure, state.history.opens.length]).toEqual([null, 3]);
  });
});

describe('that syncs were given up before their time', () => {
  test('is said for as long as they would still be asked about', () => {
    const { record, openSyncs } = recordOf([], { givenUpTo: ago(6 * 24) });
    expect(noRoom(record, openSyncs)).toContain('2026-05-26 12:00:00');
  });

  test('is said no more when their time is over', () => {
    const { record, openSyncs } = recordOf([], { givenUpTo: ago(8 * 24) });
    expect(noRoom(record, openSyncs)).toBeUndefined();
  });

  test('is said of one that was never asked for, too', () => {
    const { record, openSyncs } = recordOf([], { givenUpTo: ago(8 * 24) }, null);
    expect(noRoom(record, openSyncs)).toContain('2026-05-24 12:00:00');
  });
});
