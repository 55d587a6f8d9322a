/** Which mutant is tried next with the test that is being played, and what came of it. */
import { readKnown } from './known.ts';
import type { Mutant } from './mutants.ts';
import { addNote, keyOf, lineOf, type Note, ofMutant } from './notes.ts';
import type { Plan } from './plan.ts';
import { openTimeLimit } from './time-limit.ts';

/** How the mutated code asks which mutant is active, and counts which are reached: names of @stryker-mutator. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  /** How often the active one was reached; beyond the limit it throws, which ends most loops. */
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  readonly mutantCoverage: {
    readonly static: Record<string, number>;
    readonly perTest: Record<string, Record<string, number>>;
  };
}

/** As often as it is reached without it being active, times this, is a loop without an end. */
const hitFactor = 100;

/** What is reached while no test is played belongs to the loading of a file; what tries reach is not asked. */
const uncounted = 'tries';

export interface MutantSession {
  /** @returns whether the test is to be played at all. */
  begin(test: string, path: string): boolean;
  startTry(): void;
  fail(error: unknown): void;
  endTry(): 'again' | 'done';
  endFile(path: string): void;
}

interface Playing {
  readonly test: string;
  readonly testHash: string;
  /** Undefined until the test was played without a mutant. */
  queue?: Mutant[];
  hits: Readonly<Record<string, number>>;
  trying: Mutant | undefined;
  /** The one that the test failed with: it is played once more without. */
  suspect: Mutant | undefined;
  failure: { readonly error: unknown } | undefined;
  startedAt: number;
  cleanMs: number;
}

export function openSession(plan: Plan): MutantSession {
  const switches: Switches = { mutantCoverage: { static: {}, perTest: {} } };
  Object.assign(globalThis, { __stryker__: switches });
  const limit = openTimeLimit(plan.notes);
  const known = readKnown(plan);
  const note = (each: Note) => addNote(plan.notes, each);
  const byId = new Map(plan.mutants.map((each) => [each.id, each]));
  const loadedWith = plan.loadedWith === undefined ? undefined : byId.get(plan.loadedWith);
  let playing: Playing | undefined;
  let waiting = 0;
  /** Whether a mutant was tried in this process, and may have left something behind. */
  let isTouched = false;

  const killed = (mutant: Mutant, how: 'failed' | 'no end', { test, testHash }: Playing): Note => ({
    kind: 'killed',
    ...ofMutant(mutant),
    test,
    testHash,
    how,
  });
  const isAlive = (mutant: Mutant) => !known.killed.has(keyOf(mutant));
  const setKilled = (mutant: Mutant, how: 'failed' | 'no end', by: Playing) => {
    known.killed.add(keyOf(mutant));
    note(killed(mutant, how, by));
  };
  /** What is left behind by a mutant goes with the process. The command starts another. */
  const startAfresh = () => process.kill(process.pid, 'SIGKILL');

  if (loadedWith) switches.activeMutant = loadedWith.id;

  return {
    begin(test, path) {
      const testHash = plan.testHashes[path] ?? '';
      if (!loadedWith && known.settled.has(test)) return false;
      if (loadedWith && known.unfit.has(test)) return false;
      playing = {
        test,
        testHash,
        hits: {},
        trying: loadedWith,
        suspect: undefined,
        failure: undefined,
        startedAt: 0,
        cleanMs: 0,
      };
      return true;
    },

    startTry() {
      if (!playing) return;
      const { trying, cleanMs } = playing;
      playing.failure = undefined;
      playing.startedAt = performance.now();
      if (trying) {
        isTouched = true;
        switches.activeMutant = trying.id;
        switches.hitCount = 0;
        switches.hitLimit = loadedWith ? undefined : hitFactor * (playing.hits[trying.id] ?? 1);
        if (loadedWith) switches.hitCount = undefined;
        limit.start(lineOf(killed(trying, 'no end', playing)), plan.patienceMs + 30 * cleanMs);
      }
      switches.currentTestId = trying || playing.queue ? uncounted : playing.test;
    },

    fail(error) {
      if (playing) playing.failure ??= { error };
    },

    endTry() {
      if (!playing) return 'done';
      limit.stop();
      const { trying, suspect, failure, test, testHash } = playing;
      if (loadedWith) {
        if (!failure) return 'done';
        setKilled(loadedWith, 'failed', playing);
        startAfresh();
        return 'done';
      }
      const hits = switches.hitCount ?? 0;
      const isLoop = hits > (switches.hitLimit ?? Number.POSITIVE_INFINITY);
      switches.activeMutant = undefined;
      switches.currentTestId = uncounted;
      switches.hitCount = undefined;
      switches.hitLimit = undefined;

      if (!playing.queue) {
        playing.cleanMs = performance.now() - playing.startedAt;
        playing.hits = switches.mutantCoverage.perTest[test] ?? {};
        delete switches.mutantCoverage.perTest[test];
        if (failure) {
          note({ kind: 'unfit', test, testHash, sources: plan.sources, message: String(failure.error) });
          return 'done';
        }
        const reached = Object.keys(playing.hits).flatMap((id) => byId.get(id) ?? []);
        for (const each of reached) {
          if (known.reached.has(keyOf(each))) continue;
          known.reached.add(keyOf(each));
          note({ kind: 'reached', ...ofMutant(each) });
        }
        playing.queue = reached
          .filter(isAlive)
          .sort((a, b) => Number(known.doubted.has(keyOf(b))) - Number(known.doubted.has(keyOf(a))));
        if (playing.cleanMs * playing.queue.length > plan.longestMs) {
          waiting += 1;
          return 'done';
        }
      } else if (suspect) {
        playing.suspect = undefined;
        if (!failure) setKilled(suspect, 'failed', playing);
        else {
          if (known.doubted.has(keyOf(suspect))) setKilled(suspect, 'failed', playing);
          else note({ kind: 'doubt', ...ofMutant(suspect) });
          startAfresh();
        }
      } else if (trying && (failure || isLoop)) {
        if (isLoop) {
          setKilled(trying, 'no end', playing);
        } else if (isTouched) {
          playing.suspect = trying;
          playing.trying = undefined;
          return 'again';
        }
      }
      playing.trying = playing.queue.shift();
      if (playing.trying) return 'again';
      note({ kind: 'played', test, testHash, sources: plan.sources });
      return 'done';
    },

    endFile(path) {
      switches.currentTestId = undefined;
      if (loadedWith) return;
      for (const id of Object.keys(switches.mutantCoverage.static)) {
        const mutant = byId.get(id);
        if (!mutant || known.loaded.has(keyOf(mutant))) continue;
        known.loaded.add(keyOf(mutant));
        note({ kind: 'loaded', ...ofMutant(mutant) });
      }
      note({ kind: 'through', path, pass: plan.pass, waiting });
      waiting = 0;
    },
  };
}
