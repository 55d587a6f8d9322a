/** `npm run test:simulation`: hundreds of random histories, and every order of two runs, on a virtual clock. */
import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

export default mergeConfig(shared, defineConfig({ test: { include: ['test/simulation/**/*.test.ts'] } }));
