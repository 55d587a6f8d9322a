/** Tools that are fetched once, and kept in a folder that git ignores. */
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface FetchOptions {
  /** Told when something really is fetched, which takes a while. */
  readonly say?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Beside the project's own folders, so that a fresh clone begins without it and `git clean` removes it. */
export const fetchedFolder = join(import.meta.dirname, '../..', '.local-aws');

export interface Fetched {
  readonly name: string;
  /** Part of the folder's name: another version is fetched anew, and replaces this one. */
  readonly version: string;
  /** Fills the folder. It stands elsewhere until this is done, so that an interrupted fetch leaves nothing half done. */
  readonly fetch: (folder: string) => Promise<void>;
}

/** @param folder where all tools stand. @returns where this one stands. */
export async function fetchOnce({ name, version, fetch }: Fetched, folder = fetchedFolder): Promise<string> {
  const target = join(folder, `${name}-${version}`);
  if (await isThere(target)) return target;
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder, name);
  const partial = join(folder, `${name}.partial-${process.pid}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  try {
    await fetch(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process has fetched the same in the meantime.
    if (await isThere(target)) return target;
    throw error;
  }
  await removeOtherVersions(folder, name, version);
  return target;
}

/** What processes left behind that were killed while they fetched. Those that still live are left alone. */
async function removeAbandoned(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const [, pid] = new RegExp(`^${name}\\.partial-(\\d+)$`).exec(entry) ?? [];
    if (pid && !lives(Number(pid))) await rm(join(folder, entry), { recursive: true, force: true });
  }
}

async function removeOtherVersions(folder: string, name: string, version: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(`${name}-`) && entry !== `${name}-${version}`)
      await rm(join(folder, entry), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
