/** `npm run query -- "SELECT …"`: one SQL statement over the lake on this disk. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { query } = await import('../local/query/command.ts');

await query(process.argv.slice(2));
