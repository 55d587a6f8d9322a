/** `npm run package`: a folder to deploy from without Node. */
const { endingInWords } = await import('../local/command/ending.ts');
const { refuseSwallowed } = await import('../local/command/swallowed-options.ts');
const { untilStopped } = await import('../local/command/until-stopped.ts');
const { packageCommand } = await import('../local/package/command.ts');

await endingInWords(async () => {
  const command = packageCommand();
  refuseSwallowed(command, process.env);
  await untilStopped(() => command.parseAsync());
});
