/** The project of docs/bi/dbt, as a person would run it. */
import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { analysisPackages, fetchPythonPackages } from '../../../local/aws/fetch-python-packages.ts';
import { project } from '../../lib/synthesize.ts';

export interface PlacedDbt {
  /** Where its profile is read. */
  readonly directory: string;
  run(...command: string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Of the last command: the status of each node, by the last part of its name. */
  statuses(file?: string): Promise<Record<string, string>>;
}

/**
 * @param directory for a copy: dbt writes beside its project.
 * @param environment beside that of this process, or in its place.
 */
export async function placeDbt(
  directory: string,
  target: 'athena' | 'trino',
  environment: NodeJS.ProcessEnv,
): Promise<PlacedDbt> {
  const python = await fetchPythonPackages(analysisPackages, { say: console.error });
  await cp(join(project, 'docs/bi/dbt'), directory, { recursive: true });
  const env = { ...environment, DBT_PROFILES_DIR: directory, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
  const program = ['-c', 'from dbt.cli.main import cli; cli()'];
  return {
    directory,
    run: (...command) =>
      new Promise((resolve) => {
        const child = execFile(
          python,
          [...program, ...command, '--target', target, '--no-use-colors'],
          { cwd: directory, env },
          (_, stdout, stderr) => resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
        );
      }),
    statuses: async (file = 'run_results.json') => {
      const { results } = JSON.parse(await readFile(join(directory, 'target', file), 'utf8'));
      return Object.fromEntries(
        results.map(({ unique_id, status }: { unique_id: string; status: string }) => [
          unique_id.split('.').slice(2).join('.'),
          status,
        ]),
      );
    },
  };
}
