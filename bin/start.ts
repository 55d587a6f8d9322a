/** `npm start`: a run on this machine, into a folder. */
import { enableCompileCache } from 'node:module';

// Node keeps what it has compiled in the system's folder for temporary files; where it can't, it compiles anew
// without a word. What is imported by a statement is compiled before this line, hence the `import()`.
enableCompileCache();
const { start } = await import('../local/start/start.ts');

await start(process.argv.slice(2), async (options) => {
  // Only where a report is written: an export needs neither the database nor the charts.
  const { writeReport } = await import('../report/write-report.ts');
  return (await writeReport(options)).file;
});
