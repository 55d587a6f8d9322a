const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does the work, and what is to be done at its end: also where somebody stops the program meanwhile. */
export async function untilStopped<T>(work: () => Promise<T>, atEnd: () => void): Promise<T> {
  const stop = (signal: NodeJS.Signals) => {
    atEnd();
    for (const each of signals) process.off(each, stop);
    // Whoever has started it sees what it has died of.
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
    atEnd();
  }
}
