/** The checkpoint below `DIR/checkpoint/`: a file a record. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldsOf, numberOf, textOf } from '../checkpoint/fields.ts';
import type { CheckpointSource, StoredRecord } from '../sources.ts';
import { unreadable } from './unreadable.ts';

export class CheckpointFolder implements CheckpointSource {
  readonly #folder: string;

  /** @param directory holds `checkpoint/`. */
  constructor(directory: string) {
    this.#folder = join(directory, 'checkpoint');
  }

  async workspaces(): Promise<string[]> {
    const names = await namesIn(this.#folder);
    return names.flatMap((name) => (name.startsWith('workspace=') ? [name.slice('workspace='.length)] : []));
  }

  async *records(workspace: string): AsyncGenerator<StoredRecord> {
    const folder = join(this.#folder, `workspace=${workspace}`);
    for (const name of await namesIn(folder)) {
      const place = `checkpoint/workspace=${workspace}/${name}`;
      if (!name.endsWith('.json')) yield { place, fault: 'It is no record, and nothing else stands there.' };
      else yield { place, ...recordIn(await contentOf(join(folder, name))) };
    }
  }
}

const contentOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });

function recordIn(content: Uint8Array): { item: string; version: number; data: unknown } | { fault: string } {
  try {
    const record = fieldsOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)));
    const [item, version, { data }] = [textOf(record.item), numberOf(record.version), record];
    if (item !== undefined && version !== undefined && data !== undefined) return { item, version, data };
    return { fault: 'It is not a checkpoint record.' };
  } catch {
    return { fault: 'It is cut short, or not JSON.' };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    // Not that there is none, but that nobody can say what is in it.
    if (error.code !== 'ENOENT') throw unreadable(folder, error);
    return [];
  });
  return names.filter((name) => !name.startsWith('.')).sort();
}
