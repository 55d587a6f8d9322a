/** Which tests are asked about a source file, and in which order. */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';

/** Those of its own room. */
function ownTestsOf(file: string): readonly string[] {
  return globSync(`test/${dirname(file)}/**/*.test.ts`).toSorted();
}

/** Of these each test is a run or a few, and takes a moment: what comes about only between the parts of a run. */
const wholeRuns = ['changes', 'listing', 'outage-few', 'refusal', 'standing-upkeep', 'workspace-incidents'];

function wholeRunsOf(file: string): readonly string[] {
  return file.startsWith('lambda/run/')
    ? wholeRuns.map((name) => `test/simulation/whole-runs/${name}.test.ts`)
    : [];
}

/** Random histories, which reach what unit tests do not bring about. */
function seedsOf(file: string): string {
  return `test/mutation/seeds/${file.startsWith('lambda/standing/') ? 'standing' : 'histories'}.ts`;
}

/**
 * In groups, one after the other: those of their own rooms, which are the fastest to mind, and the seeds; then whole
 * runs; then all others of the function, which reach much and look at little of it.
 */
export function testsOf(files: readonly string[]): readonly (readonly string[])[] {
  const near = new Set([...files.flatMap(ownTestsOf), ...files.map(seedsOf)]);
  const runs = new Set(files.flatMap(wholeRunsOf));
  const others = globSync('test/lambda/**/*.test.ts').toSorted();
  return [[...near], [...runs], others.filter((each) => !near.has(each))];
}

/** What is asked about a mutant that must be there while all is loaded: each costs a process. */
export function testsWhileLoading(file: string): readonly string[] {
  return [...ownTestsOf(file), seedsOf(file)];
}
