/** The dashboard of docs/bi/superset, imported by Superset and drawn by a real browser. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { s3At } from '../../../local/aws/places.ts';
import { type Superset, startSuperset } from '../../../local/aws/superset.ts';
import { query } from '../../../local/aws/trino-query.ts';
import { putLake } from '../../athena/lake-in-bucket.ts';
import { project } from '../../lib/synthesize.ts';
import { startChromium } from '../../report/start-chromium.ts';
import { dayMs, dtOf } from '../../sql/model/lake.ts';
import { modelAnswers } from '../../sql/model.ts';
import { knownLake, names } from './known-lake.ts';
import { chartOf, type OpenedDashboard, openDashboard, type Row } from './opened-dashboard.ts';

const { awsEndpoint, trinoEndpoint, database, bucket, directory } = inject('athena');
const now = Date.now();
const lake = knownLake(now);
const answersOf = (view: string) => modelAnswers[view]?.(lake, now) ?? [];

let superset: Superset;
let browser: Browser;
let dashboard: OpenedDashboard;
const titles = [
  'Is anything late?',
  'Syncs by day and outcome',
  'Rows synced by integration',
  'Incidents of the last 45 days',
  'May these charts be trusted?',
];

beforeAll(async () => {
  await putLake(s3At(awsEndpoint), bucket, lake);
  browser = await startChromium();
  superset = await startSuperset({
    stateDirectory: join(directory, 'superset'),
    dashboard: join(project, 'docs/bi/superset'),
    database: `${trinoEndpoint.replace('http:', 'trino:').replace('//', '//local@')}/awsdatacatalog/${database}`,
    say: console.error,
  });
  dashboard = await openDashboard(browser, superset, 'braze-syncs', titles.length);
});

afterAll(async () => {
  await browser?.close();
  await superset?.stop();
});

test('the page has no fault, and asks nobody else', () => {
  expect(dashboard.complaints).toEqual([]);
});

test.each(titles)('“%s” is drawn, with data and without an error', async (title) => {
  const chart = chartOf(dashboard.page, title);
  expect(await chart.locator('table tbody tr, canvas').count()).toBeGreaterThan(0);
  expect(await chart.innerText()).not.toMatch(/\berror:|unexpected error|no results|no data|see more/i);
  const { status, error, rows } = await dashboard.answerTo(title);
  expect({ status, error }).toEqual({ status: 200, error: null });
  expect(rows.length).toBeGreaterThan(0);
});

describe('the figures are those of the model:', () => {
  const since = (days: number) => dtOf(now - days * dayMs);
  const lastDays = answersOf('daily_health').filter(({ dt }) => String(dt) >= since(30));

  test.each([
    ['Is anything late?', 'freshness', ['integration_name', 'late', 'minutes_late']],
    [
      'Incidents of the last 45 days',
      'incidents',
      ['integration_name', 'still_open', 'syncs', 'statuses', 'rows_failed', 'minutes_without_data'],
    ],
    ['May these charts be trusted?', 'completeness', ['integration_name', 'verdict']],
  ])('%s', async (title, view, columns) => {
    expect(cellsOf((await dashboard.answerTo(title)).rows, columns)).toEqual(
      cellsOf(answersOf(view), columns),
    );
  });

  test('syncs by day and outcome', async () => {
    const outcomes = ['success', 'partial', 'error', 'config_error', 'other_failures', 'abandoned', 'open'];
    const expected = [...Map.groupBy(lastDays, ({ dt }) => dt)].map(([dt, rows]) => [
      dt,
      ...outcomes.map((outcome) => rows.reduce((sum, row) => sum + Number(row[outcome]), 0)),
    ]);
    const { rows } = await dashboard.answerTo('Syncs by day and outcome');
    expect(
      rows.map((row) => [dtOf(Number(row.day)), ...outcomes.map((outcome) => row[`sum_${outcome}`])]),
    ).toEqual(expected.sort());
  });

  test('rows synced by day and integration', async () => {
    const { rows } = await dashboard.answerTo('Rows synced by integration');
    const drawn = rows.flatMap(({ day, ...counts }) =>
      Object.entries(counts).flatMap(([name, count]) =>
        count === null ? [] : [[dtOf(Number(day)), name, count].join(' ')],
      ),
    );
    expect(drawn.sort()).toEqual(
      lastDays
        .filter(({ rows_synced }) => rows_synced !== null)
        .map(({ dt, workspace, integration_name, integration_id, rows_synced }) =>
          // As Superset joins what a line is grouped by.
          [dt, `${workspace}, ${integration_name}, ${integration_id}`, rows_synced].join(' '),
        )
        .sort(),
    );
  });
});

test('a name with markup in it is shown as text', async () => {
  const table = chartOf(dashboard.page, 'Is anything late?');
  expect(await table.innerText()).toContain(names.catalog);
  expect(await table.locator('td b').count()).toBe(0);
});

test('the filter of the charts reaches the partitions: fewer bytes are read than without it', async () => {
  const bytesOf = async (where: string) => {
    const sql = `SELECT sum(syncs) FROM daily_health ${where}`;
    return (await query(trinoEndpoint, sql, { schema: database })).statistics.physicalInputBytes;
  };
  const chart = await readFile(join(project, 'docs/bi/superset/charts/outcomes.yaml'), 'utf8');
  const filter = /sqlExpression: (.*)/.exec(chart)?.[1];
  const [filtered, all] = [await bytesOf(`WHERE ${filter?.replaceAll('30', '2')}`), await bytesOf('')];
  expect(filtered).toBeGreaterThan(0);
  // A month of days is an object.
  expect(filtered).toBeLessThan(all);
});

const cellsOf = (rows: readonly Row[], columns: readonly string[]): string[] =>
  rows
    .map((row) =>
      JSON.stringify(columns.map((name) => (typeof row[name] === 'bigint' ? Number(row[name]) : row[name]))),
    )
    .sort();
