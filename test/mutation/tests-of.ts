/** Which tests are asked about a source file, and in which order. */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';

/** Those of its own room. */
function ownTestsOf(file: string): readonly string[] {
  return globSync(`test/${dirname(file)}/**/*.test.ts`).toSorted();
}

/** Random histories, which reach what unit tests do not bring about. */
function seedsOf(file: string): string {
  return `test/mutation/seeds/${file.startsWith('lambda/standing/') ? 'standing' : 'histories'}.ts`;
}

/** First those of their own rooms, which are the fastest to mind, at last all others of the function. */
export function testsOf(files: readonly string[]): readonly string[] {
  const others = globSync('test/lambda/**/*.test.ts').toSorted();
  return [...new Set([...files.flatMap(ownTestsOf), ...files.map(seedsOf), ...others])];
}

/** What is asked about a mutant that must be there while all is loaded: each costs a process. */
export function testsWhileLoading(file: string): readonly string[] {
  return [...ownTestsOf(file), seedsOf(file)];
}
