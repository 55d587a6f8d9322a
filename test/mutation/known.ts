/** What the notes say of the sources and tests of today. */
import { isOfToday, keyOf, readNotes } from './notes.ts';
import type { Plan } from './plan.ts';

export interface Known {
  readonly killed: Set<string>;
  readonly reached: Set<string>;
  readonly loaded: Set<string>;
  readonly survivedLoaded: Set<string>;
  readonly doubted: Set<string>;
  /** Tests with the hash of their file, which need not be played again. */
  readonly settled: Set<string>;
  readonly unfit: Map<string, string>;
}

/** @param tests the hash of all files of tests. */
export function readKnown(
  { notes, sources, testHashes }: Pick<Plan, 'notes' | 'sources' | 'testHashes'>,
  tests?: string,
): Known {
  const known: Known = {
    killed: new Set(),
    reached: new Set(),
    loaded: new Set(),
    survivedLoaded: new Set(),
    doubted: new Set(),
    settled: new Set(),
    unfit: new Map(),
  };
  for (const note of readNotes(notes)) {
    switch (note.kind) {
      case 'killed':
        if (isOfToday(note, testHashes)) known.killed.add(keyOf(note));
        break;
      case 'reached':
        known.reached.add(keyOf(note));
        break;
      case 'loaded':
        known.loaded.add(keyOf(note));
        break;
      case 'doubt':
        known.doubted.add(keyOf(note));
        break;
      case 'loaded and survived':
        if (note.sources === sources && note.tests === tests) known.survivedLoaded.add(keyOf(note));
        break;
      case 'played':
      case 'unfit':
        if (note.sources !== sources || !isOfToday(note, testHashes)) break;
        known.settled.add(note.test);
        if (note.kind === 'unfit') known.unfit.set(note.test, note.message);
        break;
      case 'through':
        break;
    }
  }
  return known;
}
