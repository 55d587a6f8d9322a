/** `npm start`: a run on this machine, into a folder. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { start } = await import('../local/start/start.ts');

await start(process.argv.slice(2), async (options) => {
  // Only where a report is written: an export needs neither the database nor the charts.
  const { writeReport } = await import('../report/write-report.ts');
  return (await writeReport({ ...options, choice: 'another folder with --data' })).file;
});
