/** `npm run mutate`: the tests against the program with one mistake at a time. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { mutateMany } = await import('../test/mutation/command.ts');

await mutateMany();
