/**
 * Makes a folder and those above it, one by one from the lowest that is there. Node's own way, `recursive`, goes on
 * for ever where a file system says that nothing is there, and does not let anything be made: `/proc` does.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreFailure } from '../../lambda/errors/store-failure.ts';
import { type Choice, explained, isSystemError, usualChoice } from './file-error.ts';

/**
 * @param choice how a person names another place. @default with `--data`
 * @returns the folders that were made, the highest first. @throws {StoreFailure} naming what can't be made, and why.
 */
export function makeFolder(folder: string, choice = usualChoice): string[] {
  const missing: string[] = [];
  for (let at = resolve(folder); !isThere(at, choice); at = dirname(at)) missing.unshift(at);
  return missing.filter((each) => make(each, choice));
}

function isThere(path: string, choice: Choice): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return false;
    throw explained(path, error, choice);
  }
}

/** @returns whether it was made here; somebody else may have been faster. */
function make(folder: string, choice: Choice): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (isFolder(folder)) return false;
    throw refused(folder, error, choice);
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
function refused(folder: string, error: unknown, choice: Choice): unknown {
  if (!isSystemError(error)) return error;
  const above = dirname(folder);
  if (error.code === 'ENOENT') {
    const message = `${folder} can not be made: ${above} lets nothing be made in it. Choose ${choice}.`;
    return new StoreFailure(message, { cause: error, isOfWholeStore: true });
  }
  if (error.code === 'EEXIST') return explained(folder, error, choice);
  const reason = explained(above, error, choice);
  if (!(reason instanceof StoreFailure)) return reason;
  return new StoreFailure(`${folder} can not be made: ${reason.message}`, {
    cause: error,
    isOfWholeStore: true,
  });
}
