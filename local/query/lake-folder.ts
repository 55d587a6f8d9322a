/** Where a lake stands on this disk. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalSqlFailure } from './local-sql-failure.ts';

/** The data folders that `npm start` uses without `--data`: of a real workspace, and of the simulator. */
const realFolder = './data';
const simulatedFolder = './data-simulated';

export const lakeFolder = (directory: string): string => join(directory, 'lake');

/** With a slash at its end only a folder exists. */
export const hasLake = (directory: string): boolean => existsSync(join(lakeFolder(directory), '/'));

/** Whether there is an object of syncs: a run that got no answer leaves a lake without one. */
function hasSyncs(directory: string): boolean {
  const syncs = join(lakeFolder(directory), 'syncs');
  try {
    return readdirSync(syncs).some((workspace) => readdirSync(join(syncs, workspace)).length > 0);
  } catch {
    // There is none, or it can't be looked into: whoever reads it says why.
    return false;
  }
}

export interface LakeChoice {
  /** The data folder. */
  readonly directory: string;
  /** Which lake it is and why this one, as a line that stands above what it answers. */
  readonly title: string;
}

/** What is read when nothing is named: a real workspace's lake before a simulated one, but syncs before none. */
function usualLake(): LakeChoice | undefined {
  const folders = [realFolder, simulatedFolder].filter(hasLake);
  const directory = folders.find(hasSyncs) ?? folders[0];
  return directory === undefined ? undefined : { directory, title: titleOf(directory, folders) };
}

function titleOf(directory: string, folders: readonly string[]): string {
  const remarks = [
    ...(directory === simulatedFolder ? ['simulated'] : []),
    ...(hasSyncs(directory) ? [] : ['it has no syncs yet']),
    ...folders.filter((folder) => folder !== directory).map(remarkOn),
  ];
  return `The lake in ${directory}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}:`;
}

const remarkOn = (folder: string): string =>
  hasSyncs(folder)
    ? `${folder === simulatedFolder ? 'the simulated one' : 'another'} is read with --data ${folder}`
    : `the one in ${folder} has no syncs yet`;

/** The data folder that is read when none is named. */
export function usualDirectory(): string | undefined {
  return usualLake()?.directory;
}

/** @param named by the person who asks, if any. @throws {LocalSqlFailure} none is named, and there is no usual one. */
export function lakeToRead(named: string | undefined): LakeChoice {
  if (named !== undefined) return { directory: named, title: `The lake in ${named}:` };
  const usual = usualLake();
  if (usual) return usual;
  throw new LocalSqlFailure(
    'There is no lake in ./data or ./data-simulated: run npm start first, or name its folder with --data.',
  );
}
