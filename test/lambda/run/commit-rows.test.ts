/** What becomes of the rows of a commit: in their day and its month, in quarantine, and in what is kept of them. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { maxQuarantine } from '../../../lambda/lake/quarantine.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { WriteBuffer } from '../../../lambda/run/write-buffer.ts';
import { quarantineKey } from '../../../lambda/schema/keys.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { placed } from '../rows/rows.ts';
import { bufferOf, Desk, june, today } from './commit-desk.ts';
import { ago, historyOf, readHead, runOf, stretch } from './integrations.ts';

const quarantine = quarantineKey('w', 'a');

/** A sync of two hours ago that ended so many minutes later. */
const endedAfter = (minutes: number) =>
  placed(
    {
      job_status: 'success',
      sync_start_time: `${ago(2)}Z`,
      sync_finish_time: `${ago(2 - minutes / 60)}Z`,
    },
    'a',
  );

const rawOf = ({ line }: SyncRow): string => JSON.parse(line).raw;

function bufferWith(row: SyncRow): WriteBuffer {
  const buffer = new WriteBuffer();
  buffer.add([{ row, isExpected: false }]);
  return buffer;
}

function quarantining(...raws: readonly string[]): WriteBuffer {
  const buffer = new WriteBuffer();
  for (const raw of raws) buffer.quarantine({ integrationId: 'a', reason: 'Odd.', raw });
  return buffer;
}

const lost = async () => {
  throw new LostRace('The lease');
};

describe('in a day', () => {
  test('one sync that stands there twice, as an earlier version has left it, is told with both of its starts', async () => {
    const desk = new Desk();
    const starts = [ago(2), `${ago(2)}.25`];
    const lines = starts.map((start) => placed({ job_status: 'success', sync_start_time: `${start}Z` }, 'a'));
    await desk.objects.put(today, gzipSync(lines.map(({ line }) => `${line}\n`).join('')), undefined);
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'));
    expect(desk.events).toEqual([{ kind: 'pair', integrationId: 'a', starts }]);
  });

  test('P10: a row that can not stand beside what does is quarantined, and no other', async () => {
    const desk = new Desk();
    await desk.commit(bufferWith(endedAfter(5)), runOf('a'));
    await desk.commit(bufferWith(endedAfter(3)), runOf('a', historyOf([]), 1));
    expect(await desk.linesOf(today)).toEqual([endedAfter(5).line]);
    expect(desk.fieldsIn(quarantine).map(({ raw }) => raw)).toEqual([rawOf(endedAfter(3))]);
    expect(desk.receipt.rows).toEqual({ new: 1, updated: 0, unchanged: 0, quarantined: 1 });
  });

  test('P10: a row that stands there now leaves the quarantine', async () => {
    const desk = new Desk();
    await desk.commit(quarantining(rawOf(endedAfter(5)), '5'), runOf('a'));
    await desk.commit(bufferWith(endedAfter(5)), runOf('a', historyOf([]), 1));
    expect(desk.fieldsIn(quarantine).map(({ raw }) => raw)).toEqual(['5']);
  });

  test('P18: one that has changed puts off what was usual up to then, though its record knew of it', async () => {
    const desk = new Desk();
    const yesterday = { id: 'a', hours: 14 };
    await desk.commit(bufferOf({ ...yesterday, status: 'running' }), runOf('a'));
    const history = historyOf([stretch(1, 20)]);
    const standing = { ...newStandingFacts(), habit: habitOf('2026-06-01', []) };
    const integration = new IntegrationRun({ ...newIntegrationState('a'), history, standing }, 1);
    await desk.commit(bufferOf({ ...yesterday, status: 'running' }), integration);
    expect(integration.state.standing.habit).not.toBeNull();
    await desk.commit(bufferOf(yesterday), integration);
    expect(integration.state.standing.habit).toBeNull();
  });

  test('P20: where a day was lost with its object, its month forgets whoever stood in it', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'a', hours: 1 }, { id: 'b', hours: 1 }), runOf('a'), runOf('b'));
    desk.objects.lose(today);
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a', historyOf([]), 1));
    expect(desk.fieldsIn(june).map(({ integration_id }) => integration_id)).toEqual(['a']);
  });

  test('P20: where a day is written on, its month keeps whoever stands in it', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'b', hours: 1 }), runOf('b'));
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'));
    expect(desk.fieldsIn(june).map(({ integration_id }) => integration_id)).toEqual(['a', 'b']);
  });
});

describe('P3: rows that the lake should have had', () => {
  test('are followed by nothing but what lies below their page, where another row of their day was there', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('b'));
    const integration = runOf('a', historyOf([stretch(1, 90, { closed: true })]));
    const buffer = new WriteBuffer();
    buffer.add(readHead(integration, [1, 2]));
    await desk.commit(buffer, integration);
    const { stretches = [] } = (await desk.kept('a')) ?? {};
    expect(stretches.map(({ newest, oldest }) => [newest, oldest])).toEqual([
      [ago(1), ago(2)],
      ['2026-06-01T09:59:59.999', ago(90)],
    ]);
  });

  test('are told in the order of the integrations, where they are of one day', async () => {
    const desk = new Desk();
    const ids = ['a', 'b', 'c'];
    const rows = ids.map((id) => ({ id, hours: 2, isExpected: true }));
    const whole = () => historyOf([stretch(1, 9, { closed: true })]);
    await desk.commit(bufferOf(...rows), ...ids.map((id) => runOf(id, whole())));
    expect(desk.events).toEqual(ids.map((integrationId) => ({ kind: 'late', integrationId, rows: 1 })));
  });
});

describe('in quarantine', () => {
  test('P10: what there is no room for is told, and not counted as known', async () => {
    const desk = new Desk();
    const faults = await desk.commit(quarantining('5', 'x'.repeat(maxQuarantine.characters)), runOf('a'));
    expect(faults).toEqual([expect.stringContaining(`${quarantine} is full`)]);
    expect(desk.fieldsIn(quarantine)).toHaveLength(1);
    expect(desk.receipt.rows).toMatchObject({ quarantined: 1, unchanged: 0 });
  });

  test('P10: where there is room for all, nothing is said of it', async () => {
    expect(await new Desk().commit(quarantining('5'), runOf('a'))).toEqual([]);
  });
});

describe('the lease', () => {
  test('P11: is not looked at for a day or a quarantine that is not written', async () => {
    const desk = new Desk();
    const both = () => {
      const buffer = bufferOf({ id: 'a', hours: 1 });
      buffer.quarantine({ integrationId: 'a', reason: 'Odd.', raw: '5' });
      return buffer;
    };
    const integration = runOf('a');
    await desk.commit(both(), integration);
    desk.keepLease = lost;
    expect(await desk.commit(both(), integration)).toEqual([]);
    expect(desk.receipt.rows).toEqual({ new: 1, updated: 0, unchanged: 2, quarantined: 1 });
  });

  test('P2: shows that the store is alive: each record that it refuses is that record’s affair', async () => {
    const desk = new Desk();
    desk.checkpoints.put = async () => {
      throw new StoreFailure('No room.');
    };
    const all = Array.from({ length: 9 }, (_, index) => runOf(`${index}`));
    expect(await desk.commit(new WriteBuffer(), ...all)).toEqual(all.map(() => 'No room.'));
    expect(all.every(({ isHeldBack }) => isHeldBack)).toBe(true);
  });
});
