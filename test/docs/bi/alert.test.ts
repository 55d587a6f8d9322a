/** Whom the alert of docs/bi.md tells of, and that it goes on to speak where the exporter has stopped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../../local/query/open-lake.ts';
import { project } from '../../lib/synthesize.ts';
import { scratchFolder } from '../../local/stores/scratch.ts';
import { writeLake } from '../../sql/lake-of.ts';
import { integration, lakeOf, standing } from '../../sql/lines.ts';
import { dayMs, minuteMs, type Standing } from '../../sql/model/lake.ts';

const alert = readFileSync(join(project, 'docs/bi/alert.sql'), 'utf8');
const now = Date.now();

async function toldOf(
  lines: readonly (Partial<Standing> & { id: string })[],
  listed?: boolean,
): Promise<unknown[]> {
  const directory = scratchFolder();
  writeLake(
    directory,
    lakeOf({
      standing: lines.map((line) => standing(line)),
      integrations: listed === undefined ? [] : lines.map(({ id }) => integration({ id, listed })),
    }),
  );
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  const { columns, rows } = await lake.query(alert);
  const id = columns.findIndex(({ name }) => name === 'integration_id');
  return rows.map((row) => row[id]).sort();
}

const fresh = { late: false, minutesLate: 0, asOf: now - 20 * minuteMs };

test('the alert tells of what is late, and of nothing where all is well', async () => {
  const late = { late: true, minutesLate: 5, asOf: now - 20 * minuteMs };
  expect(
    await toldOf(
      [
        { id: 'well', ...fresh },
        { id: 'late', ...late },
      ],
      true,
    ),
  ).toEqual(['late']);
  expect(await toldOf([{ id: 'resting', ...fresh, late: null, minutesLate: null }], true)).toEqual([]);
});

test('the alert tells of all at which nobody has looked, when late alone has become empty', async () => {
  const old = { ...fresh, asOf: now - 5 * dayMs };
  expect(
    await toldOf(
      [
        { id: 'one', ...old },
        { id: 'two', ...old, late: null },
      ],
      true,
    ),
  ).toEqual(['one', 'two']);
  // The list was never asked where only some were exported.
  expect(await toldOf([{ id: 'one', ...old }])).toEqual(['one']);
});

test('the alert tells of none that is gone', async () => {
  expect(await toldOf([{ id: 'one', ...fresh, asOf: now - 5 * dayMs }], false)).toEqual([]);
});
