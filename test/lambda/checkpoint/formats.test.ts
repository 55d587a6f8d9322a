/** P14: what an older version has written loads for ever. A fixture here is never changed, only added. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { withDefaults } from '../../../lambda/checkpoint/defaults.ts';
import {
  type IntegrationState,
  integrationData,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { factsData } from '../../../lambda/checkpoint/standing-record.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { assertHistory } from '../../../lambda/walk/assert-history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';

const stored = (name: string): CheckpointRecord =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

const old = z.looseObject({
  gone: z.boolean(),
  failing: z.boolean(),
  stretches: z.array(z.looseObject({})),
  opens: z.array(z.object({ start: z.string(), place: z.string().nullable() })),
});

const notYet = { last: null, current: null };

/** What a record of format 4 says by leaving it out. It never changes: what is stored would say something else. */
const unsaid = {
  order: null,
  proved: false,
  stretches: [],
  empty: false,
  head_at: null,
  tail: null,
  scans: newScans(),
  opens: [],
  abandoned: {},
  given_up_to: null,
  doubt: null,
  lost_gaps: 0,
  late_rows: 0,
  looks: { day: notYet, week: notYet, month: notYet, asked: notYet },
  rechecked_at: null,
  condition: 'present',
  failure: null,
  checked_at: null,
  missing_since: null,
  named_in_reading: null,
  standing: {},
  gap_edge: null,
  finished: [],
  quarantine_empty_at: null,
};

/** All that the record of a state says, in format 4. */
const saidOf = (state: IntegrationState) =>
  withDefaults(z.looseObject({}).parse(integrationData(state)), unsaid);

/** Of how an integration stands the lake knows all, and an older record nothing: it is looked up there. */
const nothingOfStanding = {
  quarantine_empty_at: null,
  standing: factsData({ ...newStandingFacts(), stale: true }),
  gap_edge: null,
  finished: [],
};

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
    const { stretches, opens, gone, failing, sweep_place: _, ...kept } = old.parse(record.data);
    expect([gone, failing]).toEqual([false, true]);
    expect(saidOf(state)).toEqual({
      ...unsaid,
      ...kept,
      format: 4,
      stretches: stretches.map((stretch) => ({ ...stretch, deadEnd: false })),
      opens: opens.map(({ start, place }) => ({ place, asked: null, again: false, starts: [start] })),
      condition: 'failing',
      ...nothingOfStanding,
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
    if (lease) {
      expect(lease.facts).toMatchObject({ source: null, listReading: null });
      expect(lease.foundLakeAhead).toBe(true);
    }
    expect((await store.get('w', 'workspace'))?.version).toBe(lease ? 244 : 243);
  });
});

