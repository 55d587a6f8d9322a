/** `npm run bench:peers`: this project beside three general loaders that read the same source. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { benchPeers } = await import('../test/peers/command.ts');

await benchPeers();
