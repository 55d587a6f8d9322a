import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { rowsOf, scenarios } from './scenarios.ts';
import { withTables } from './table.ts';
import { hour, PeersWorld } from './world.ts';

const begin = Date.UTC(2026, 5, 1);
const world = new PeersWorld({ integrations: 2, rows: 3, cadence: hour, begin, late: [hour] });
const truth = world.truth(begin);
const [first, second, ...others] = truth;
const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

test('the workspace has the syncs before the first export, and later those of two days', () => {
  expect(truth).toHaveLength(6);
  expect(truth.filter(({ job_status }) => job_status === 'running')).toHaveLength(1);
  expect(world.truth(begin + 48 * hour)).toHaveLength(6 + 2 * 48);
});

test('what is there once and as it is now is neither lost, doubled nor stale', () => {
  expect(compare(truth, truth)).toEqual({ lost: 0, doubled: 0, stale: 0 });
});

test('a row that is not there is lost, and one that is there twice is doubled', () => {
  if (!first || !second) throw new Error('There are no rows.');
  expect(compare([second, second, ...others], truth)).toEqual({ lost: 1, doubled: 1, stale: 0 });
});

test('a row as it was before it ended is stale', () => {
  const later = world.truth(begin + hour).slice(0, 3);
  expect(compare(truth.slice(0, 3), later)).toEqual({ lost: 0, doubled: 0, stale: 1 });
});

test('how a database spells a time or a number makes no difference', () => {
  const spelled = truth.map((row) => ({
    ...row,
    sync_start_time: row.sync_start_time.replace('T', ' ').replace('Z', '+00'),
    rows_synced: (row.rows_synced === null ? null : String(row.rows_synced)) as number | null,
  }));
  expect(compare(spelled, truth)).toEqual({ lost: 0, doubled: 0, stale: 0 });
});

test.each(['dlt_export.py', 'airbyte.yaml', 'singer_tap.py'])('%s names the pages that advise it', (file) => {
  expect(read(file).match(/https:\/\/\S+/g)?.length).toBeGreaterThan(2);
});

test('the tables of the README have a row for each thing that is done, and a column for each version', () => {
  const readme = read('../../README.md');
  const [, tables = ''] = /<!-- begin peers -->(.+)<!-- end peers -->/s.exec(readme) ?? [];
  for (const row of rowsOf(scenarios)) expect(tables).toContain(`| ${row} | `);
  for (const [file, name] of [
    ['dlt', 'dlt'],
    ['airbyte', 'airbyte-cdk'],
    ['singer', 'singer-sdk'],
  ]) {
    const pins = read(`../../local/aws/${file}-requirements.txt`);
    expect(tables).toContain(` ${new RegExp(`^${name}==(.+)$`, 'm').exec(pins)?.[1]} |`);
  }
  expect(withTables(readme, tables.trim())).toBe(readme);
});
