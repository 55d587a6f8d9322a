/** `npm run test:bi`: what docs/bi.md marks as run, against the local Athena. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.bi.ts'],
    globalSetup: ['test/docs/bi/local-athena-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // They share one bucket, and put their own lake there.
    fileParallelism: false,
  },
});
