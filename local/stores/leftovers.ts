/**
 * The temporary files of writers that were killed, and the locks of runs. A file's name says whose it is, so that one
 * still being written is left alone.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { localOwner, processIsDead } from './local-owner.ts';
import { isFree, ownerSuffix } from './run-owner.ts';

const suffix = '.part';
/** No write takes this long: a file of another host, or of a number that another process has got since. */
const oldest = 60 * 60_000;

export const temporaryName = (): string => `${encodeURIComponent(localOwner())}${suffix}`;

/** Never fails: it is only tidying, and another process may tidy the same folder. */
export function sweepLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    try {
      if (name.endsWith(ownerSuffix) && isOld(file) && isFree(file)) rmSync(file);
      if (!name.endsWith(suffix)) continue;
      if (processIsDead(ownerOf(name)) || isOld(file)) rmSync(file);
    } catch {
      // Somebody else was faster, or may and we may not.
    }
  }
}

/** A run that has just begun has made its file, and may not have locked it yet. */
function isOld(file: string): boolean {
  return Date.now() - statSync(file).mtimeMs > oldest;
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
