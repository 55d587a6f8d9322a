import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LocalLake, openLake } from '../../local/query/open-lake.ts';
import { duckdb } from '../../sql/dialect.ts';
import { views } from '../../sql/views.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { type Ask, compareQuestions, compareViews, rowsOf } from './compare-views.ts';
import { cases } from './edge-cases.ts';
import { generatedLake } from './generated-lake.ts';
import { writeLake } from './lake-of.ts';
import { lakeOf } from './lines.ts';
import { mergedLakes } from './merged-lakes.ts';
import type { ModelLake } from './model/lake.ts';

async function opened(lake: ModelLake): Promise<LocalLake> {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, lake);
  const local = await openLake(directory);
  onTestFinished(() => local.close());
  return local;
}

const asking =
  (local: LocalLake): Ask =>
  async (sql) => {
    const { columns, rows } = await local.query(sql);
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
  };

const duckTypes = { string: 'VARCHAR' } as Readonly<Record<string, string>>;

describe('the views on DuckDB', () => {
  it('have the columns and types that they state', async () => {
    const local = await opened(lakeOf({}));
    for (const { name, columns } of views) {
      const described = await local.query(`DESCRIBE ${name}`);
      expect(described.rows.map(([column, type]) => `${name}.${column} ${type}`)).toEqual(
        columns.map(
          (column) => `${name}.${column.name} ${duckTypes[column.type] ?? column.type.toUpperCase()}`,
        ),
      );
    }
  });

  it.each(cases)('answer as the model does, and a person: $name', async ({ lake, now, view, rows }) => {
    const ask = asking(await opened(lake));
    expect(await compareViews({ ask, dialect: duckdb, lake, now })).toEqual([]);
    expect(await rowsOf(ask, duckdb, view, now)).toMatchObject(rows);
  });

  it('answer the named queries as the model does, over all of these histories at once', async () => {
    const lake = mergedLakes(cases.map((one) => one.lake));
    const [now] = new Set(cases.map((one) => one.now));
    expect(now).toBeDefined();
    const ask = asking(await opened(lake));
    expect(await compareViews({ ask, dialect: duckdb, lake, now: now ?? 0 })).toEqual([]);
    expect(await compareQuestions({ ask, dialect: duckdb, lake, now: now ?? 0 })).toEqual([]);
  });

  const first = Number(process.env.SQL_SEED ?? 1);
  it.each(Array.from({ length: 12 }, (_, index) => first + index))(
    'answer as the model does for the generated history SQL_SEED=%i',
    async (seed) => {
      const now = Date.UTC(2026, 5, 17, 13, 47, 11, 123);
      const lake = generatedLake(seed, now);
      const ask = asking(await opened(lake));
      expect(await compareViews({ ask, dialect: duckdb, lake, now })).toEqual([]);
      expect(await compareQuestions({ ask, dialect: duckdb, lake, now })).toEqual([]);
    },
  );

  it('answer at the time at which they are asked', async () => {
    const lake = generatedLake(3, Date.now());
    expect(await compareViews({ ask: asking(await opened(lake)), dialect: duckdb, lake })).toEqual([]);
  });
});
