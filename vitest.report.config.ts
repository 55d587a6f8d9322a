/** `npm run test:report`: the report in a real browser (Debian's package chromium, or CHROMIUM=/path). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/report/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
