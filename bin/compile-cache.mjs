/**
 * Node keeps what it has compiled in the system's folder for temporary files; where it can't, it compiles anew without a
 * word. Imported first, by `needs-node.mjs` and, for whoever starts them without it, by the commands: what they import
 * by a statement is compiled before this, hence their `import()`. Not in TypeScript, which an older Node could not read.
 */
import { mkdirSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Node itself would go on for ever where a file system says that nothing is there, and lets nothing be made. */
function canBeKept() {
  try {
    mkdirSync(join(tmpdir(), 'node-compile-cache'));
    return true;
  } catch ({ code }) {
    return code === 'EEXIST';
  }
}

// An older Node does not have it.
if (canBeKept()) nodeModule.enableCompileCache?.();
