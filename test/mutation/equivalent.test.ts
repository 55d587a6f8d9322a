import { expect, test } from 'vitest';
import { equivalents, isNamed } from './equivalent.ts';
import { mutate } from './mutants.ts';

test('what is named as the same program is there: the text has not changed since it was judged', async () => {
  const files = [...new Set(equivalents.map(({ file }) => file))];
  const { mutants } = await mutate(files, process.cwd());
  const gone = equivalents.filter((each) => !mutants.some((mutant) => isNamed(mutant, each)));
  expect(gone).toEqual([]);
});

test('none is named twice', () => {
  const names = equivalents.map(({ file, original, mutated, context }) =>
    [file, original, mutated, context].join('\n'),
  );
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});
