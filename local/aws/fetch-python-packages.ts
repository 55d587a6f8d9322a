/** Fetches tools in Python, by pip, each into an environment of its own: their pins do not agree. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FetchOptions, fetchedFolder, fetchOnce } from './fetch-once.ts';
import { findPython } from './python.ts';
import { runTethered } from './tethered-process.ts';

export interface PythonPackages {
  readonly name: string;
  /** What is told while it is fetched: what it is, and how large. */
  readonly title: string;
  /** A file beside this one, in which every package is pinned. */
  readonly requirements: string;
}

/** The local AWS itself. */
export const ministackPackages: PythonPackages = {
  name: 'ministack',
  title: 'the local AWS (ministack, 20 MB, once)',
  requirements: 'ministack-requirements.txt',
};

export const cfnLintPackages: PythonPackages = {
  name: 'cfn-lint',
  title: 'cfn-lint (90 MB, once)',
  requirements: 'cfn-lint-requirements.txt',
};

export const awsCliPackages: PythonPackages = {
  name: 'aws-cli',
  title: 'the AWS CLI (60 MB, once)',
  requirements: 'aws-cli-requirements.txt',
};

export const analysisPackages: PythonPackages = {
  name: 'analysis',
  title: 'dbt and pandas (550 MB, once)',
  requirements: 'analysis-requirements.txt',
};

export const sqlglotPackages: PythonPackages = {
  name: 'sqlglot',
  title: 'sqlglot (5 MB, once)',
  requirements: 'sqlglot-requirements.txt',
};

export const supersetPackages: PythonPackages = {
  name: 'superset',
  title: 'Superset (850 MB, once)',
  requirements: 'superset-requirements.txt',
};

/**
 * @returns the Python that has them. Their own programs name the folder in which they were fetched, which is no
 * more: call them as modules. @throws {LocalAwsFailure}
 */
export async function fetchPythonPackages(
  { name, title, requirements }: PythonPackages,
  { say, signal }: FetchOptions = {},
): Promise<string> {
  const python = await findPython();
  const file = join(import.meta.dirname, requirements);
  const pins = await readFile(file);
  const folder = await fetchOnce({
    name,
    // An environment belongs to the Python that made it.
    version: `${hash('sha256', pins, 'hex').slice(0, 12)}-python${python.version}`,
    fetch: async (partial) => {
      say?.(`Fetching ${title} …`);
      const environment = join(partial, 'environment');
      const pip = [join(environment, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', '--no-deps'];
      for (const command of [
        [python.command, '-m', 'venv', environment],
        [...pip, '--requirement', file],
      ]) {
        await runTethered({
          python: python.command,
          command,
          environment: process.env,
          directory: partial,
          log: join(fetchedFolder, `fetch-${name}.log`),
          advice: `${name} could not be fetched: see whether pip reaches its package index, then run this again.`,
          signal,
        });
      }
    },
  });
  return join(folder, 'environment', 'bin', 'python');
}
