/** Where a lake stands on this disk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalSqlFailure } from './local-sql-failure.ts';

/** The data folders that `npm start` uses without `--data`: of a real workspace, and of the simulator. */
const usualFolders = ['./data', './data-simulated'];

export const lakeFolder = (directory: string): string => join(directory, 'lake');

/** With a slash at its end only a folder exists. */
export const hasLake = (directory: string): boolean => existsSync(join(lakeFolder(directory), '/'));

/** The data folder that is read when none is named. */
export function usualDirectory(): string | undefined {
  return usualFolders.find(hasLake);
}

/** @param named by the person who asks, if any. @throws {LocalSqlFailure} none is named, and there is no usual one. */
export function directoryToRead(named: string | undefined): string {
  const directory = named ?? usualDirectory();
  if (directory !== undefined) return directory;
  throw new LocalSqlFailure(
    'There is no lake in ./data or ./data-simulated: run npm start first, or name its folder with --data.',
  );
}
