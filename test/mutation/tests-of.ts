/** Which tests are asked about a source file, and in which order. */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';

/** Random histories, which reach nearly all. */
const seeds = 'test/mutation/seeds.ts';

/** Those of its own room. */
export function ownTestsOf(file: string): readonly string[] {
  return globSync(`test/${dirname(file)}/**/*.test.ts`).toSorted();
}

/** First those of their own rooms, which are the fastest to mind, then all others of the function. */
export function testsOf(files: readonly string[]): readonly string[] {
  const own = files.flatMap(ownTestsOf);
  return [...new Set([...own, ...globSync('test/lambda/**/*.test.ts').toSorted(), seeds])];
}

/** What is asked about a mutant that must be there while all is loaded: each costs a process. */
export function testsWhileLoading(file: string): readonly string[] {
  return [...ownTestsOf(file), seeds];
}
