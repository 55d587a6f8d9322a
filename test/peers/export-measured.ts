/** One export in a process of its own, and what it needed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '../../local/aws/python.ts';
import type { Exporter } from './exporters.ts';

export interface Needed {
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly ended: number;
  /** At the most, in KB, of all its processes. */
  readonly resident: number;
  /** Its exit code. */
  readonly code: number;
}

export interface RunningExport {
  /** undefined where it was killed. */
  readonly needed: Promise<Needed | undefined>;
  /** As `kill -9` of all that it has started. */
  kill(): void;
}

/** @param folder of this exporter, made where it is not there. What it says is added to `said.log` in it. */
export async function startExport(
  exporter: Exporter,
  endpoint: string,
  folder: string,
): Promise<RunningExport> {
  await mkdir(folder, { recursive: true });
  const report = join(folder, 'needed.json');
  await rm(report, { force: true });
  const commands = await exporter.commands(endpoint, folder);
  const { command: python } = await findPython();
  const piped = commands.flatMap((command, index) => (index === 0 ? command : ['|', ...command]));
  const child = spawn(python, [join(import.meta.dirname, 'measured.py'), report, ...piped], {
    cwd: folder,
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'ignore', 'ignore'],
    // A group of its own, to be killed as a whole.
    detached: true,
  });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const needed = once(child, 'close').then(async ([code]) => {
    process.off('exit', kill);
    if (code !== 0) return undefined;
    const { began, ended, ...rest } = JSON.parse(await readFile(report, 'utf8'));
    return { began: began * 1000, ended: ended * 1000, ...rest };
  });
  return { needed, kill };
}

/** They would send home what they are used for. */
const quiet = {
  RUNTIME__DLTHUB_TELEMETRY: 'false',
  DO_NOT_TRACK: '1',
};
