/**
 * The temporary files of writers that were killed. A file's name says whose it is, so that one still being
 * written is left alone.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { localOwner, ownerIsDead } from './local-owner.ts';

const suffix = '.part';
/** No write takes this long: a file of another host, or of a number that another process has got since. */
const oldest = 60 * 60_000;

export const temporaryName = (): string => `${encodeURIComponent(localOwner())}${suffix}`;

/** Never fails: it is only tidying, and another process may tidy the same folder. */
export function sweepLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    if (!name.endsWith(suffix)) continue;
    const file = join(folder, name);
    try {
      if (ownerIsDead(ownerOf(name)) || Date.now() - statSync(file).mtimeMs > oldest) rmSync(file);
    } catch {
      // Somebody else was faster, or may and we may not.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function ownerOf(name: string): string {
  try {
    return decodeURIComponent(name.slice(0, -suffix.length));
  } catch {
    return '';
  }
}
