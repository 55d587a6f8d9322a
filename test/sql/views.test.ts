import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columns, partitionColumns, type TableName } from '../../lambda/schema/tables.ts';
import { at, duckdb, trino } from '../../sql/dialect.ts';
import { prestoView } from '../../sql/presto-view.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import type { View } from '../../sql/view.ts';
import { viewSql, views, withViews } from '../../sql/views.ts';

const tables = Object.keys(columns) as TableName[];

/** What a query reads, its own CTEs apart. */
function sourcesOf(sql: string): string[] {
  const own = [...sql.matchAll(/\b(\w+) AS \(\n/g)].map(([, name]) => name);
  const read = [...sql.matchAll(/(?<!DISTINCT )\b(?:FROM|JOIN) ([a-z_]+)\b/g)].map(([, name]) => name ?? '');
  return [...new Set(read)].filter((name) => !own.includes(name));
}

describe('the views', () => {
  it.each(views)('$name reads tables, and views before it', (view) => {
    const before = views.slice(0, views.indexOf(view)).map(({ name }) => name);
    const sources = sourcesOf(viewSql(view, trino));
    expect(sources).not.toEqual([]);
    expect([...tables, ...before]).toEqual(expect.arrayContaining(sources));
  });

  it.each(views)('$name says what a row is, and what is in each column', ({ name, grain, columns: own }) => {
    expect(tables).not.toContain(name);
    expect(grain).toMatch(/^[A-Z].*\ba row\b.*\.$/);
    expect(new Set(own.map((column) => column.name)).size).toBe(own.length);
    for (const { comment } of own) {
      expect(comment).toMatch(/^\S.*\S$/);
      // What Glue takes.
      expect(comment.length).toBeLessThanOrEqual(255);
    }
    expect(grain.length).toBeLessThanOrEqual(2048);
  });

  it('look back so far as they say, in days that are constants to the engine', () => {
    for (const { name, grain, sql } of views as View[]) {
      const days = [...sql(trino).matchAll(/INTERVAL '(\d+)' DAY AS varchar/g)].map(([, count]) =>
        Number(count),
      );
      const stated = [...grain.matchAll(/(\d+) days/g)].map(([, count]) => Number(count));
      if (name === 'failed_syncs') expect(days).toEqual([45]);
      if (['failed_syncs', 'incidents'].includes(name)) expect(stated).toContain(45);
      if (name === 'volume_anomalies') expect([...new Set(days)]).toEqual([180, 90]);
    }
  });
});

describe('what tells how an integration stands', () => {
  const readBy = (sql: string) => {
    const known = new Set(views.map(({ name }) => name));
    const all = sourcesOf(withViews(sql, trino));
    return all.filter((name) => !known.has(name)).sort();
  };

  it.each(['latest_syncs', 'freshness'])('%s reads one small object a workspace, and no syncs', (name) => {
    expect(readBy(`SELECT * FROM ${name}`)).toEqual(['integrations', 'standing']);
  });

  it('guesses no word of integration_status', () => {
    // The words of the table standing are the exporter's own, and those of pauses are told by the one word that is known.
    const ownWords =
      /THEN 'paused'|lower\(before\) <> 'active'|standing\.state (NOT )?IN \([^)]*\)|coalesce\(standing\.state, ''\) NOT IN \([^)]*\)/g;
    for (const { name, sql } of views as View[])
      expect(sql(trino).replaceAll(ownWords, ''), name).not.toMatch(/'(paused|active)'/i);
    for (const question of questions)
      expect(questionSql(question, trino), question.name).not.toMatch(/(?<!field = ')integration_status.*'/);
  });
});

