/** What the README tells a reader to ask can be asked. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLake } from '../../local/query/open-lake.ts';
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
