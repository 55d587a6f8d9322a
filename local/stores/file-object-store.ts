import { join } from 'node:path';
import { LostRace } from '../../lambda/errors/lost-race.ts';
import { entityTag } from '../../lambda/objects/entity-tag.ts';
import type { ObjectStore, StoredObject } from '../../lambda/objects/object-store.ts';
import { ConditionalWrites } from './conditional-write.ts';
import { pathBelow } from './path-below.ts';
import { readFileIfThere } from './read-file.ts';

/**
 * The lake on a local disk: an object is the file `lake/<key>`. Nothing but whole objects ever stands under
 * `lake/`; what it takes to write them is under `tmp/` beside it.
 */
export class FileObjectStore implements ObjectStore {
  readonly #lake: string;
  readonly #writes: ConditionalWrites;

  constructor(directory: string) {
    this.#lake = join(directory, 'lake');
    this.#writes = new ConditionalWrites(directory, 'lake');
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const body = await readFileIfThere(pathBelow(this.#lake, key));
    return body && { body, etag: entityTag(body) };
  }

  async put(key: string, body: Uint8Array, expected: string | undefined): Promise<void> {
    await this.#writes.write(pathBelow(this.#lake, key), body, async () => {
      const stored = await this.get(key);
      if (stored?.etag !== expected) throw new LostRace(key);
    });
  }
}
