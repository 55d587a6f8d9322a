import { expect, test } from 'vitest';
import { sync, syncs, worldOf } from '../end-to-end/workspace.ts';
import { invoking, sentinel } from '../lambda/invocation/invoking.ts';
import { flat } from './flat.ts';
import { templateOf, workspace } from './synthesize.ts';

const bodyOf = (count: number, schedule = 'rate(15 minutes)'): string => {
  const workspaces = Array.from({ length: count }, (_, at) => workspace(`w-${at}`));
  const template = templateOf({ workspaces, schedule });
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  return flat(dashboard?.Properties.DashboardBody);
};

const widgets: readonly { readonly properties: { readonly query?: string } }[] = JSON.parse(
  bodyOf(1),
).widgets;
const queries = widgets.flatMap(({ properties: { query } }) => (query === undefined ? [] : [query]));

test('every question is to the function’s own log', () => {
  expect(queries).toHaveLength(8);
  for (const query of queries) expect(query).toMatch(/^SOURCE '<ExporterLog\w+>' \| (filter|fields) /);
});

test('every field that is asked for stands in the line of a run', async () => {
  const { invoke, output } = await invoking({ world: worldOf({ a: syncs(3) }) });
  await invoke();
  const line = output.lines().find(({ message }) => message === 'run ended') ?? {};

  const asked = new Set(
    queries.flatMap((query) => query.match(/\b(receipt\.[a-z_.]+|requests_per_minute|workspace\b)/g) ?? []),
  );
  const valueAt = (path: string) =>
    path.split('.').reduce<unknown>((value, part) => (Object(value) as Record<string, unknown>)[part], line);
  expect(asked.size).toBeGreaterThan(12);
  expect([...asked].filter((path) => valueAt(path) === undefined)).toEqual([]);
});

test('a workspace without a key is named by the newest of its runs, in the words of the log', async () => {
  const question = queries.find((query) => query.includes('newest_run')) ?? '';
  const { invoke, output, secrets } = await invoking({ world: worldOf({ a: syncs(3) }) }, { secret: ' ' });
  const newest = () => output.lines().at(-1) ?? {};
  const asked = [...question.matchAll(/\bmessage = "([a-z ]+)"/g)].map(([, message]) => message);

  await invoke();
  expect(newest()).toMatchObject({ message: 'no key', workspace: 'shop' });
  expect(newest().reason).toContain('aws secretsmanager put-secret-value');
  expect(question).toContain('latest(reason)');
  expect(question).toContain('filter newest_run = "no key"');
  // What ends a run otherwise has to be asked for as well: it takes the workspace off the list.
  secrets.values.set('key', 'two words');
  await expect(invoke()).rejects.toThrow();
  const failed = newest().message;
  secrets.values.set('key', sentinel);
  await invoke();
  expect(asked).toEqual(['no key', newest().message, failed]);
});

test('an incident is open by the newest line on it, and named in the words of the log', async () => {
  const question = queries.find((query) => query.includes('incident raised')) ?? '';
  const rows = [sync(0), sync(1, { job_status: 'error' })];
  const { invoke, output } = await invoking({ world: worldOf({ a: rows }) });
  const told = () => output.lines().filter(({ message }) => String(message).startsWith('incident '));

  await invoke();
  rows.push(sync(2));
  await invoke();

  const messages = [...question.matchAll(/\bmessage = "([a-z ]+)"/g)].map(([, message]) => message);
  expect(told().map(({ message }) => message)).toEqual(messages);
  const [raised, resolved] = told().map(({ alert }) => alert as Record<string, unknown>);
  expect(raised?.id).toBe(resolved?.id);
  const asked = [...question.matchAll(/\balert\.(\w+)/g)].map(([, field = '']) => field);
  expect(asked).toEqual(['since', 'summary', 'id']);
  for (const field of asked) expect(raised?.[field], field).toEqual(expect.any(String));
});

test.each([
  ['rate(15 minutes)', '-P1D'],
  ['rate(12 hours)', '-P2D'],
  ['cron(0 6 ? * MON *)', '-P21D'],
])('with %s it shows %s at first: some runs are in it', (schedule, start) => {
  expect(JSON.parse(bodyOf(1, schedule)).start).toBe(start);
});

test('a hundred workspaces need no more of it than one', () => {
  expect(bodyOf(100)).toBe(bodyOf(1));
});
