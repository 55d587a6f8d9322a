/**
 * Plays each test as Vitest does, with its hooks, again and again: first without a mutant, which shows those that it
 * reaches, then with each of them that is still alive.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type RunnerTask, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest';
import { type MutantSession, openSession } from './mutant-session.ts';
import { type Plan, planVariable } from './plan.ts';

const shared = globalThis as { mutantSession?: MutantSession };

/** One for all files of a process. It is made before the first of them is loaded. */
function session(): MutantSession {
  shared.mutantSession ??= openSession(
    JSON.parse(readFileSync(process.env[planVariable] ?? '', 'utf8')) as Plan,
  );
  return shared.mutantSession;
}

const isFile = (suite: RunnerTestSuite): boolean => 'filepath' in suite;

export default class MutantRunner extends TestRunner {
  readonly #session = session();

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test);
    if (test.mode !== 'run' && test.mode !== 'queued') return;
    if (!this.#session.begin(nameOf(test), pathOf(test))) {
      test.mode = 'skip';
      return;
    }
    // Until the session has no more mutants.
    test.repeats = Number.POSITIVE_INFINITY;
    test.retry = 0;
  }

  override onBeforeTryTask(test: RunnerTestCase, options: { retry: number; repeats: number }): void {
    super.onBeforeTryTask(test, options);
    this.#session.startTry();
  }

  /** A failure is taken here, for Vitest would work out the difference that it shows. */
  async runTask(test: RunnerTestCase): Promise<void> {
    try {
      await TestRunner.getTestFn(test)();
    } catch (error) {
      this.#session.fail(error);
    }
  }

  override async onAfterRetryTask(
    test: RunnerTestCase,
    options: { retry: number; repeats: number },
  ): Promise<void> {
    await super.onAfterRetryTask(test, options);
    const { result } = test;
    if (!result) return;
    if (result.state === 'fail') this.#session.fail(result.errors?.[0]);
    const isSkipped = result.state === 'skip';
    delete result.errors;
    // Each would be kept until the test is over.
    (result as { attempts?: unknown[] }).attempts = [];
    result.state = 'run';
    // The only way to end the repeating.
    if (isSkipped || this.#session.endTry() === 'done') (result as { pending?: boolean }).pending = true;
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if (isFile(suite)) this.#session.endFile(pathOf(suite));
  }
}

function nameOf(test: RunnerTestCase): string {
  const names: string[] = [];
  for (let each: RunnerTask | undefined = test; each && each !== test.file; each = each.suite)
    names.unshift(each.name);
  return `${pathOf(test)} > ${names.join(' > ')}`;
}

function pathOf({ file }: RunnerTask): string {
  return relative(process.cwd(), file.filepath);
}
