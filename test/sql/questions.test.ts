/** Saved queries as a reader uses them: with a value of one's own, and while something is going on. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { openLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import { withViews } from '../../sql/views.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from './lake-of.ts';
import { change, coverage, integration, lakeOf, sync } from './lines.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, timeText } from './model/lake.ts';
import { withStanding } from './standings-of.ts';

const now = Date.UTC(2026, 5, 17, 12);

/** Of a lake that a run has just looked at. */
async function answer(name: string, lake: ModelLake, change = (sql: string) => sql) {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, withStanding(lake, now));
  const local = await openLake(directory);
  onTestFinished(() => local.close());
  const standing = at(duckdb, timeText(now) ?? '');
  const question = questions.find((each) => each.name === name) ?? expect.fail(`There is no ${name}.`);
  const { columns, rows } = await local.query(withViews(change(questionSql(question, standing)), standing));
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}

// At each day's sync a row more arrives, so that the median tells which days were compared.
const daily = Array.from({ length: 100 }, (_, index) =>
  sync({ start: now - hourMs - index * dayMs, synced: BigInt(100 - index) }),
);

test.each([
  ['long ago', '2026-05-01', [14, 45], [14, 59]],
  ['of which fewer than 14 days have passed', '2026-06-12', [14, 87], [6, 97]],
  ['that is today', '2026-06-17', [14, 92], [1, 100]],
] as const)(
  '“after the warehouse move” compares the 14 days before a day %s with up to 14 from it on',
  async (_, day, before, after) => {
    const rows = await answer('after the warehouse move', lakeOf({ syncs: daily }), (sql) => {
      const own = sql.replace(/'\d{4}-\d\d-\d\d' AS on_day/, `'${day}' AS on_day`);
      expect(own).not.toBe(sql);
      return own;
    });
    expect(
      rows.map(({ period, syncs, median_rows }) => [period, Number(syncs), Number(median_rows)]),
    ).toEqual([
      ['before', ...before],
      ['after', ...after],
    ]);
  },
);

const silentFor = (milliseconds: number) =>
  Array.from({ length: 100 }, (_, index) => sync({ start: now - milliseconds - index * 15 * minuteMs }));

test.each([
  ['three days', 3 * dayMs, 72],
  ['twenty, longer than the window', 20 * dayMs, 480],
  ['sixty', 60 * dayMs, 1440],
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

test.each([
  ['in the window, if it began before it', 20, 13, [{ still_going: false, hours: 168 }]],
  ['in the window, if it began months before it', 120, 13, [{ still_going: false, hours: 2568 }]],
  ['before the window not at all', 20, 15, []],
] as const)('“hours without a sync” tells of an outage that ended %s', async (_, from, to, rows) => {
  const since = Array.from({ length: to * 96 }, (_, index) =>
    sync({ start: now - to * dayMs + index * 15 * minuteMs }),
  );
  const lake = lakeOf({ syncs: [...silentFor(from * dayMs), ...since], integrations: [integration({})] });
  const answered = await answer('hours without a sync', lake);
  expect(answered).toMatchObject(rows);
  expect(answered).toHaveLength(rows.length);
});

test('“hours without a sync” counts up to when the exporter last looked, not up to now', async () => {
  const lake = lakeOf({
    syncs: silentFor(3 * dayMs),
    integrations: [integration({})],
    coverage: [coverage({ checkedAt: now - dayMs })],
  });
  const gap_to = timeText(now - dayMs)?.slice(0, 19);
  const [row, ...more] = await answer('hours without a sync', lake);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ still_going: true, hours: 48 });
  expect(String(row?.gap_to)).toContain(gap_to);
});

describe('“there by eight” of a nightly sync', () => {
  const midnight = now - 12 * hourMs;
  // At three, local time, on each of the nights that are as many days ago as said.
  const nights = (from: number, to: number, hour = 1) =>
    Array.from({ length: from - to + 1 }, (_, index) =>
      sync({ start: midnight - (from - index) * dayMs + hour * hourMs }),
    );
  const status = (daysAgo: number, hour: number, before: string, after: string) =>
    change({ seenAt: midnight - daysAgo * dayMs + hour * hourMs, before, after });
  const days = async (lake: ModelLake) => {
    const [row] = await answer('there by eight', lake);
    return ['in_time', 'too_late', 'without_data', 'at_rest'].map((name) => Number(row?.[`days_${name}`]));
  };

  it('counts the days on which none came', async () => {
    expect(await days(lakeOf({ syncs: [...nights(30, 11), ...nights(5, 1)] }))).toEqual([25, 0, 5, 0]);
  });

  it('does not count those on which it was paused before eight', async () => {
    const syncs = [...nights(30, 11), ...nights(4, 1)];
    // From the afternoon of the day of the last sync on; and again before the deadline of a day without one.
    const changes = [status(11, 14, 'active', 'paused'), status(6, 5, 'paused', 'active')];
    expect(await days(lakeOf({ syncs, changes }))).toEqual([24, 0, 1, 5]);
  });

  it('counts a day that was paused after eight, and none too late on which it was paused before', async () => {
    const syncs = [...nights(30, 4), ...nights(3, 3, 9), ...nights(1, 1)];
    const changes = [
      ...[status(3, 1, 'active', 'paused'), status(3, 8, 'paused', 'active')],
      ...[status(2, 7, 'active', 'paused'), status(2, 20, 'paused', 'active')],
    ];
    expect(await days(lakeOf({ syncs, changes }))).toEqual([28, 0, 1, 1]);
  });

  it('counts none since it is gone', async () => {
    const lake = lakeOf({ syncs: nights(30, 6), integrations: [integration({ listed: false })] });
    expect(await days(lake)).toEqual([25, 0, 0, 5]);
  });
});
