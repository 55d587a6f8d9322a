/**
 * Mutants that are the same program: no test could tell them apart. Each is named by its text, as docs/mutation.md
 * prints it, so that it outlives the lines around it.
 */
import type { Mutant } from './mutants.ts';

export interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly mutated: string;
  /** The line in which it begins, where the file has the same text elsewhere. */
  readonly context?: string;
  /** Where there are several of them on such a line: which, from 0. */
  readonly which?: number;
  readonly why: string;
}

export function isNamed(
  mutant: Mutant,
  { file, original, mutated, context, which = 0 }: Equivalent,
): boolean {
  return (
    mutant.file === file &&
    mutant.original === original &&
    mutant.mutated === mutated &&
    mutant.ordinal === which &&
    (context === undefined || mutant.context === context)
  );
}
