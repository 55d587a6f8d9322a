import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../../local/query/open-lake.ts';
import { scratchFolder } from '../stores/scratch.ts';
import { day, put, sync } from './write-lake.ts';

async function lakeOf(rows: readonly (readonly [string, number | null])[]) {
  const directory = join(scratchFolder(), 'data');
  const lines = rows.map(([integration_id, rows_synced]) => sync({ integration_id, rows_synced }));
  put(directory, day('a', '2024-05-01'), ...lines);
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  return lake;
}

const unsorted = [
  ['b', 10],
  ['a', null],
  ['b', 9],
  ['a', 2],
] as const;

describe('an answer', () => {
  test.each([
    ['SELECT integration_id, rows_synced FROM syncs', ['a 2', 'a ', 'b 9', 'b 10']],
    ['SELECT rows_synced, integration_id FROM syncs;', ['2 a', '9 b', '10 b', ' a']],
    [
      'SELECT integration_id, rows_synced FROM syncs ORDER BY rows_synced DESC NULLS LAST',
      ['b 10', 'b 9', 'a 2', 'a '],
    ],
    ['FROM (VALUES (2, 1), (1, 2))', ['2 1', '1 2']],
  ])('of %s comes in an order that is the same every time', async (sql, expected) => {
    const { rows } = await (await lakeOf(unsorted)).query(sql);
    expect(rows.map((row) => row.map((cell) => cell ?? '').join(' '))).toEqual(expected);
  });

  test('with lists and structures in it has an order, too', async () => {
    const { rows } = await (await lakeOf(unsorted)).query(
      'SELECT [rows_synced, 1] AS l, {a: 1} AS s FROM syncs',
    );
    expect(rows).toHaveLength(4);
  });

  test('of DESCRIBE keeps the order of the columns', async () => {
    const { rows } = await (await lakeOf(unsorted)).query('DESCRIBE syncs');
    expect(rows.map(([name]) => name).slice(0, 3)).toEqual([
      'integration_id',
      'sync_start_time',
      'sync_finish_time',
    ]);
  });
});
