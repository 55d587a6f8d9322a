import { expect, test } from 'vitest';
import { isNamed } from './equivalent.ts';
import { equivalents } from './equivalents.ts';
import { mutate } from './mutants.ts';

test('each that is named as the same program is one mutant: the text has not changed since it was judged', async () => {
  const files = [...new Set(equivalents.map(({ file }) => file))];
  const { mutants } = await mutate(files, process.cwd());
  const unclear = equivalents
    .map((each) => ({ ...each, found: mutants.filter((mutant) => isNamed(mutant, each)).length }))
    .filter(({ found }) => found !== 1);
  expect(unclear).toEqual([]);
});

test('none is named twice', () => {
  const names = equivalents.map(({ why: _, ...named }) => JSON.stringify(named));
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});
