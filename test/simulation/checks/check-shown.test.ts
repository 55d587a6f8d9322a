/** A model that finds nothing proves nothing: each of its checks fails where it has to. */
import { describe, expect, test } from 'vitest';
import { MovingWorld } from '../world/moving-world.ts';
import { checkNobodyGone, checkSaid } from './check-lies.ts';
import { checkRecords } from './check-records.ts';
import { checkShown } from './check-shown.ts';
import type { Lake, LakeLine } from './read-lake.ts';
import { Shown } from './shown.ts';

const row = (minute: number, start = `2026-06-01T12:${minute}:00.000000Z`) => ({ sync_start_time: start });
const line = (minute: number): LakeLine => ({ integration_id: 'a', raw: JSON.stringify(row(minute)) });
const coverage = (more: object = {}): LakeLine => ({
  integration_id: 'a',
  complete_from: '2026-06-01 12:10:00.000',
  complete_to: '2026-06-01 12:30:00.000',
  row_order: 'newest_first',
  state: 'complete',
  failure: null,
  ...more,
});

function lakeOf(syncs: LakeLine[], covered = coverage()): Lake {
  const nothing = { integrations: [], standing: [], quarantine: [], sums: [], changes: [] };
  return { syncs, coverage: [covered], ...nothing, days: new Map() };
}

/** Shown: syncs at 10, 20 and 30 minutes past twelve. */
function shownTo(lake: Lake, disturbed = false): Shown {
  const shown = new Shown();
  shown.see('a', JSON.stringify({ results: [row(10), row(20), row(30)], message: 'success' }));
  shown.runEnded(lake, disturbed);
  return shown;
}

describe('what was shown', () => {
  const whole = [line(10), line(20), line(30)];
  const holed = [line(10), line(30)];

  test('and is claimed stands in the lake', () => {
    expect(checkShown(lakeOf(whole), shownTo(lakeOf(whole)), false)).toBe(2);
    expect(() => checkShown(lakeOf(holed), shownTo(lakeOf(holed)), false)).toThrow('shown and is missing');
  });

  test('counts only where the run could keep it', () => {
    expect(checkShown(lakeOf(holed), shownTo(lakeOf(holed), true), false)).toBe(0);
    const failed = lakeOf(holed, coverage({ failure: 'No answer.' }));
    expect(checkShown(failed, shownTo(failed), false)).toBe(0);
  });

  test('stands there once, and as it was shown', () => {
    expect(() => checkShown(lakeOf([...whole, line(20)]), shownTo(lakeOf(whole)), false)).toThrow('twice');
    const odd = { integration_id: 'a', raw: '{"sync_start_time":"2026-06-01T12:20:00Z"}' };
    expect(() => checkShown(lakeOf([odd]), shownTo(lakeOf([odd])), false)).toThrow('never shown');
  });

  test('in two spellings is one', () => {
    const lake = lakeOf([
      ...whole,
      { integration_id: 'a', raw: '{"sync_start_time":"2026-06-01T12:20:00.000Z"}' },
    ]);
    const shown = shownTo(lake);
    shown.see('a', JSON.stringify({ results: [row(0, '2026-06-01T12:20:00.000Z')] }));
    expect(() => checkShown(lake, shown, true)).toThrow('twice');
  });

  test('and is missing is said', () => {
    expect(() => checkSaid(lakeOf(holed), shownTo(lakeOf(holed)), false)).toThrow('nothing says so');
    const said = lakeOf(holed, coverage({ state: 'backfilling' }));
    expect(() => checkSaid(said, shownTo(said), false)).not.toThrow();
  });
});

describe('the checkpoint', () => {
  const records = (...stretches: object[]) => [
    { item: 'integration#a', version: 1, data: { integration_id: 'a', stretches } },
  ];
  const stretch = (oldest: number, newest: number, closed = false) => ({
    oldest: `2026-06-01T12:${oldest}:00`,
    newest: `2026-06-01T12:${newest}:00`,
    closed,
  });
  const lake = lakeOf([line(10), line(30)]);
  const parts = () => ({ lake, shown: shownTo(lake), spelled: false });

  test('holds stretches that are sorted and apart, the last one closed', () => {
    expect(() => checkRecords(records(stretch(40, 50), stretch(21, 30, true)), parts())).not.toThrow();
    expect(() => checkRecords(records(stretch(21, 30), stretch(40, 50)), parts())).toThrow('P3');
    expect(() => checkRecords(records(stretch(40, 50, true), stretch(21, 30)), parts())).toThrow('P3');
  });

  test('holds nothing to be whole that was shown and is missing', () => {
    expect(() => checkRecords(records(stretch(10, 30)), parts())).toThrow('shown and is missing');
  });
});

test('nobody is gone who is there, unless lists leave somebody out again and again', () => {
  const plan = {
    details: 0,
    stuckShare: 0,
    close: true,
    idle: 0,
    integrations: [{ rows: 1, cadenceMinutes: 5 }],
  };
  const world = new MovingWorld(plan, Date.UTC(2026, 5, 1));
  const lake = lakeOf([], coverage({ integration_id: 'integration-000', state: 'gone' }));
  const lie = { name: 'short list', after: 0 } as const;
  expect(() => checkNobodyGone(lake, world, [])).toThrow('not gone');
  expect(() => checkNobodyGone(lake, world, [{ ...lie, times: 1 }])).toThrow('not gone');
  expect(() => checkNobodyGone(lake, world, [{ ...lie, times: 2 }])).not.toThrow();
});