describe('P14: a checkpoint of format 2', () => {
  const record = stored('format-2/integration.json');
  const unordered = stored('format-2/integration-unordered.json');

  test('an integration’s record loads, with its doubt, the looks that are under way, and what was lost and late', () => {
    expect(readIntegrationState(record)).toMatchObject({
      condition: 'failing',
      missingSince: Date.UTC(2026, 10, 24, 8, 46, 0, 500),
      namedInReading: Date.UTC(2026, 10, 24, 8, 31, 0, 250),
      history: {
        givenUpTo: '2026-11-17T08:00:00.75',
        opens: [
          { start: '2026-11-24T09:15:00.183728', place: null, askedAt: Date.UTC(2026, 10, 24, 9, 16) },
          { start: '2026-11-23T09:15:00.5', place: 'c2tpcDoyMA==', askedAt: undefined, again: true },
          { start: '2026-11-22T07:00:00', place: 'c2tpcDoyMA==', askedAt: undefined, again: true },
        ],
        scans: newScans(),
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

  test('a list in no order goes on with the scan that is under way, and with what it is compared by', () => {
    const tally = { count: 14, newest: '2026-11-24T08:15:00.183728', oldest: '2025-11-01T12:00:00' };
    expect(readIntegrationState(unordered)).toMatchObject({
      condition: 'present',
      history: {
        order: 'unordered',
        scans: {
          current: {
            began: Date.UTC(2026, 10, 24, 9, 0, 0, 500),
            place: 'c2tpcDoxMA==',
            pages: 2,
            own: tally,
          },
          before: { began: Date.UTC(2026, 10, 23, 8, 0), pages: 2 },
          disagreed: 1,
          restingSince: Date.UTC(2026, 10, 23, 8, 0, 30),
          headAt: Date.UTC(2026, 10, 24, 9, 0, 0, 500),
        },
      },
    });
  });

  test('nothing of an integration’s record is lost, and of how it stands nothing is claimed', () => {
    for (const each of [record, unordered]) {
      expect(saidOf(readIntegrationState(each))).toEqual({
        ...z.looseObject({}).parse(each.data),
        format: 4,
        ...nothingOfStanding,
      });
    }
  });

  test('a history that it holds is sound', () => {
    for (const each of [record, unordered]) {
      expect(() => assertHistory('a', readIntegrationState(each).history)).not.toThrow();
    }
  });

  test('the workspace’s record loads, with its source and the place in the list', async () => {
    const store = new MemoryCheckpointStore();
    await store.put('w', stored('format-2/workspace.json'), undefined);

    const lease = await Lease.take(store, 'w', 'request-3:me', Date.UTC(2026, 10, 24, 9, 20));

    expect(lease?.foundLakeAhead).toBe(true);
    expect(lease?.facts).toMatchObject({
      source: { host: 'rest.fra-01.braze.eu', appGroupId: '5f1c2d3e-0000-4000-8000-0000000000ff' },
      listReading: { began: Date.UTC(2026, 10, 24, 8, 31, 0, 250), place: 'c2tpcDo1MA==' },
    });
  });
});

describe('P14: a checkpoint of format 3', () => {
  const failing = stored('format-3/integration.json');
  const steady = stored('format-3/integration-steady.json');

  test('an integration’s record loads, with the incident that is open and what is still to be told', () => {
    expect(readIntegrationState(failing)).toMatchObject({
      condition: 'present',
      gapEdge: null,
      finished: ['2026-05-30T11:00:00.000'],
      standing: {
        stale: false,
        refusedShare: 0.01,
        open: [{ kind: 'failed', trap: null, since: Date.UTC(2026, 4, 30, 9), told: true }],
        outbox: [
          { notice: { kind: 'failed', event: 'raised', since: Date.UTC(2026, 4, 30, 9) }, sinks: ['topic'] },
        ],
      },
    });
  });

  test('one that comes steadily loads, with its newest syncs, its habit, and what is older added up', () => {
    const { standing } = readIntegrationState(steady);
    expect(standing).toMatchObject({
      stale: false,
      open: [],
      outbox: [],
      habit: { day: '2026-05-30', usualMs: 3_600_000, isSteady: true },
      older: { lastSuccess: Date.UTC(2026, 4, 30, 5), streak: null },
    });
    expect(standing.recent.map(({ start }) => start)).toHaveLength(6);
    expect(standing.recent.at(-1)).toEqual({
      start: Date.UTC(2026, 4, 30, 11),
      finish: Date.UTC(2026, 4, 30, 11, 0, 42),
      status: 'success',
      rowsSynced: 1n,
      rowsFailed: null,
      timestampSynced: Date.UTC(2026, 4, 30, 10, 59),
    });
  });

  test('nothing of an integration’s record is lost, and its quarantine is not said to be empty', () => {
    for (const each of [failing, steady]) {
      const data = z.looseObject({}).parse(each.data);
      expect(saidOf(readIntegrationState(each))).toEqual({ ...data, format: 4, quarantine_empty_at: null });
    }
  });

  test('the workspace’s record loads: its records tell all that is in the lake, and nobody was held back', async () => {
    const store = new MemoryCheckpointStore();
    await store.put('w', stored('format-3/workspace.json'), undefined);
    const lease = await Lease.take(store, 'w', 'request-4:me', Date.UTC(2026, 4, 30, 12));
    expect(lease?.foundLakeAhead).toBe(false);
    expect(lease?.facts).toMatchObject({ source: { appGroupId: 'group' }, heldBack: new Map() });
  });

  test('a workspace’s record that says that the lake is ahead says it of all', async () => {
    const { data, ...record } = stored('format-3/workspace.json');
    const store = new MemoryCheckpointStore();
    const ahead = { ...z.looseObject({}).parse(data), lake_ahead: true };
    await store.put('w', { ...record, data: ahead }, undefined);
    const lease = await Lease.take(store, 'w', 'request-4:me', Date.UTC(2026, 4, 30, 12));
    expect(lease?.foundLakeAhead).toBe(true);
  });
});

describe('P14: a checkpoint of format 4', () => {
  const steady = stored('format-4/integration-steady.json');
  const doubted = stored('format-4/integration-doubted.json');

  test('an integration’s record loads: what it leaves out is as in one of which nothing is known yet', () => {
    expect(readIntegrationState(steady)).toEqual({
      ...readIntegrationState(stored('format-3/integration-steady.json')),
      quarantineEmptyAt: Date.UTC(2026, 4, 30, 11, 30),
    });
    expect(readIntegrationState(doubted)).toEqual(readIntegrationState(stored('format-2/integration.json')));
    const { item, version } = steady;
    const nothing = { format: 4, integration_id: 'new' };
    expect(readIntegrationState({ item, version, data: nothing })).toEqual(newIntegrationState('new'));
  });

  test('an integration’s record is written back as it was', () => {
    for (const each of [steady, doubted])
      expect(integrationData(readIntegrationState(each))).toEqual(each.data);
  });

  test('a record says nothing that it could leave out', () => {
    expect(saidOf(newIntegrationState('new'))).toEqual({ format: 4, integration_id: 'new', ...unsaid });
    expect(integrationData(newIntegrationState('new'))).toEqual({ format: 4, integration_id: 'new' });
  });

  test('a field that nobody knows is damage', () => {
    const data = { ...z.looseObject({}).parse(steady.data), stretch: [] };
    expect(() => readIntegrationState({ ...steady, data })).toThrow('"stretch"');
  });
});

describe('P14: a workspace’s record of format 4', () => {
  test('loads: who was held back, until when an overtaken run may write, and what is open and to be told', async () => {
    const record = stored('format-4/workspace.json');
    const store = new MemoryCheckpointStore();
    await store.put('w', record, undefined);
    const lease = await Lease.take(store, 'w', 'request-5:me', Date.UTC(2026, 10, 28, 12));
    expect(lease?.foundLakeAhead).toBe(false);
    expect(lease?.facts).toMatchObject({
      heldBack: new Map([['5f1c2d3e-0000-4000-8000-00000000000a', Date.UTC(2026, 10, 28, 9, 16, 1, 500)]]),
      overtakenUntil: Date.UTC(2026, 10, 28, 12, 7),
      deniedSince: Date.UTC(2026, 10, 28, 9, 46, 2, 250),
    });
    const incidents = [...(lease?.facts.incidents ?? [])];
    expect(incidents).toMatchObject([
      [null, { open: [{ kind: 'not_exported', told: true }], outbox: [{ sinks: ['topic'] }] }],
      ['5f1c2d3e-0000-4000-8000-00000000000a', { open: [{ told: false }], outbox: [] }],
    ]);
  });

  test('is written back as it was, but for the lease, and that the lake may be ahead meanwhile', async () => {
    const record = stored('format-4/workspace.json');
    const store = new MemoryCheckpointStore();
    await store.put('w', record, undefined);
    const lease = await Lease.take(store, 'w', 'request-5:me', Date.UTC(2026, 10, 28, 12));
    if (!lease) throw new Error('It is held.');
    await lease.giveBack(lease.earlier);
    const written = await store.get('w', 'workspace');
    expect(written?.data).toEqual({ ...z.looseObject({}).parse(record.data), lake_ahead: true });
  });
});

test('P14: a record of a newer format is refused, and left as it is', () => {
  const { data, ...record } = stored('format-4/integration-steady.json');
  const newer = { ...record, data: { ...z.looseObject({}).parse(data), format: 5 } };
  expect(() => readIntegrationState(newer)).toThrow(Damaged);
  expect(() => readIntegrationState(newer)).toThrow('format 5');
});
