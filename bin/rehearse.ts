/** `npm run rehearse`: the whole chain on this machine, without an account. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { readRehearseOptions } = await import('../local/rehearsal/options.ts');
const options = readRehearseOptions();
// Only now: help needs neither the AWS SDK nor the simulated Braze.
const { rehearse } = await import('../local/rehearsal/rehearse.ts');

// What still waits for an answer of what was just ended must not delay the end.
process.exit(await rehearse(options));
