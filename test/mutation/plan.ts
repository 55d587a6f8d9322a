/** What the process that plays tests is told. */
import type { Mutant } from './mutants.ts';

export interface Plan {
  readonly notes: string;
  readonly mutants: readonly Mutant[];
  /** Of all mutants that are asked about: of another choice, tests are played anew. */
  readonly sources: string;
  /** Of each file of tests, by its path. */
  readonly testHashes: Readonly<Record<string, string>>;
  /** Names this going through the files. */
  readonly pass: string;
  /** A test that would take longer with all that it reaches waits until fewer of them are alive. */
  readonly longestMs: number;
  /** How long a test may take longer than it does without a mutant. */
  readonly patienceMs: number;
  /** This one is active from the start, before any file is loaded. */
  readonly loadedWith?: string;
}

/** The variable with the path of the plan. */
export const planVariable = 'MUTATION_PLAN';
