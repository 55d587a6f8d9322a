/** `npm run query -- "SELECT …"`: one SQL statement over the lake on this disk. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { query } = await import('../local/query/command.ts');

await query(process.argv.slice(2));
