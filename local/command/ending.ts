/** How a command ends with an error: what a person is told, and the exit code. Nobody is shown a stack. */
import { CommanderError } from 'commander';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';
import { Answered } from './answered.ts';
import { outliveOutput } from './outlive-output.ts';
import { WrongUse } from './wrong-use.ts';

/**
 * Does the work of a command. Where it throws, that is told on standard error, and the process ends with the code
 * of the README's table.
 *
 * @param opening stands before the message of an error that is meant for people. @default nothing
 */
export async function endingInWords(work: () => Promise<unknown>, opening = ''): Promise<void> {
  outliveOutput([process.stdout, process.stderr]);
  try {
    await work();
  } catch (error) {
    process.exitCode = explain(error, opening);
  }
}

/** @returns the exit code. */
export function explain(error: unknown, opening = ''): number {
  if (error instanceof Answered) return 0;
  // Commander itself has told what is wrong, or answered.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUse) {
    console.error(error.message);
    return 2;
  }
  if (isFolderGone(error)) {
    console.error(
      'Error: the folder that this was started in is gone: go to another one (cd), and run it again.',
    );
    return 1;
  }
  const message = error instanceof Error ? error.message : String(error);
  console.error(isForPeople(error) ? `${opening}${message}` : `Error: a fault of this program: ${message}`);
  return 1;
}

/** A relative path, and some packages, need the folder that the process is in; it may have been removed meanwhile. */
function isFolderGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('syscall' in error && error.syscall === 'uv_cwd') || isFolderGone(error.cause);
}
