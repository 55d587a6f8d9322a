/**
 * The order of the files. Where nothing was measured before, as in a clean clone, Vitest begins with those that have
 * the most bytes; but the longest are a few lines that play hundreds of histories, and one worker would play them in
 * the end while the other has nothing left to do.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each takes more than ten seconds; the longest first. */
const slowest = [
  'simulation/batch/lying-scenario.test.ts',
  'simulation/batch/scenario.test.ts',
  'lib/app.test.ts',
  'simulation/whole-runs/crash.test.ts',
  'sql/duckdb.test.ts',
  'report/shapes.test.ts',
  'end-to-end/kill.test.ts',
  'simulation/whole-runs/outage.test.ts',
  'simulation/interleavings/interleavings.test.ts',
].map((name) => resolve(import.meta.dirname, name));

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const moved = slowest.filter((file) => !existsSync(file));
    if (moved.length > 0)
      throw new Error(`test/slowest-first.ts names what is not there: ${moved.join(', ')}`);
    const rank = ({ moduleId }: TestSpecification): number =>
      slowest.includes(moduleId) ? slowest.indexOf(moduleId) : slowest.length;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
