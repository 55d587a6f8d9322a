/** Saved queries as a reader uses them: with a value of one's own, and while something is going on. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import { withViews } from '../../sql/views.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from './lake-of.ts';
import { coverage, integration, lakeOf, sync } from './lines.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, timeText } from './model/lake.ts';

const now = Date.UTC(2026, 5, 17, 12);

async function answer(name: string, lake: ModelLake, change = (sql: string) => sql) {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, lake);
  const local = await openLake(directory);
  onTestFinished(() => local.close());
  const standing = at(duckdb, timeText(now) ?? '');
  const question = questions.find((each) => each.name === name) ?? expect.fail(`There is no ${name}.`);
  const { columns, rows } = await local.query(withViews(change(questionSql(question, standing)), standing));
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}

test('“after the warehouse move” compares the 14 days before a day of one’s own with the 14 from it on', async () => {
  const syncs = Array.from({ length: 100 }, (_, index) => sync({ start: now - hourMs - index * dayMs }));
  const rows = await answer('after the warehouse move', lakeOf({ syncs }), (sql) =>
    sql.replace(/SELECT strftime\(.*\) AS on_day/, "SELECT '2026-05-01' AS on_day"),
  );
  expect(rows).toMatchObject([
    { period: 'before', syncs: 14n },
    { period: 'after', syncs: 14n },
  ]);
});

const silentFor = (milliseconds: number) =>
  Array.from({ length: 100 }, (_, index) => sync({ start: now - milliseconds - index * 15 * minuteMs }));

test.each([
  ['three days', 3 * dayMs, 72],
  ['twenty, longer than the window', 20 * dayMs, 480],
])('“hours without a sync” tells of the outage that is going on, for %s', async (_, silence, hours) => {
  const lake = lakeOf({
    syncs: silentFor(silence),
    integrations: [integration({})],
    coverage: [coverage({ checkedAt: now })],
  });
  expect(await answer('hours without a sync', lake)).toMatchObject([{ still_going: true, hours }]);
});

test.each([{ status: 'Paused' }, { listed: false }])(
  '“hours without a sync” expects nothing of an integration that is %j',
  async (fields) => {
    const lake = lakeOf({ syncs: silentFor(3 * dayMs), integrations: [integration(fields)] });
    expect(await answer('hours without a sync', lake)).toEqual([]);
  },
);
