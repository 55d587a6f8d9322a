/**
 * A limit that also ends a loop that never lets go: a thread beside it keeps the time, writes the line down, and kills
 * the process. A busy computer is no loop: what counts is the time that the process works; and a longer one for what
 * waits for something that never comes.
 */
import { Worker } from 'node:worker_threads';

const watch = `
  const { appendFileSync } = require('node:fs');
  const { parentPort } = require('node:worker_threads');
  let timer;
  const workedMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  parentPort.on('message', ({ path, line, ms }) => {
    clearInterval(timer);
    if (line === undefined) return;
    const began = { at: performance.now(), workedMs: workedMs() };
    timer = setInterval(() => {
      if (workedMs() - began.workedMs < ms && performance.now() - began.at < 5 * ms) return;
      clearInterval(timer);
      appendFileSync(path, line);
      process.kill(process.pid, 'SIGKILL');
    }, 100);
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
