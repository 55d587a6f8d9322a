/** How many days are called, of a fleet in which it is known on which something was wrong. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { withViews } from '../../sql/views.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from './lake-of.ts';
import { type Injected, volumeFleet } from './volume-fleet.ts';

const now = Date.UTC(2026, 5, 17, 12);

const seed = Number(process.env.SQL_SEED ?? 1);

test(`in a fleet of 40, troubles of a day are called, and hardly anything else, SQL_SEED=${seed}`, async () => {
  const { lake, injected } = volumeFleet(seed, now, 8);
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, lake);
  const local = await openLake(directory);
  onTestFinished(() => local.close());
  const sql = 'SELECT integration_id, dt, kind FROM volume_anomalies';
  const { rows } = await local.query(withViews(sql, at(duckdb, '2026-06-17 12:00:00.000')));
  const called = new Map(rows.map(([id, dt, kind]) => [`${id} ${dt}`, String(kind)]));
  const isTrue = new Set(injected.map(({ id, dt }) => `${id} ${dt}`));
  const kindsOf = (trouble: Injected['trouble']) =>
    injected.filter((each) => each.trouble === trouble).map(({ id, dt }) => called.get(`${id} ${dt}`));

  expect(kindsOf('no rows').filter((kind) => kind !== 'no rows')).toEqual([]);
  expect(kindsOf('no sync').filter((kind) => kind !== 'no sync')).toEqual([]);
  expect(kindsOf('failed').filter((kind) => kind !== 'failed')).toEqual([]);
  expect(kindsOf('few rows').filter((kind) => kind === 'too few rows').length).toBeGreaterThanOrEqual(6);
  expect(kindsOf('many rows').filter((kind) => kind === 'too many rows').length).toBeGreaterThanOrEqual(5);
  // In 90 days, of 40 integrations: less than one a week.
  const wrong = [...called].filter(([day]) => !isTrue.has(day));
  expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(12);
});
