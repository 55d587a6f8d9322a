/**
 * Makes a folder and those above it, one by one from the lowest that is there. Node's own way, `recursive`, goes on
 * for ever where a file system says that nothing is there, and does not let anything be made: `/proc` does.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreFailure } from '../../lambda/errors/store-failure.ts';
import { explained, isSystemError } from './file-error.ts';

/** @returns the folders that were made, the highest first. @throws {StoreFailure} naming what can't be made, and why. */
export function makeFolder(folder: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(folder); !isThere(at); at = dirname(at)) missing.unshift(at);
  return missing.filter(make);
}

function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return false;
    throw explained(path, error);
  }
}

/** @returns whether it was made here; somebody else may have been faster. */
function make(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (isFolder(folder)) return false;
    throw refused(folder, error);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** It is the folder above that refuses: the one that was to be made is not there to be given access to. */
function refused(folder: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const above = dirname(folder);
  if (error.code === 'ENOENT') {
    const message = `${folder} can not be made: ${above} lets nothing be made in it. Choose another folder with --data.`;
    return new StoreFailure(message, { cause: error, isOfWholeStore: true });
  }
  if (error.code === 'EEXIST') return explained(folder, error);
  const reason = explained(above, error);
  if (!(reason instanceof StoreFailure)) return reason;
  return new StoreFailure(`${folder} can not be made: ${reason.message}`, {
    cause: error,
    isOfWholeStore: true,
  });
}
