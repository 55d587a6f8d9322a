import { describe, expect, test } from 'vitest';
import { parseElements } from '../../../lambda/rows/json-source.ts';
import { isPlaced, partitionOf, readSyncRow, rereadSyncLine } from '../../../lambda/rows/sync-row.ts';
import { fields, now, placed, read, reasonOf } from './rows.ts';
import { readLine } from './serde.ts';

const startingAt = (start: unknown) => ({ ...fields, sync_start_time: start });
const ahead = (milliseconds: number) => new Date(now + milliseconds).toISOString();
const day = 24 * 60 * 60 * 1000;

describe('placing', () => {
  test.each([
    ['2022-01-01T00:00:00Z', '2022-01-01'],
    ['2022-01-01T01:00:00+01:00', '2022-01-01'],
    ['2021-12-31T23:00:00-01:00', '2022-01-01'],
    ['2026-05-31T23:59:59.9999999Z', '2026-05-31'],
    ['2026-06-01T00:30:00+01:00', '2026-05-31'],
    ['2026-05-31 10:00:00 UTC', '2026-05-31'],
    ['2026-05-31 23:59:59', '2026-05-31'],
    [ahead(day), '2026-06-02'],
  ])('puts %s into %s', (start, partition) => {
    expect(partitionOf(placed(startingAt(start)))).toBe(partition);
  });

  test.each([
    ['2021-12-31T23:59:59.9999999Z', 'sync_start_time is before 2022-01-01.'],
    ['2022-01-01T00:00:00+00:01', 'sync_start_time is before 2022-01-01.'],
    [ahead(day).replace('Z', '0001Z'), 'sync_start_time is more than a day ahead.'],
    [ahead(day + 1), 'sync_start_time is more than a day ahead.'],
    ['2026-05-31', 'sync_start_time is not an ISO 8601 time.'],
    ['2026-05-31 10:00:00 CET', 'sync_start_time is not an ISO 8601 time.'],
    ['', 'sync_start_time is not an ISO 8601 time.'],
    [1790000000, 'sync_start_time is not an ISO 8601 time.'],
    [{}, 'sync_start_time is not an ISO 8601 time.'],
    [null, 'sync_start_time is missing.'],
    [undefined, 'sync_start_time is missing.'],
  ])('P10: quarantines %s', (start, reason) => {
    expect(reasonOf(startingAt(start))).toBe(reason);
  });

  test.each(['null', '5', '"text"', 'true', '[]', '[{"sync_start_time":"2026-05-31T10:00:00Z"}]'])(
    'P10: quarantines %s, as received',
    (row) => {
      const reason = 'The row is not an object.';
      expect(read(` ${row} `)).toEqual({ integrationId: 'one', reason, raw: row });
    },
  );

  test('P10: quarantines a row that is nested deeper than 500 levels, as received', () => {
    const deep = (levels: number) =>
      `{"sync_start_time":"2026-05-31T10:00:00Z","a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    const [row] = parseElements(`{"results":[${deep(501)}]}`, 'results') ?? [];
    const result = row && readSyncRow('one', row, now);
    expect(result).toEqual({
      integrationId: 'one',
      reason: 'It is nested more than 500 levels deep.',
      raw: deep(501),
    });
    expect(rereadSyncLine(placed(deep(500)).line)).toEqual(placed(deep(500)));
  });

  test('P1: two starts that differ by a microsecond are two syncs, two spellings of one instant are one', () => {
    const start = (text: string) => placed(startingAt(text)).start;
    expect(start('2026-05-31T10:00:00.183728Z')).not.toBe(start('2026-05-31T10:00:00.183729Z'));
    expect(start('2026-05-31T10:00:00.500Z')).toBe(start('2026-05-31T12:00:00.500+02:00'));
  });
});

describe('P5: a row is final', () => {
  const isFinal = (status: unknown, finish: unknown) =>
    placed({ ...fields, job_status: status, sync_finish_time: finish }).final;
  const finish = fields.sync_finish_time;

  test.each(['success', 'partial', 'error', 'config_error', 'SUCCESS', 'Partial', 'Config_Error'])(
    'with status %s, with and without a finish',
    (status) => {
      expect([isFinal(status, finish), isFinal(status, null)]).toEqual([true, true]);
    },
  );

  test.each(['running', 'Running', 'Limit Exceeded', 'success ', '', null, undefined, 5, {}])(
    'with status %s, only with a finish',
    (status) => {
      expect([isFinal(status, finish), isFinal(status, null)]).toEqual([true, false]);
      expect([isFinal(status, undefined), isFinal(status, 'soon'), isFinal(status, 5)]).toEqual([
        false,
        false,
        false,
      ]);
    },
  );
});

describe('the line', () => {
  test('has every column, its status in lower case and the row as it was sent', () => {
    const row = { ...fields, job_status: 'Limit Exceeded', extra: [1] };
    expect(readLine('syncs', placed(row).line)).toEqual({
      integration_id: 'one',
      sync_start_time: '2026-05-31 10:00:00.183',
      sync_finish_time: '2026-05-31 10:05:00.000',
      last_timestamp_synced: '2026-05-31 09:59:59.000',
      job_status: 'limit exceeded',
      rows_synced: 12,
      rows_failed_with_errors: 0,
      problems: null,
      raw: JSON.stringify(row),
    });
  });

  test('names the fields that could not be typed in the order of the columns', () => {
    const row = `{"rows_failed_with_errors":1.5,"rows_synced":"x","job_status":1,"last_timestamp_synced":2,
      "sync_finish_time":{},"sync_start_time":"2026-05-31T10:00:00Z","unknown":[]}`;
    const problems = 'sync_finish_time,last_timestamp_synced,job_status,rows_synced,rows_failed_with_errors';
    const line = readLine('syncs', placed(row).line);
    expect(line).toMatchObject({ problems, raw: row, job_status: null, rows_synced: null });
    expect(line).toMatchObject({ sync_finish_time: null, last_timestamp_synced: null });
  });

  test('P10: a time without a zone is taken for UTC, and named', () => {
    const row = {
      ...fields,
      sync_start_time: '2026-05-31 10:00:00.183728',
      sync_finish_time: '2026-05-31 10:05:00 UTC',
      last_timestamp_synced: '2026-05-31T09:59:59',
    };
    expect(readLine('syncs', placed(row).line)).toMatchObject({
      sync_start_time: '2026-05-31 10:00:00.183',
      sync_finish_time: '2026-05-31 10:05:00.000',
      last_timestamp_synced: '2026-05-31 09:59:59.000',
      problems: 'sync_start_time,last_timestamp_synced',
    });
    expect(rereadSyncLine(placed(row).line)).toEqual(placed(row));
  });

  test('keeps all 64 bits of an integer', () => {
    const row = '{"sync_start_time":"2026-05-31T10:00:00Z","rows_synced":-9223372036854775808}';
    expect(placed(row).line).toContain('"rows_synced":-9223372036854775808,');
  });

  test('P11: is read again as what it was, also a start that lies ahead of the clock by now', () => {
    for (const start of [fields.sync_start_time, ahead(day), '2022-01-01T00:00:00.000000001Z']) {
      for (const job_status of ['running', 'success']) {
        const row = placed({ ...startingAt(start), job_status, sync_finish_time: null });
        expect(rereadSyncLine(row.line)).toEqual(row);
      }
    }
    expect(() => rereadSyncLine('{"integration_id":"one","raw":"5"}')).toThrow();
    expect(isPlaced(read('5'))).toBe(false);
  });
});
