import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly pid: number;
  /** Its next line of output, or undefined where it has ended. */
  nextLine(): Promise<string | undefined>;
  /** SIGKILL: it can do nothing more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Its exit code. */
  readonly exited: Promise<number | null>;
}

/** A real process of its own, running a TypeScript program; killed at the latest when the test ends. */
export function startChild(program: string, ...options: string[]): Child {
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  return {
    pid: child.pid ?? 0,
    nextLine: async () => (await lines.next()).value,
    kill,
    exited,
  };
}
