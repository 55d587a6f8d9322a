/** `npm run report`: a lake as one HTML file. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { endingInWords } = await import('../local/command/ending.ts');
const { refuseSwallowed } = await import('../local/command/swallowed-options.ts');
const { untilStopped } = await import('../local/command/until-stopped.ts');
const { version } = await import('../local/version.ts');
const { reportCommand } = await import('../report/command.ts');

await endingInWords(async () => {
  const command = reportCommand().version(version);
  refuseSwallowed(command, process.env);
  await untilStopped(() => command.parseAsync());
});
