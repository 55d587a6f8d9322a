/** A lake below `DIR/lake/` on this disk. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { AuditFailure } from '../audit-failure.ts';
import type { LakeSource, ObjectEntry, ReadObject } from '../sources.ts';
import { unreadable } from './unreadable.ts';

export class LakeFolder implements LakeSource {
  readonly #folder: string;

  /** @param directory holds `lake/`. */
  constructor(directory: string) {
    this.#folder = join(directory, 'lake');
  }

  async list(): Promise<ObjectEntry[]> {
    const found = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        // Below what is no folder nothing can be.
        if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
          throw unreadable(error.path ?? this.#folder, error);
        throw new AuditFailure(
          `there is no lake in ${dirname(this.#folder)}: name the folder that holds lake/ with --data.`,
        );
      },
    );
    const entries: ObjectEntry[] = [];
    for (const each of found) {
      // macOS leaves files beside ours that begin with a dot.
      if (each.isDirectory() || each.name.startsWith('.')) continue;
      const path = join(each.parentPath, each.name);
      const { mtimeMs, size } = await stat(path);
      const key = relative(this.#folder, path).split(sep).join('/');
      entries.push({ key, tag: `${mtimeMs} ${size}`, writtenAt: mtimeMs });
    }
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async read(key: string): Promise<ReadObject | undefined> {
    try {
      return { body: await readFile(join(this.#folder, ...key.split('/'))) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw unreadable(join(this.#folder, key), error as NodeJS.ErrnoException);
    }
  }
}
