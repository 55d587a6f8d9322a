import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standingBody, standingLine, type WrittenStanding } from '../../../lambda/lake/standing.ts';
import { encodeLine } from '../../../lambda/schema/encode-line.ts';
import { columns } from '../../../lambda/schema/tables.ts';
import { readLine } from '../rows/serde.ts';

const at = (hour: number) => Date.UTC(2026, 4, 31, hour, 0, 0, 7);

const newOne: WrittenStanding = {
  integrationId: 'a',
  state: 'new',
  since: null,
  reason: 'It has never synced.',
  lastStart: null,
  lastFinish: null,
  lastStatus: null,
  lastRowsSynced: null,
  lastRowsFailed: null,
  lastSuccess: null,
  syncsWithoutSuccess: 0,
  failingSince: null,
  usualMinutes: null,
  expectedBy: null,
  dueSince: null,
  judgedBy: null,
  late: null,
  minutesLate: null,
  traps: [],
  newestTimestampSynced: null,
  detailsUntil: null,
  continues: null,
  incidents: [],
  asOf: null,
};

const lineOf = (changes: Partial<WrittenStanding> = {}) =>
  readLine('standing', encodeLine(columns.standing, standingLine({ ...newOne, ...changes })));

describe('P18: a line of standing', () => {
  test('of an integration that has never synced has nulls', () => {
    const { integration_id, state, reason, syncs_without_success, ...others } = lineOf();
    expect({ integration_id, state, reason, syncs_without_success }).toEqual({
      integration_id: 'a',
      state: 'new',
      reason: 'It has never synced.',
      syncs_without_success: 0,
    });
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
  });

  test('has times to the millisecond, exact counts, and names in an order of their own', () => {
    const line = {
      lastStart: at(5),
      lastRowsSynced: 2n ** 63n - 1n,
      usualMinutes: 15.25,
      late: false,
      minutesLate: 0,
      traps: ['watermark_stands', 'boundary_resync'],
      incidents: ['b', 'a'],
      asOf: at(6) + 0.75,
    } as const;
    expect(lineOf(line)).toMatchObject({
      last_start: '2026-05-31 05:00:00.007',
      usual_minutes: 15.25,
      late: false,
      minutes_late: 0,
      traps: 'boundary_resync,watermark_stands',
      incidents: 'a,b',
      as_of: '2026-05-31 06:00:00.007',
    });
    const text = encodeLine(columns.standing, standingLine({ ...newOne, ...line }));
    expect(text).toContain('"last_rows_synced":9223372036854775807,');
  });

  test('has every time of the years 1 to 9999, and none beyond them', () => {
    const sinceOf = (since: number) => lineOf({ since }).since;
    const [earliest, latest] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];
    expect([sinceOf(earliest), sinceOf(earliest - 1)]).toEqual(['0001-01-01 00:00:00.000', null]);
    expect([sinceOf(latest), sinceOf(latest + 1)]).toEqual(['9999-12-31 23:59:59.999', null]);
  });

  test('can be read whatever was reckoned: no cell that would fail a query', () => {
    const time = fc.oneof(
      fc.double(),
      fc.integer({ min: -1e14, max: 3e14 }),
      fc.constant(253_402_300_799_999.5),
    );
    const minutes = fc.double();
    fc.assert(
      fc.property(time, minutes, fc.string(), (ms, length, text) => {
        const line = lineOf({
          since: ms,
          expectedBy: ms,
          dueSince: ms,
          detailsUntil: ms,
          usualMinutes: length,
          minutesLate: length,
          reason: text.toWellFormed(),
        });
        expect(line.usual_minutes).toBe(Number.isFinite(length) ? JSON.parse(JSON.stringify(length)) : null);
      }),
      { numRuns: 1000 },
    );
  });
});

test('the object of a workspace is the same in whatever order its lines were found', async () => {
  const all = ['b', 'a', 'c'].map((integrationId) => ({ ...newOne, integrationId }));
  const body = await standingBody(all);
  expect(body.equals(await standingBody(all.toReversed()))).toBe(true);
  const lines = gunzipSync(body).toString().split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => readLine('standing', line).integration_id)).toEqual(['a', 'b', 'c']);
});
