/** `npm run bench`: what an export costs in requests, time, memory and writes, as ratios and counts. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { bench } = await import('../test/bench/command.ts');

await bench();
