/** A process of its own, that asks one question and says what that took: `asked-question.ts FOLDER SQL`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTables, createViews, openDatabase } from '../../local/query/database.ts';
import { neededFor } from '../../local/query/needed.ts';

/** What this process has read so far; null where the system does not tell. */
function bytesRead(): number | null {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

const [, , folder = '', sql = ''] = process.argv;
const cpu = process.cpuUsage();
const before = bytesRead();
// As `npm run query` does it, but not locked: DuckDB is to tell how many files it opens.
const { connection, close } = await openDatabase();
const needed = neededFor(sql);
await createTables(connection, join(folder, 'lake'), needed);
await createViews(connection, needed);
const analyzed = await connection.runAndReadAll(`EXPLAIN (ANALYZE, FORMAT json) ${sql}`);
const { user, system } = process.cpuUsage(cpu);
const after = bytesRead();
const files = String(analyzed.getRows()[0]?.at(-1)).matchAll(/"Total Files Read": "(\d+)/g);
close();
console.log(
  JSON.stringify({
    cpuSeconds: (user + system) / 1e6,
    megabytesRead: after === null || before === null ? null : (after - before) / 1e6,
    files: [...files].reduce((sum, [, count]) => sum + Number(count), 0),
    residentMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
