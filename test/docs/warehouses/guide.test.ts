/** docs/warehouses.md against what it tells of. What needs sqlglot is in warehouses.bi.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columns, partitionColumns, type TableName } from '../../../lambda/schema/tables.ts';
import { tablesFile } from '../../../local/warehouses/files.ts';
import { views } from '../../../sql/views.ts';
import { warehouses } from '../../../sql/warehouses/warehouses.ts';
import { project } from '../../lib/synthesize.ts';

const docs = join(project, 'docs');
const guide = readFileSync(join(docs, 'warehouses.md'), 'utf8');

test('the guide links to files that are there', () => {
  const links = [...guide.matchAll(/\]\((warehouses\/[^)]*)\)/g)].map(([, link = '']) => link);
  expect(links).toHaveLength(2 * warehouses.length);
  expect(links.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
});

test('the policy of the guide reads one bucket, and writes nothing', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(guide) ?? [];
  const { Statement }: { Statement: { Action: string[]; Resource: string }[] } = JSON.parse(json);
  expect(
    Statement.flatMap(({ Action }) => Action).filter((action) => !/^s3:(Get|List)/.test(action)),
  ).toEqual([]);
  expect(Statement.map(({ Resource }) => Resource)).toEqual(['arn:aws:s3:::BUCKET', 'arn:aws:s3:::BUCKET/*']);
});

describe.each(warehouses)('$name', (warehouse) => {
  const text = (name: string) => readFileSync(join(docs, 'warehouses', warehouse.name, name), 'utf8');

  test('tables.sql is what npm run warehouses makes', () => {
    expect(text('tables.sql')).toBe(tablesFile(warehouse));
  });

  test('each table is there with all of its columns', () => {
    const statements = text('tables.sql').split(/^CREATE (?:OR REPLACE )?(?:EXTERNAL )?TABLE /m);
    for (const table of Object.keys(columns) as TableName[]) {
      const statement = statements.find((one) => new RegExp(`^\\w+\\.${table} \\(`).test(one)) ?? '';
      const names = Object.keys({ ...columns[table], ...partitionColumns[table] });
      expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(statement))).toEqual([]);
    }
  });

  test('each view is there, or the guide says that it is not', () => {
    const made = [...text('views.sql').matchAll(/^CREATE OR REPLACE VIEW braze_cdi\.(\w+)/gm)].map(
      ([, name]) => name,
    );
    const row = guide.split('\n').find((line) => line.includes(`](warehouses/${warehouse.name}/`)) ?? '';
    const [, left = ''] = /\| ([^|]*) \|$/.exec(row) ?? [];
    const missing = views.filter(({ name }) => !made.includes(name)).map(({ name }) => `\`${name}\``);
    expect(left.trim()).toBe(missing.join(', ') || 'nothing');
  });
});
