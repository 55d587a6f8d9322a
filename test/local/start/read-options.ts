/** From the command line to the options in one step. */
import { readCommandLine } from '../../../local/start/command-line.ts';
import { checkOptions, type StartOptions } from '../../../local/start/options.ts';

export function readOptions(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  return checkOptions(readCommandLine(commandLine, environment), environment);
}
