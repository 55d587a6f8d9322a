import { clearHalfMade } from '../stores/half-made.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does the work of a command. Where somebody stops it (Ctrl-C, a closed terminal), what is half made is taken away, and it
 * dies of the signal: whoever has started it sees what of. The same where it ends the process at once.
 *
 * Not for `npm start` and `npm run rehearse`: after a signal they go on, to an end of their own.
 */
export async function untilStopped<T>(work: () => Promise<T>): Promise<T> {
  const stop = (signal: NodeJS.Signals) => {
    clearHalfMade();
    for (const each of signals) process.off(each, stop);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, stop);
  process.on('exit', clearHalfMade);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
    process.off('exit', clearHalfMade);
  }
}
