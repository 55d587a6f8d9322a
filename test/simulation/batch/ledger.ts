/** What has been played so far, a line of JSON each batch, in a file that only grows. */
import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ledgerFile = fileURLToPath(new URL('../ledger.ndjson', import.meta.url));

export interface Batch {
  /** Seed of the first; the others count up from it. */
  readonly seed: number;
  readonly histories: number;
  /** What goes wrong in them, or which parts of how integrations stand. */
  readonly played: readonly string[];
  readonly exports?: number;
  readonly requests?: number;
  /** How often something untrue was said. */
  readonly lies?: number;
  /** Rows that were looked for because a claim covers them. */
  readonly claims?: number;
  /** The most quiet runs that it took until all was complete, once the world had come to rest. */
  readonly quiet_runs?: number;
  readonly seconds: number;
  /** Seeds. */
  readonly failed: readonly number[];
}

export async function writeDown(batch: Batch, file = ledgerFile): Promise<void> {
  const line = { date: new Date().toISOString().slice(0, 10), commit: await commitAtHand(), ...batch };
  await appendFile(file, `${JSON.stringify(line)}\n`);
}

/** With a `+` where what is played differs from it; null outside of a clone. */
async function commitAtHand(): Promise<string | null> {
  const git = async (...command: string[]) => {
    const { stdout } = await promisify(execFile)('git', command, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    });
    return stdout.trim();
  };
  try {
    const commit = await git('rev-parse', '--short=10', 'HEAD');
    const played = ['../../lambda', '../../local/simulator', '.', ':(exclude)ledger.ndjson'];
    return (await git('status', '--porcelain', '--', ...played)) === '' ? commit : `${commit}+`;
  } catch {
    return null;
  }
}
