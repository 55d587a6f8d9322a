/** `npm run bench:peers`: this project beside three general loaders that read the same source. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { benchPeers } = await import('../test/peers/command.ts');

await benchPeers();
