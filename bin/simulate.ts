/** `npm run simulate`: many random histories, in memory and on a virtual clock. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { simulateMany } = await import('../test/simulation/command.ts');

await simulateMany();
