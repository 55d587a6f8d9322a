/**
 * How a command is told to stop: by a signal, or by the end of the shell that npm puts between. Whoever ends npm by its
 * process id (a supervisor, `kill`) ends that shell with it, and no signal ever comes here.
 */
import type { Environment } from './swallowed-options.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Milliseconds. */
const lookEvery = 250;

/** Another one that has taken its place is looked at twice: where a signal goes to both, it has come here by then. */
const looksUntilGone = 2;

export interface Told {
  /** For each signal: it may be the second one. */
  readonly bySignal: () => void;
  /** Once. */
  readonly byItsEnd: () => void;
}

/** @returns what ends the listening. */
export function whenStopped({ bySignal, byItsEnd }: Told, environment: Environment): () => void {
  for (const signal of signals) process.on(signal, bySignal);
  const parent = process.ppid;
  let looks = 0;
  // Without npm a parent may end, and leave this behind on purpose.
  const timer = environment.npm_lifecycle_event
    ? setInterval(() => {
        if (process.ppid !== parent && ++looks === looksUntilGone) byItsEnd();
      }, lookEvery).unref()
    : undefined;
  return () => {
    clearInterval(timer);
    for (const signal of signals) process.off(signal, bySignal);
  };
}
