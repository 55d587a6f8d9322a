import { type Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { Answered } from './answered.ts';
import type { WrongUse } from './wrong-use.ts';

/**
 * Parses without a word of Commander's own, for a program that tells all faults of its command line in its own way: what
 * belongs to no option is left in `program.args`.
 *
 * @param wrongUse makes the error of a fault, a sentence without its full stop.
 * @throws {WrongUse} an option without its value. @throws {Answered}
 */
export function parseSilently(
  program: Command,
  commandLine: readonly string[],
  wrongUse: (fault: string) => WrongUse,
): void {
  program
    .version(version)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    program.parse([...commandLine], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new Answered();
    throw wrongUse(error.message.replace(/^error: /, ''));
  }
}
