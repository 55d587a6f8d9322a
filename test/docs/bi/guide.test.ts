/** docs/bi.md and its files against what the stack makes: a name that changes there has to change here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columns } from '../../../lambda/schema/tables.ts';
import { lookBackDays } from '../../../sql/expressions.ts';
import { views } from '../../../sql/views.ts';
import { flat } from '../../lib/flat.ts';
import { project, templateOf } from '../../lib/synthesize.ts';

const docs = join(project, 'docs');
const text = (name: string) => readFileSync(join(docs, name), 'utf8');
const guide = text('bi.md');
const names = views.map(({ name }) => name);

describe('the guide', () => {
  test.each(views)('tells of $name, and how far it looks back', ({ name, grain }) => {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    expect(row).toBeDefined();
    if (grain.includes(`${lookBackDays} days`)) expect(row).toContain(`${lookBackDays} days`);
  });

  test('links to files that are there', () => {
    const links = [...guide.matchAll(/\]\((bi\/[^)]*)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(6);
    expect(links.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
  });

  test('names the place of the results', () => {
    const [workgroup] = Object.values(templateOf().findResources('AWS::Athena::WorkGroup'));
    const place = flat(workgroup?.Properties.WorkGroupConfiguration.ResultConfiguration.OutputLocation);
    expect(guide).toContain(place.replace('<LakeBucket>', 'BUCKET'));
  });
});

/** Listings by view: of the table of docs/query-costs.md with all history since 2022, as without `firstDay`. */
const measured = new Map(
  text('query-costs.md')
    .split(/^\| (?=\d)/m)
    .find((table) => table.startsWith('50 × 15 min × 5 years'))
    ?.split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, view = '', , , , , , listings]) => [view, Number(listings)]),
);

describe('what a query costs', () => {
  const listings = (question: string): number => {
    const row = guide.split('\n').find((line) => line.startsWith(`| ${question}`) && line.includes('0.0'));
    return Number(/ ([\d,]+)( by now)? +\| 0\.\d+ +\|$/.exec(row ?? '')?.[1]?.replace(',', ''));
  };

  test.each([
    ['`completeness`, `freshness`, `latest_syncs`', ['completeness', 'freshness', 'latest_syncs']],
    ['`incidents` with `still_open`', ['incidents, open']],
    ['`volume_anomalies`', ['volume_anomalies']],
    ['`incidents`, `failed_syncs`', ['incidents', 'failed_syncs']],
    ['`daily_health` without a filter', ['daily_health']],
    ['`sync_history` without a filter', ['sync_history']],
  ])('is what was measured: %s', (question, asked) => {
    expect(asked.map((view) => measured.get(view))).toEqual(asked.map(() => listings(question)));
  });

  test('is of the dashboard the sum of its charts', () => {
    const days = listings('`daily_health` with 30 days');
    const ofOne = ['incidents', 'freshness', 'completeness'].map((view) => measured.get(view) ?? 0);
    expect(listings('the Superset dashboard')).toBe(ofOne.reduce((sum, each) => sum + each) + 2 * days);
  });
});

describe('the dashboard', () => {
  const folder = 'bi/superset/datasets/braze_cdi';

  test.each(readdirSync(join(docs, folder)))('%s has the columns of its view', (file) => {
    const dataset = text(join(folder, file));
    const view = views.find(({ name }) => `${name}.yaml` === file);
    const stated = [...dataset.matchAll(/^- column_name: (\w+)$/gm)].map(([, name]) => name);
    expect(stated).toEqual(view?.columns.map(({ name }) => name));
  });

  test('asks no column that its dataset does not have', () => {
    const charts = readdirSync(join(docs, 'bi/superset/charts')).map((file) =>
      text(`bi/superset/charts/${file}`),
    );
    expect(charts).toHaveLength(5);
    const known = new Set(views.flatMap((view) => view.columns.map(({ name }) => name)));
    const asked = charts.flatMap((chart) =>
      [...(/all_columns:\n((?: {2}- \w+\n)+)/.exec(chart)?.[1] ?? '').matchAll(/\w+/g)].map(([name]) => name),
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });
});

test('a name stands beside its workspace and its id: names need not be unique', () => {
  const charts = readdirSync(join(docs, 'bi/superset/charts')).map((file) => `bi/superset/charts/${file}`);
  const tests = readdirSync(join(docs, 'bi/dbt/tests')).map((file) => `bi/dbt/tests/${file}`);
  const files = [...charts, ...tests, 'bi/alert.sql', 'bi/duckdb/failed-by-day.sql'];
  const naming = files.filter((file) => text(file).includes('integration_name'));
  expect(naming.length).toBeGreaterThan(5);
  const alone = naming.filter((file) => !/workspace/.test(text(file)) || !/integration_id/.test(text(file)));
  expect(alone).toEqual([]);
});

test('partial is data in every example: nothing counts all but success as failed', () => {
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8' });
  const examples = files.filter((file) => /\.(sql|md|ya?ml|py|mjs)$/.test(file));
  expect(examples.length).toBeGreaterThan(30);
  expect(examples.filter((file) => /(<>|!=)\s*'success'/.test(text(file)))).toEqual([]);
});

test('the sources of dbt are tables and views of the lake', () => {
  const sources = [...text('bi/dbt/models/sources.yml').matchAll(/^ {6}- name: (\w+)$/gm)].map(
    ([, name]) => name,
  );
  expect(sources.length).toBeGreaterThan(4);
  expect(sources.filter((name) => ![...names, ...Object.keys(columns)].includes(String(name)))).toEqual([]);
});

test('dbt makes its tables in a workgroup that lets it say where', () => {
  const profile = text('bi/dbt/profiles.yml');
  const [, name] = /^ +work_group: (\w+)$/m.exec(profile) ?? [];
  const groups = Object.values(templateOf().findResources('AWS::Athena::WorkGroup')).map(
    ({ Properties }) => Properties,
  );
  expect(groups.find(({ Name }) => Name === name)?.WorkGroupConfiguration).toMatchObject({
    EnforceWorkGroupConfiguration: false,
  });
  expect(profile).not.toContain('BRAZE_CDI_BUCKET');
});
