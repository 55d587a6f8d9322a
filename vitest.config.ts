import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { SlowestFirst } from './test/slowest-first.ts';

/** What `npm run test:simulation` has in common with it. */
export const shared = defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    // A folder to work in and a time zone are a process's own, not a thread's.
    pool: 'forks',
    // The CDK, the SDK and DuckDB are loaded once a worker instead of once a file. No module keeps state but caches of
    // what never changes, and a test that changes the process puts it back.
    isolate: false,
    restoreMocks: true,
    // A CommonJS package is loaded as Node loads it.
    deps: { interopDefault: false },
    // Halves the time that the child processes of tests take to start.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'braze-cdi-compile-cache') },
  },
});

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/**/*.test.ts'],
      exclude: [...configDefaults.exclude, 'test/simulation/**'],
    },
  }),
);
