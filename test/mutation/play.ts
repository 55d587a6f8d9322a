/** Plays the tests against the mutants, process after process, until all is known. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node';
import { shared } from '../../vitest.config.ts';
import { type Known, readKnown } from './known.ts';
import { hashOf, type Mutant, type MutatedSources } from './mutants.ts';
import { addNote, keyOf, ofMutant, readNotes } from './notes.ts';
import { type Plan, planVariable } from './plan.ts';

export interface Playing {
  /** The project's. */
  readonly folder: string;
  readonly sources: MutatedSources;
  /** Which of the mutants are not asked about; default: none. */
  readonly leaves?: (mutant: Mutant) => boolean;
  /** Files of tests, in groups, in the order in which they are asked. */
  readonly tests: readonly (readonly string[])[];
  /** Where what is found out is written down. */
  readonly notes: string;
  /** Files of tests that are asked where the mutant must be there before anything is loaded. */
  readonly testsWhileLoading: (file: string) => readonly string[];
  readonly patienceMs?: number;
  readonly tell: (line: string) => void;
}

/**
 * Tests that reach much in much time are asked when most mutants are dead. One that would need more than a minute even
 * then is left out: an hour of such tests kills a handful of mutants. What only they would notice counts as surviving.
 */
const passesMs = [5000, 60_000];

export async function play(playing: Playing): Promise<Known> {
  const { folder, sources, testsWhileLoading, notes, patienceMs = 3000, tell } = playing;
  const { leaves = () => false } = playing;
  const tests = playing.tests.flat();
  const mutants = sources.mutants.filter((mutant) => !leaves(mutant));
  const hashes = await Promise.all(
    tests.map(async (path) => [path, hashOf(await readFile(resolve(folder, path), 'utf8'))] as const),
  );
  const plan: Omit<Plan, 'pass' | 'longestMs'> = {
    notes,
    mutants,
    sources: hashOf(mutants.map(keyOf).join()),
    testHashes: Object.fromEntries(hashes),
    patienceMs,
  };
  const testsHash = hashOf(hashes.flat().join());
  const own = await mkdtemp(join(tmpdir(), 'mutation-'));
  const planPath = join(own, 'plan.json');
  process.env[planVariable] = planPath;
  const vitest = await openVitest(folder, sources, tests);
  const known = () => readKnown(plan, testsHash);
  const { exitCode } = process;
  const progress = setInterval(() => tell(describe(known(), sources)), 15_000);
  try {
    let waiting = playing.tests;
    for (const longestMs of passesMs) {
      const next: (readonly string[])[] = [];
      for (const group of waiting) next.push(await playGroup(group, longestMs));
      waiting = next;
    }
    const leftOut = waiting.flat();
    if (leftOut.length > 0) tell(`Not asked about all, for want of time: tests of ${leftOut.join(', ')}`);
    await playLoaded();
    return known();
  } finally {
    clearInterval(progress);
    await vitest.close();
    // Vitest takes what mutants break for failures of ours.
    process.exitCode = exitCode;
    await rm(own, { recursive: true, force: true });
  }

  /** @returns those with tests that would take longer. */
  async function playGroup(group: readonly string[], longestMs: number): Promise<readonly string[]> {
    const pass = `${Date.now()}-${longestMs}`;
    const next: string[] = [];
    for (let left = group; left.length > 0; ) {
      await writeFile(planPath, JSON.stringify({ ...plan, pass, longestMs }));
      const before = readNotes(notes).length;
      await runFiles(vitest, left);
      const found = readNotes(notes);
      // Another process would come no further.
      if (found.length === before) throw new Error(`These can't be played: ${left.join(', ')}`);
      const through = new Map(
        found.flatMap((note) =>
          note.kind === 'through' && note.pass === pass ? [[note.path, note.waiting] as const] : [],
        ),
      );
      left = left.filter((path) => !through.has(path));
      next.splice(0, next.length, ...group.filter((path) => (through.get(path) ?? 1) > 0));
      tell(`${describe(known(), sources)}; ${left.length} files of tests to go, ${next.length} once more`);
    }
    return next;
  }

  /** Those that are reached while a file is loaded: each has a process of its own. */
  async function playLoaded(): Promise<void> {
    for (const mutant of mutants) {
      const { killed, loaded, survivedLoaded } = known();
      const key = keyOf(mutant);
      if (killed.has(key) || !loaded.has(key) || survivedLoaded.has(key)) continue;
      const pass = `${Date.now()}-${mutant.id}`;
      const longestMs = Number.MAX_SAFE_INTEGER;
      await writeFile(planPath, JSON.stringify({ ...plan, pass, longestMs, loadedWith: mutant.id }));
      const [unloadable] = await runFiles(vitest, testsWhileLoading(mutant.file));
      if (unloadable !== undefined) {
        const of = { test: unloadable, testHash: plan.testHashes[unloadable] ?? '' };
        addNote(notes, { kind: 'killed', how: 'not loaded', ...ofMutant(mutant), ...of });
      } else if (!known().killed.has(key))
        addNote(notes, {
          kind: 'loaded and survived',
          ...ofMutant(mutant),
          sources: plan.sources,
          tests: testsHash,
        });
      tell(`${describe(known(), sources)}; ${mutant.file}:${mutant.line} while it is loaded`);
    }
  }
}

function describe({ killed }: Known, { mutants }: MutatedSources): string {
  const dead = mutants.filter((mutant) => killed.has(keyOf(mutant))).length;
  return `${dead} of ${mutants.length} mutants killed`;
}

async function openVitest(
  folder: string,
  { codes }: MutatedSources,
  tests: readonly string[],
): Promise<Vitest> {
  const order = tests.map((path) => resolve(folder, path));
  class GivenOrder extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return files.toSorted((a, b) => order.indexOf(a.moduleId) - order.indexOf(b.moduleId));
    }
  }
  return createVitest(
    'test',
    { config: false, watch: false, root: folder },
    {
      plugins: [{ name: 'mutants', enforce: 'pre', load: (id) => codes.get(id.split('?')[0] ?? '') ?? null }],
      test: {
        ...shared.test,
        maxWorkers: 1,
        // It would keep a file as it was loaded before: without mutants, or with those of another run.
        fsModuleCache: false,
        // What takes too long is ended from beside the process.
        testTimeout: 0,
        hookTimeout: 0,
        runner: join(import.meta.dirname, 'mutant-runner.ts'),
        setupFiles: [join(import.meta.dirname, 'steady-properties.ts')],
        sequence: { sequencer: GivenOrder },
        reporters: [{}],
        include: order,
      },
    },
  );
}

/**
 * A process that was killed, by itself or by its time limit, is no error: it has written down why.
 * @returns the files that could not be loaded.
 */
async function runFiles(vitest: Vitest, paths: readonly string[]): Promise<string[]> {
  const project = vitest.getRootProject();
  const files = paths.map((path) => project.createSpecification(resolve(project.config.root, path)));
  const { testModules } = await vitest.runTestSpecifications(files, false);
  const unloadable = testModules.filter((each) => each.state() === 'failed' && each.errors().length > 0);
  return unloadable.map(({ moduleId }) => relative(project.config.root, moduleId));
}
