/** How a command without wrong use of its own reads its options: it ends the process where there is nothing to do. */
import type { Command } from 'commander';
import { version } from '../version.ts';
import { outliveOutput } from './outlive-output.ts';
import { hintAtSwallowed, swallowedFault } from './swallowed-options.ts';

/** Ends the process: with 0 where help or the version was asked for, with 2 where the use is wrong. */
export function parseOrExit(command: Command): Command {
  outliveOutput([process.stdout, process.stderr]);
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)).version(version);
  const fault = swallowedFault(command, process.env);
  if (fault) command.error(`error: ${fault}.`);
  return hintAtSwallowed(command).parse();
}
