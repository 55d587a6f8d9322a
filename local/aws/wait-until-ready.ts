import { setTimeout as after } from 'node:timers/promises';

/** @returns false when the process has ended, or was not ready in so many seconds. */
export async function waitUntilReady(
  ended: Promise<unknown>,
  seconds: number,
  isReady: (signal: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  const giveUp = AbortSignal.timeout(seconds * 1000);
  const gone = new AbortController();
  void ended.finally(() => gone.abort());
  const signal = AbortSignal.any([giveUp, gone.signal]);
  while (!signal.aborted) {
    if (await isReady(signal).catch(() => false)) return !signal.aborted;
    await after(100, undefined, { signal }).catch(() => {});
  }
  return false;
}
