/** Processes that end with this one, however it ends: see tether.py. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalAwsFailure } from './local-aws-failure.ts';
import { logTail } from './log-tail.ts';

export interface TetheredCommand {
  /** A Python 3: it holds the tether. */
  readonly python: string;
  readonly command: readonly string[];
  /** All of it: nothing of this process's own environment is added. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** The file to which its output is added. */
  readonly log: string;
}

export interface TetheredProcess {
  /** Its exit code, once it has ended, for whatever reason. */
  readonly ended: Promise<number>;
  /** Kills it and all that it has started, and resolves once they are gone. */
  stop(): Promise<void>;
}

export async function startTethered(options: TetheredCommand): Promise<TetheredProcess> {
  const { python, command, environment, directory, log } = options;
  const output = await open(log, 'a');
  try {
    const child = spawn(python, [join(import.meta.dirname, 'tether.py'), ...command], {
      cwd: directory,
      env: environment,
      stdio: ['pipe', output.fd, output.fd],
      // A Ctrl-C on the terminal reaches this process alone, which then lets go.
      detached: true,
    });
    // A tether that has ended takes no more input.
    child.stdin?.on('error', () => {});
    const ended = once(child, 'close').then(([code, signal]) => (signal ? 1 : Number(code)));
    // Whoever waits for it learns of it; nobody has to.
    ended.catch(() => {});
    await once(child, 'spawn');
    return {
      ended,
      stop: async () => {
        child.stdin?.destroy();
        await ended;
      },
    };
  } finally {
    await output.close();
  }
}

/**
 * Runs a command to its end.
 * @throws {LocalAwsFailure} saying `advice` and the end of the log, when it fails.
 */
export async function runTethered(
  options: TetheredCommand & { readonly advice: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { advice, log, signal } = options;
  const child = await startTethered(options);
  const stop = () => void child.stop();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const code = await child.ended;
  signal?.removeEventListener('abort', stop);
  if (code !== 0) throw new LocalAwsFailure(`${advice} The end of ${log}:\n${await logTail(log)}`);
}
