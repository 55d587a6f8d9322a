/** What the README tells a reader to ask can be asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../local/query/open-lake.ts';
import { questions as cookbook } from '../../sql/questions.ts';
import { scratchFolder } from '../local/stores/scratch.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const questions = [...readme.matchAll(/npm run query -- "([^"…]+)"/g)].map(([, sql]) => sql ?? '');

test('the README has questions', () => expect(questions.length).toBeGreaterThan(1));

test.each(questions)('%s', async (sql) => {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  expect((await lake.query(sql)).columns.length).toBeGreaterThan(0);
});

test('what the README shows of npm start is what it prints, but for the figures', () => {
  const [, shown = ''] = /^```\n(Simulated Braze: .+?)\n```$/ms.exec(readme) ?? [];
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, '../../bin/start.ts')], {
    cwd: scratchFolder(),
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });
  expect(status).toBe(0);
  const form = (text: string) => text.replace(/\d[\d,.]*/g, 'N').replace(/\bsyncs\b/g, 'sync');
  const printed = stdout.split('\n').slice(0, shown.split('\n').length).join('\n');
  expect(form(printed)).toBe(form(shown));
}, 60_000);

test('a question of the cookbook that the README names is there', () => {
  const named = [...readme.matchAll(/--saved "([^"]+)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  for (const name of named) expect(cookbook.map((question) => question.name)).toContain(name);
});

test('the README begins with two commands, each whole from a fresh clone', () => {
  const blocks = [...readme.matchAll(/^```\n(.+?)\n```$/gms)].map(([, text]) => text);
  expect(blocks.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});

test('the answer that the README shows has the columns of its question', async () => {
  const [, sql = '', shown = ''] =
    /npm run query -- "([^"]+)"\n```\n\n```\n(integration_name .+?)\n```/s.exec(readme) ?? [];
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  const [head = '', rule = ''] = shown.split('\n');
  const { columns } = await lake.query(sql);
  expect(head.split(/ {2,}/)).toEqual(columns.map(({ name }) => name));
  expect(rule).toMatch(/^─[─ ]+$/);
});
