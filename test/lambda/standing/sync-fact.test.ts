/** P18: what a line of the table `syncs` comes to. */
import { describe, expect, test } from 'vitest';
import { syncFactOf } from '../../../lambda/standing/sync-fact.ts';

/** @param counts as they stand in the line: JSON can hold more than a number of JavaScript. */
const line = (cells: Readonly<Record<string, string | null>> = {}, counts = ['40', '2']): string => {
  const others = {
    ...{ integration_id: 'a', sync_start_time: '2026-11-26 11:00:00.123' },
    ...{ sync_finish_time: '2026-11-26 11:01:00.000', last_timestamp_synced: '2026-11-26 10:50:00.000' },
    ...{ job_status: 'success', ...cells },
  };
  const [synced, failed] = counts;
  return JSON.stringify(others).replace('}', `,"rows_synced":${synced},"rows_failed_with_errors":${failed}}`);
};
const start = Date.UTC(2026, 10, 26, 11, 0, 0, 123);

test('a line is read with its times in milliseconds, and its counts', () => {
  expect(syncFactOf(line())).toEqual({
    start,
    finish: Date.UTC(2026, 10, 26, 11, 1),
    status: 'success',
    rowsSynced: 40n,
    rowsFailed: 2n,
    timestampSynced: Date.UTC(2026, 10, 26, 10, 50),
  });
});

test('what is null in it is not known', () => {
  const nothing = { sync_finish_time: null, last_timestamp_synced: null, job_status: null };
  expect(syncFactOf(line(nothing, ['null', 'null']))).toEqual({
    ...{ start, finish: null, status: null, rowsSynced: null, rowsFailed: null, timestampSynced: null },
  });
});

describe('a count past 2^53', () => {
  const past = '9007199254740993';

  test.each([
    [past, '2'],
    ['2', past],
    [past, 'null'],
    ['9223372036854775807', past],
  ])('is read to the last digit, and the other with it: %s and %s', (synced, failed) => {
    const { rowsSynced, rowsFailed } = syncFactOf(line({}, [synced, failed]));
    expect([String(rowsSynced), String(rowsFailed)]).toEqual([synced, failed]);
  });

  test('leaves the other cells as they are', () => {
    expect(syncFactOf(line({}, [past, '2']))).toMatchObject({ start, status: 'success' });
  });
});

test('of a status that is no word, as many characters are kept as a word may have', () => {
  expect(syncFactOf(line({ job_status: 'x'.repeat(1000) })).status).toBe('x'.repeat(100));
});

test('a line with a time that is none is refused', () => {
  for (const name of ['sync_start_time', 'sync_finish_time', 'last_timestamp_synced'])
    expect(() => syncFactOf(line({ [name]: 'yesterday' }))).toThrow('It is not a timestamp.');
});
