/** `npm run test:athena`: what needs the local AWS and Trino. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.athena.ts'],
    testTimeout: 120_000,
    maxWorkers: 1,
  },
});
