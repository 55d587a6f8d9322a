/** What the chart of the incidents shows, by its own filter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';

const chart = join(import.meta.dirname, '../../../docs/bi/superset/charts/incidents.yaml');

test('all that are open, however old they are, and those that are over of the last 45 days', async () => {
  const filter = /sqlExpression: (.*)/.exec(readFileSync(chart, 'utf8'))?.[1];
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(`
    SELECT name
    FROM (VALUES
      ('open for a year', true, CAST(CAST(current_date - INTERVAL '365' DAY AS date) AS varchar)),
      ('over for long', false, CAST(CAST(current_date - INTERVAL '365' DAY AS date) AS varchar)),
      ('over', false, CAST(current_date AS varchar))
    ) AS incidents (name, still_open, dt)
    WHERE ${filter}
    ORDER BY name`);
  expect(reader.getRows().flat()).toEqual(['open for a year', 'over']);
  connection.closeSync();
});
