/** Runs a program that the package is made with; where it fails, that is told in its own words. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** A program that a package is made with has failed. The message is for a person. */
export class ToolFailure extends ExporterError {
  override readonly name = 'ToolFailure';
  override readonly isForPeople = true;
}

/** Of many lines of its own, the first say what is wrong. */
const mostLines = 3;

/** @param name as a person knows it. @returns its standard output. @throws {ToolFailure} */
export async function runTool(
  name: string,
  program: string,
  parameters: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<string> {
  try {
    return (await promisify(execFile)(program, [...parameters], options)).stdout;
  } catch (error) {
    // The message of the error itself is the whole command line.
    const {
      stdout = '',
      stderr = '',
      code,
    } = error as NodeJS.ErrnoException & Record<'stdout' | 'stderr', string>;
    const lines = `${stderr}\n${stdout}`.split('\n').filter((line) => line.trim() !== '');
    const words = lines.length > 0 ? lines.slice(0, mostLines).join('\n') : `It says nothing (${code}).`;
    throw new ToolFailure(`${name} has failed, and nothing is packed:\n${words}`, { cause: error });
  }
}
