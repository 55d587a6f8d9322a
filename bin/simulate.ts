/** `npm run simulate`: many random histories, in memory and on a virtual clock. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { simulateMany } = await import('../test/simulation/batch/command.ts');

await simulateMany();
