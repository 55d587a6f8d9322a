/** What is known of the mutants: a file that only grows, so that a run that was stopped goes on where it was. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Mutant } from './mutants.ts';

/** A test file's text, for what was found out with it holds as long as it is the same. */
interface OfTest {
  readonly test: string;
  readonly testHash: string;
}

/** Which mutant of which text. */
interface OfMutant {
  readonly file: string;
  readonly hash: string;
  readonly index: number;
}

export type Note =
  | (OfMutant & OfTest & { readonly kind: 'killed'; readonly how: 'failed' | 'no end' | 'not loaded' })
  /** All mutants that the test reaches were tried with it, all in the sources of this hash. */
  | (OfTest & { readonly kind: 'played'; readonly sources: string })
  /** The test fails without any mutant. */
  | (OfTest & { readonly kind: 'unfit'; readonly sources: string; readonly message: string })
  /** The mutant is reached while a file is loaded. */
  | (OfMutant & { readonly kind: 'loaded' })
  /** It was active while all was loaded, and no test minded. */
  | (OfMutant & { readonly kind: 'loaded and survived'; readonly sources: string; readonly tests: string })
  /** A test reaches it. */
  | (OfMutant & { readonly kind: 'reached' })
  /** The test failed with it and then without it: to be tried again before any other. */
  | (OfMutant & { readonly kind: 'doubt' })
  /** A file of tests was gone through, and so many of its tests wait for a later pass. */
  | { readonly kind: 'through'; readonly path: string; readonly pass: string; readonly waiting: number };

export function addNote(place: string, note: Note): void {
  mkdirSync(dirname(place), { recursive: true });
  appendFileSync(place, lineOf(note));
}

export function lineOf(note: Note): string {
  return `${JSON.stringify(note)}\n`;
}

/** What was being written when a process was killed is no line. */
export function readNotes(place: string): Note[] {
  if (!existsSync(place)) return [];
  return readFileSync(place, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Note];
      } catch {
        return [];
      }
    });
}

export function keyOf({ file, hash, index }: OfMutant): string {
  return `${file}#${hash}#${index}`;
}

/** Whether the file of the test is as it was. A test's name begins with its path. */
export function isOfToday({ test, testHash }: OfTest, hashes: Readonly<Record<string, string>>): boolean {
  return hashes[test.split(' > ')[0] ?? ''] === testHash;
}

export function ofMutant({ file, hash, index }: Mutant): OfMutant {
  return { file, hash, index };
}
