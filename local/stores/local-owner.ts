/** Who does something on this disk: `<hostname>:<pid>:<random>`, so that others can tell whether they still live. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Tells this process from an earlier one of the same number: a container's processes get the same each time. */
const thisProcess = randomBytes(4).toString('hex');

/** A new owner in this process; each call gives another. */
export function localOwner(): string {
  return `${hostname()}:${process.pid}:${thisProcess}${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the owner's process is known to have ended. One of another host: false; so is one that nobody has waited
 * for, and whose entry lingers.
 */
export function processIsDead(owner: string): boolean {
  const [, host, pid, random] = /^(.+):([1-9]\d{0,9}):([^:]+)$/.exec(owner) ?? [];
  if (host !== hostname() || pid === undefined || random === undefined) return false;
  if (Number(pid) === process.pid) return !random.startsWith(thisProcess);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
