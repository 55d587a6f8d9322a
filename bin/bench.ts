/** `npm run bench`: what an export costs in requests, time, memory and writes, as ratios and counts. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { bench } = await import('../test/bench/command.ts');

await bench();
