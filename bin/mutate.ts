/** `npm run mutate`: the tests against the program with one mistake at a time. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { mutateMany } = await import('../test/mutation/command.ts');

await mutateMany();
