import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CheckpointRecord,
  CheckpointStore,
  DamagedRecord,
} from '../../lambda/checkpoint/checkpoint-store.ts';
import { Damaged } from '../../lambda/errors/damaged.ts';
import { LostRace } from '../../lambda/errors/lost-race.ts';
import { ConditionalWrites } from './conditional-write.ts';
import { explaining } from './file-error.ts';
import { pathBelow } from './path-below.ts';
import { readFileIfThere, undefinedIfMissing } from './read-file.ts';
import { formatRecord, itemOfDamaged, parseRecord, recordFileName } from './record-file.ts';
import { ownerIsDead } from './run-owner.ts';

/** The checkpoint on a local disk: a record is the file `checkpoint/workspace=W/<item>.json`. */
export class FileCheckpointStore implements CheckpointStore {
  readonly #checkpoint: string;
  readonly #writes: ConditionalWrites;
  readonly ownerIsDead: (owner: string) => boolean;

  constructor(directory: string) {
    this.#checkpoint = join(directory, 'checkpoint');
    this.#writes = new ConditionalWrites(directory, 'checkpoint');
    this.ownerIsDead = (owner) => ownerIsDead(directory, owner);
  }

  async list(workspace: string): Promise<(CheckpointRecord | DamagedRecord)[]> {
    const folder = this.#folder(workspace);
    const records: (CheckpointRecord | DamagedRecord)[] = [];
    const names = await explaining(folder, () => readdir(folder).catch(undefinedIfMissing));
    // One after the other: thousands at once would use up the files that a process may have open.
    for (const name of names ?? []) {
      // macOS leaves files beside ours that begin with a dot.
      if (name.startsWith('.') || !name.endsWith('.json')) continue;
      const file = join(folder, name);
      const content = await readFileIfThere(file);
      if (content) records.push(recordOrDamage(content, file));
    }
    return records;
  }

  async get(workspace: string, item: string): Promise<CheckpointRecord | undefined> {
    const file = this.#file(workspace, item);
    const content = await readFileIfThere(file);
    return content && parseRecord(content, file);
  }

  async put(workspace: string, record: CheckpointRecord, expected: number | undefined): Promise<void> {
    await this.#writes.write(this.#file(workspace, record.item), formatRecord(record), async () => {
      const stored = await this.get(workspace, record.item);
      if (stored?.version !== expected) throw new LostRace(`The checkpoint record ${record.item}`);
    });
  }

  #folder(workspace: string): string {
    return pathBelow(this.#checkpoint, `workspace=${workspace}`);
  }

  #file(workspace: string, item: string): string {
    return join(this.#folder(workspace), recordFileName(item));
  }
}

function recordOrDamage(content: Uint8Array, file: string): CheckpointRecord | DamagedRecord {
  try {
    return parseRecord(content, file);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return { item: itemOfDamaged(content, file), damaged: error };
  }
}
