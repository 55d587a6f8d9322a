/** Fetches the local AWS, by pip, into a Python environment of its own. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchedFolder, fetchOnce } from './fetch-once.ts';
import { findPython } from './python.ts';
import { runTethered } from './tethered-process.ts';

const requirements = join(import.meta.dirname, 'ministack-requirements.txt');

export interface FetchOptions {
  /** Told when something really is fetched, which takes a while. */
  readonly say?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @returns the Python that has the local AWS. @throws {LocalAwsFailure} */
export async function fetchMinistack({ say, signal }: FetchOptions = {}): Promise<string> {
  const python = await findPython();
  const pins = await readFile(requirements);
  const folder = await fetchOnce({
    name: 'ministack',
    // An environment belongs to the Python that made it.
    version: `${hash('sha256', pins, 'hex').slice(0, 12)}-python${python.version}`,
    fetch: async (partial) => {
      say?.('Fetching the local AWS (ministack, 20 MB, once) …');
      const environment = join(partial, 'environment');
      const pip = [join(environment, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', '--no-deps'];
      const commands = [
        [python.command, '-m', 'venv', environment],
        [...pip, '--requirement', requirements],
      ];
      for (const command of commands) {
        await runTethered({
          python: python.command,
          command,
          environment: process.env,
          directory: partial,
          log: join(fetchedFolder, 'fetch-ministack.log'),
          advice:
            'The local AWS could not be fetched: see whether pip reaches its package index, then run this again.',
          signal,
        });
      }
    },
  });
  return join(folder, 'environment', 'bin', 'python');
}
