/** P14: what an older version has written loads for ever. A fixture here is never changed, only added. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { integrationData, readIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { assertHistory } from '../../../lambda/walk/assert-history.ts';
import { MemoryCheckpointStore } from '../../simulation/memory-checkpoint-store.ts';

const stored = (name: string): CheckpointRecord =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

const old = z.looseObject({
  gone: z.boolean(),
  failing: z.boolean(),
  stretches: z.array(z.looseObject({})),
});

describe('P14: a checkpoint of format 1', () => {
  test('an integration’s record loads, nothing of it is lost, and of what is new nothing is claimed', () => {
    const record = stored('format-1/integration.json');

    const state = readIntegrationState(record);

    expect(state).toMatchObject({
      integrationId: '5f1c2d3e-0000-4000-8000-00000000000a',
      condition: 'failing',
      checkedAt: Date.UTC(2026, 10, 24, 9, 16, 1, 500),
      history: { order: 'oldest_first', headAt: Date.UTC(2026, 10, 24, 9, 16), tail: 'c2tpcDoyMDA=' },
    });
    const { stretches, gone, failing, ...kept } = old.parse(record.data);
    expect([gone, failing]).toEqual([false, true]);
    const notYet = { last: null, current: null };
    expect(integrationData(state)).toEqual({
      ...kept,
      format: 2,
      stretches: stretches.map((stretch) => ({ ...stretch, deadEnd: false })),
      doubt: null,
      lost_gaps: 0,
      late_rows: 0,
      looks: { day: notYet, week: notYet, month: notYet, asked: notYet },
      rechecked_at: null,
      condition: 'failing',
      missing_since: null,
      named_in_reading: null,
    });
  });

  test.each([
    [true, true, 'gone'],
    [true, false, 'gone'],
    [false, true, 'failing'],
    [false, false, 'present'],
  ])('that is gone (%j) and failing (%j) is %s', (gone, failing, condition) => {
    const record = stored('format-1/integration.json');
    const data = { ...old.parse(record.data), gone, failing };
    expect(readIntegrationState({ ...record, data })).toMatchObject({ condition });
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

describe('P14: a checkpoint of format 2', () => {
  const record = stored('format-2/integration.json');

  test('an integration’s record loads, with its doubt, the looks that are under way, and what was lost and late', () => {
    expect(readIntegrationState(record)).toMatchObject({
      condition: 'failing',
      history: {
        doubt: { kind: 'cut_short', since: Date.UTC(2026, 10, 24, 8, 31, 0, 250) },
        lostGaps: 1,
        lateRows: 14,
        recheckedAt: Date.UTC(2026, 9, 28, 2, 46, 0, 750),
        stretches: [{ deadEnd: false }, { deadEnd: false }, { deadEnd: true }],
        looks: {
          day: { last: Date.UTC(2026, 10, 23, 10, 1), current: null },
          week: {
            current: {
              until: '2026-11-16T21:01:30',
              began: Date.UTC(2026, 10, 24, 3, 1, 30, 125),
              place: 'c2tpcDozMDA=',
            },
          },
          month: { last: null, current: { until: '0001-01-01T00:00:00', place: null } },
          asked: { last: null, current: { place: 'c2tpcDo1MA==' } },
        },
      },
    });
  });

  test('an integration’s record is written back as it was', () => {
    expect(integrationData(readIntegrationState(record))).toEqual(record.data);
  });

  test('a history that it holds is sound', () => {
    expect(() => assertHistory('a', readIntegrationState(record).history)).not.toThrow();
  });
});

test('P14: a record of a newer format is refused, and left as it is', () => {
  const { data, ...record } = stored('format-2/integration.json');
  const newer = { ...record, data: { ...z.looseObject({}).parse(data), format: 3 } };
  expect(() => readIntegrationState(newer)).toThrow(Damaged);
  expect(() => readIntegrationState(newer)).toThrow('format 3');
});
