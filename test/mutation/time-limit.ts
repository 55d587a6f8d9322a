/**
 * A limit that also ends a loop that never lets go: a thread beside it keeps the time, writes the line down, and kills
 * the process. A busy computer is no loop: what counts is the time that the process works. What waits for something
 * that never comes does no work at all, and is ended sooner: no test sleeps.
 */
import { Worker } from 'node:worker_threads';

const watch = `
  const { appendFileSync } = require('node:fs');
  const { parentPort } = require('node:worker_threads');
  const everyMs = 100;
  let timer;
  const workedMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  parentPort.on('message', ({ path, line, ms }) => {
    clearInterval(timer);
    if (line === undefined) return;
    const mostIdle = ms / 2 / everyMs;
    const began = workedMs();
    let before = began;
    let idle = 0;
    timer = setInterval(() => {
      const now = workedMs();
      idle = now - before < everyMs / 20 ? idle + 1 : 0;
      before = now;
      if (now - began < ms && idle < mostIdle) return;
      clearInterval(timer);
      appendFileSync(path, line);
      process.kill(process.pid, 'SIGKILL');
    }, everyMs);
  });
`;

export interface TimeLimit {
  start(line: string, ms: number): void;
  stop(): void;
}

/** @param path of the file to which the line is added. */
export function openTimeLimit(path: string): TimeLimit {
  const thread = new Worker(watch, { eval: true });
  thread.unref();
  return {
    start: (line, ms) => thread.postMessage({ path, line, ms }),
    stop: () => thread.postMessage({}),
  };
}