describe('a view in the Glue catalogue', () => {
  it('has the text of its query, and the types of Trino', () => {
    const [view] = views.filter(({ name }) => name === 'daily_health') as [View];
    const text = prestoView(view, 'braze_cdi');
    const [, encoded] = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text) ?? [];
    const definition = JSON.parse(Buffer.from(encoded ?? '', 'base64').toString());
    expect(definition).toMatchObject({ catalog: 'awsdatacatalog', schema: 'braze_cdi', runAsInvoker: true });
    expect(definition.originalSql).toBe(viewSql(view, trino));
    expect(definition.originalSql).toMatch(/^-- What became of the last sync/);
    expect(definition.comment).toBe(view.grain);
    expect(definition.columns).toHaveLength(view.columns.length);
    expect(definition.columns.slice(0, 3)).toMatchObject([
      { name: 'workspace', type: 'varchar' },
      { name: 'dt', type: 'varchar' },
      { name: 'day', type: 'date', comment: 'The same as a date, for charts' },
    ]);
    const types = new Set(views.flatMap(({ columns: own }) => own.map(({ type }) => type)));
    expect([...types].sort()).toEqual(['bigint', 'boolean', 'date', 'double', 'string', 'timestamp']);
  });
});

describe('the named queries', () => {
  it('are as many as the README says', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(`has ${questions.length} saved queries`);
  });

  it('are at least a dozen, each with a name of its own that says what it asks', () => {
    expect(questions.length).toBeGreaterThanOrEqual(12);
    expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
    for (const { name, description } of questions) {
      expect(name).toMatch(/^[a-z ]{8,60}$/);
      expect(description).toMatch(/^[A-Z].{20,200}\.$/);
    }
  });

  it.each(questions)('$name reads tables and views, and comes in an order', (question) => {
    const sql = questionSql(question, trino);
    const known: string[] = [...tables, ...views.map(({ name }) => name)];
    expect(known).toEqual(expect.arrayContaining(sourcesOf(sql)));
    expect(sql).toMatch(/\nORDER BY\b.*\nLIMIT \d+$/s);
    expect(sql).not.toContain(';');
  });

  it.each(questions)(
    '$name says first what to change, takes a workspace, and tells whose a row is',
    (question) => {
      const sql = questionSql(question, trino);
      expect(sql).toMatch(/^-- To change: .*'%'/);
      expect(sql).toContain("workspace LIKE '%'");
      const last = sql.slice(sql.lastIndexOf('\nSELECT'));
      if (last.includes('integration_name')) {
        expect(last).toMatch(/\bworkspace\b/);
        expect(last).toMatch(/\bintegration_id\b/);
      }
      for (const line of sql.split('\n')) expect(line.length, line).toBeLessThanOrEqual(200);
    },
  );
});

describe('a query over views that were not created', () => {
  it('brings those that it reads, directly or not, and their clock', () => {
    const sql = withViews('SELECT * FROM incidents', at(duckdb, '2026-06-17 12:00:00.000'));
    expect(sql).toMatch(
      /^WITH pauses AS \(.*,\nfailed_syncs AS \(.*,\nincidents AS \(.*\nSELECT \* FROM incidents$/s,
    );
    expect(sql).not.toContain('freshness AS');
    // 45 days ago.
    expect(sql).toContain("'2026-05-03'");
    expect(sql).not.toMatch(/now\(\)|current_date/);
  });

  it('keeps what it brings itself', () => {
    const sql = withViews('-- A remark.\nWITH mine AS (SELECT 1) SELECT * FROM mine, completeness', duckdb);
    expect(sql).toMatch(
      /^WITH completeness AS \(.*\n\),\n-- A remark.\nmine AS \(SELECT 1\) SELECT \* FROM mine, completeness$/s,
    );
    expect(withViews('SELECT * FROM syncs', duckdb)).toBe('SELECT * FROM syncs');
  });
});

it('partition columns stand in the views under the names that the tables have', () => {
  const [workspace, dt] = Object.keys(partitionColumns.syncs);
  for (const { name, columns: own } of views) {
    expect(own[0]?.name, name).toBe(workspace);
    const hasDays = ['sync_history', 'daily_health', 'failed_syncs', 'incidents', 'volume_anomalies'];
    expect(own.some((column) => column.name === dt)).toBe(hasDays.includes(name));
  }
});
