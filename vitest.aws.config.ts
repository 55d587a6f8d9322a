/** `npm run test:aws`: what needs the local AWS. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.aws.ts'],
    globalSetup: ['local/aws/vitest-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
