import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LocalLake, openLake } from '../../local/query/open-lake.ts';
import { duckdb } from '../../sql/dialect.ts';
import { views } from '../../sql/views.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { type Ask, compareQuestions, compareViews, rowsOf } from './compare-views.ts';
import { cases, type EdgeCase } from './edge-cases.ts';
import { generatedLake } from './generated-lake.ts';
import { writeLake } from './lake-of.ts';
import { lakesApart, rowsOfLake } from './lakes-apart.ts';
import { lakeOf } from './lines.ts';
import { mergedLakes } from './merged-lakes.ts';
import type { ModelLake } from './model/lake.ts';

function openedIn(directory: string, lake: ModelLake): Promise<LocalLake> {
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, lake);
  return openLake(directory);
}

async function opened(lake: ModelLake): Promise<LocalLake> {
  const local = await openedIn(scratchFolder(), lake);
  onTestFinished(() => local.close());
  return local;
}

const asking =
  (local: LocalLake): Ask =>
  async (sql) => {
    const { columns, rows } = await local.query(sql);
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
  };

const isEmpty = ({ lake }: EdgeCase): boolean =>
  Object.values(lake).every((lines: readonly unknown[]) => lines.length === 0);

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

  it('answer nothing for a lake without a line', async () => {
    const ask = asking(await opened(lakeOf({})));
    for (const { lake, now, view, rows } of cases.filter(isEmpty)) {
      expect(await compareViews({ ask, dialect: duckdb, lake, now })).toEqual([]);
      expect(await rowsOf(ask, duckdb, view, now)).toEqual(rows);
    }
  });

  describe('for small histories, each in workspaces of its own', () => {
    const filled = cases.filter((one) => !isEmpty(one));
    const lake = lakesApart(new Map(filled.map((one, index) => [`${index}`, one.lake])));
    const [now = 0, ...others] = new Set(filled.map((one) => one.now));
    const directory = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
    let local: LocalLake;
    beforeAll(async () => {
      expect(others).toEqual([]);
      local = await openedIn(directory, lake);
    });
    afterAll(() => {
      local.close();
      rmSync(directory, { recursive: true });
    });

    it('answer as the model does', async () => {
      expect(await compareViews({ ask: asking(local), dialect: duckdb, lake, now })).toEqual([]);
    });

    const answers = new Map<string, ReturnType<typeof rowsOf>>();
    it.each(filled.map((one, index) => ({ ...one, index })))(
      'answer as a person does: $name',
      async ({ index, view, rows }) => {
        const answer = answers.get(view) ?? rowsOf(asking(local), duckdb, view, now);
        answers.set(view, answer);
        expect(rowsOfLake(`${index}`, await answer)).toMatchObject(rows);
      },
    );
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
  const together = 3;
  it.each(Array.from({ length: 4 }, (_, index) => first + index * together))(
    `answer as the model does for ${together} generated histories, from SQL_SEED=%i on`,
    async (from) => {
      const now = Date.UTC(2026, 5, 17, 13, 47, 11, 123);
      const seeds = Array.from({ length: together }, (_, index) => from + index);
      const lake = lakesApart(new Map(seeds.map((seed) => [`${seed}`, generatedLake(seed, now)])));
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
