import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type IntegrationState, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { coverageBody, coverageLine } from '../../../lambda/lake/coverage.ts';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { encodeLine } from '../../../lambda/schema/encode-line.ts';
import { columns } from '../../../lambda/schema/tables.ts';
import { type History, newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import { readLine } from '../rows/serde.ts';

const at = (hour: number) => Date.UTC(2026, 4, 31, hour, 0, 0, 7);

const stretch = (oldest: number, newest: number, closed = false): Stretch => ({
  newest: instantOf(at(newest)),
  oldest: instantOf(at(oldest)),
  place: null,
  closed,
  refused: false,
  deadEnd: false,
});

type Changes = Partial<Omit<IntegrationState, 'history'>> & { readonly history?: Partial<History> };

const stateOf = ({ history, ...changes }: Changes = {}): IntegrationState => ({
  ...newIntegrationState('a'),
  ...changes,
  history: { ...newHistory(), ...history },
});

const lineOf = (changes?: Changes) =>
  readLine('coverage', encodeLine(columns.coverage, coverageLine(stateOf(changes))));

const sync = {
  start: at(4),
  finish: at(5),
  status: 'success',
  rowsSynced: 1n,
  rowsFailed: 0n,
  timestampSynced: null,
};

const whole = {
  order: 'newest_first',
  proved: true,
  stretches: [stretch(1, 5, true)],
  headAt: at(6),
} as const;
const behind = { ...whole, proved: false, stretches: [stretch(4, 5), stretch(1, 2)] } as const;

describe('P15: a line of coverage', () => {
  test('of an integration that nobody has read claims nothing', () => {
    expect(lineOf()).toEqual({
      integration_id: 'a',
      complete_from: null,
      complete_to: null,
      gaps: 1,
      open_syncs: 0,
      abandoned_syncs: 0,
      row_order: 'unproved',
      state: 'backfilling',
      failure: null,
      checked_at: null,
      late_rows: 0,
      lost_gaps: 0,
      rechecked_at: null,
    });
  });

  test('of a whole history says from when to when', () => {
    expect(
      lineOf({ history: { ...whole, stretches: [stretch(1, 5, true)] }, checkedAt: at(7) }),
    ).toMatchObject({
      complete_from: '2026-05-31 01:00:00.007',
      complete_to: '2026-05-31 06:00:00.007',
      checked_at: '2026-05-31 07:00:00.007',
      gaps: 0,
      row_order: 'newest_first',
      state: 'complete',
    });
  });

  test('of one with gaps reaches down to the first of them', () => {
    expect(lineOf({ history: { ...behind, stretches: [...behind.stretches] } })).toMatchObject({
      complete_from: '2026-05-31 04:00:00.007',
      complete_to: '2026-05-31 06:00:00.007',
      gaps: 2,
      row_order: 'unproved',
      state: 'backfilling',
    });
  });

  test('of a list in no order whose passes no longer agree does not call it complete', () => {
    const scans = { ...newScans(), disagreed: 3, restingSince: at(6), headAt: at(9) };
    const history = {
      ...whole,
      order: 'unordered',
      proved: false,
      stretches: [stretch(1, 5, true)],
    } as const;
    expect(lineOf({ history: { ...history, stretches: [...history.stretches], scans } })).toMatchObject({
      complete_to: '2026-05-31 06:00:00.007',
      row_order: 'unordered',
      state: 'backfilling',
    });
  });

  test('of an empty history is whole up to the moment it was read', () => {
    expect(lineOf({ history: { empty: true, headAt: at(6) } })).toMatchObject({
      complete_from: null,
      complete_to: '2026-05-31 06:00:00.007',
      gaps: 0,
      row_order: 'newest_first',
      state: 'complete',
    });
  });

  test('of a head that was read without a stretch claims nothing', () => {
    expect(lineOf({ history: { headAt: at(6) } })).toMatchObject({
      complete_from: null,
      complete_to: null,
      gaps: 1,
    });
  });

  test.each([
    [{ order: null, proved: false, stretches: [stretch(4, 5)] }, 'unproved'],
    [{ order: 'newest_first', proved: false, stretches: [stretch(4, 5)] }, 'unproved'],
    [{ order: 'oldest_first', proved: false, stretches: [stretch(4, 5)] }, 'unproved'],
    [{ order: 'oldest_first', proved: true, stretches: [stretch(4, 5)] }, 'oldest_first'],
    [{ order: 'newest_first', proved: true, stretches: [stretch(4, 5)] }, 'newest_first'],
    [{ order: 'oldest_first', proved: false, stretches: [stretch(4, 5, true)] }, 'oldest_first'],
    [{ order: 'unordered', proved: false, stretches: [] }, 'unordered'],
    [{ order: null, proved: false, stretches: [stretch(4, 4, true)] }, 'newest_first'],
  ] as const)('P4: the order is told as far as it is proved: %j is %s', (history, expected) => {
    expect(lineOf({ history: { ...history, stretches: [...history.stretches] } }).row_order).toBe(expected);
  });

  test.each<[Changes, string]>([
    [{ condition: 'gone', failure: 'Why.' }, 'gone'],
    [{ condition: 'gone' }, 'gone'],
    [{ condition: 'failing', failure: 'Why.' }, 'failing'],
    [{}, 'complete'],
  ])('the state of %j is %s', (changes, state) => {
    const history = { ...whole, stretches: [...whole.stretches] };
    expect(lineOf({ ...changes, history })).toMatchObject({ state, failure: changes.failure ?? null });
  });

  test.each([
    [at(4), 0],
    [at(6), 0],
    [at(6) + 1, 1],
    [at(3) + 1, 0],
    [at(3), 1],
    [at(2), 1],
    [null, 1],
  ])(
    'P5: a sync is over where a newer one in the lake has started, also one that lies in no stretch: %j, %d open',
    (newest, open) => {
      const { standing } = newIntegrationState('a');
      const history = {
        ...whole,
        stretches: [stretch(1, 3, true)],
        opens: [{ start: instantOf(at(3)), place: null }],
      };
      const recent = newest === null ? [] : [{ ...sync, start: newest }];
      expect(lineOf({ history, standing: { ...standing, recent } }).open_syncs).toBe(open);
    },
  );

  test('P3: late rows and lost gaps are counted for ever, and it says when all was read again', () => {
    const history = { lateRows: 14, lostGaps: 2, recheckedAt: at(8) };
    expect(lineOf({ history })).toMatchObject({
      late_rows: 14,
      lost_gaps: 2,
      rechecked_at: '2026-05-31 08:00:00.007',
    });
  });

  test('P5: of open syncs only the newest is open, the others are over; those that were given up are counted', () => {
    const opens = [1, 2, 3].map((hour) => ({ start: instantOf(at(hour)), place: null }));
    const history = { opens, abandoned: { '2026-05-01': 2, '2026-05-02': 5 } };
    expect(lineOf({ history })).toMatchObject({ open_syncs: 1, abandoned_syncs: 7 });
  });
});

test('P11: the object has a line an integration, sorted, whatever the order in which they were met', async () => {
  const states = ['b', 'a', '😀', 'A'].map((integrationId) => stateOf({ integrationId }));
  const body = await coverageBody(states);
  const lines = gunzipSync(body).toString().split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => readLine('coverage', line).integration_id)).toEqual(['A', 'a', 'b', '😀']);
  expect(await coverageBody(states.toReversed())).toEqual(body);
});
