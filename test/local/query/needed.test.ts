import { expect, test } from 'vitest';
import { everything, neededFor } from '../../../local/query/needed.ts';

const namesOf = (sql: string) => {
  const { tables, views } = neededFor(sql);
  return [...tables, ...views.map(({ name }) => name)];
};

test.each([
  ['FROM coverage', ['coverage']],
  ['SELECT * FROM "Freshness"', ['integrations', 'standing', 'freshness']],
  ['SELECT dt FROM daily_health', ['integrations', 'standing', 'days', 'daily_health']],
  [
    'select count(*) from incidents',
    [...['syncs', 'integrations', 'standing', 'changes'], ...['pauses', 'failed_syncs', 'incidents']],
  ],
  // A column that bears the name of a view.
  [
    'SELECT incidents FROM latest_syncs',
    [
      ...['syncs', 'integrations', 'standing', 'changes'],
      ...['latest_syncs', 'pauses', 'failed_syncs', 'incidents'],
    ],
  ],
  ['SELECT 1', []],
])('a question needs what it names, and what that reads: %s', (sql, names) => {
  expect(namesOf(sql)).toEqual(names);
});

test.each(['SHOW TABLES', "SELECT * FROM query_table('sy' || 'ncs')", 'SELECT * FROM duckdb_views()'])(
  'whoever asks for names gets all: %s',
  (sql) => {
    expect(neededFor(sql)).toBe(everything);
  },
);
