/** Plays the sample in a process of its own: `node play-sample.ts NOTES`, and prints what became of each mutant. */
import { mutate } from '../mutants.ts';
import { keyOf } from '../notes.ts';
import { play } from '../play.ts';

const folder = 'test/mutation/sample';
const tests = [`${folder}/stairs-checks.ts`];
const sources = await mutate([`${folder}/stairs.ts`], process.cwd());
const known = await play({
  folder: process.cwd(),
  sources,
  tests: [tests],
  testsWhileLoading: () => tests,
  notes: process.argv[2] ?? '',
  patienceMs: 200,
  tell: () => {},
});
const mutants = sources.mutants.map((mutant) => ({
  ...mutant,
  isKilled: known.killed.has(keyOf(mutant)),
}));
console.log(JSON.stringify({ mutants, unfit: [...known.unfit] }));
