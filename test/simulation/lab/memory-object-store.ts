import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { entityTag } from '../../../lambda/objects/entity-tag.ts';
import type { ObjectStore, StoredObject } from '../../../lambda/objects/object-store.ts';

/** For simulation. Bodies are copied in and out, so that nobody changes what is stored. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects: Map<string, StoredObject & { readonly ordinal: number }>;
  #writes: number;

  /** @param from a store that this one begins as a copy of. */
  constructor(from?: MemoryObjectStore) {
    this.#objects = new Map(from ? from.#objects : []);
    this.#writes = from ? from.#writes : 0;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const stored = this.#objects.get(key);
    return stored && { body: new Uint8Array(stored.body), etag: stored.etag };
  }

  async put(key: string, body: Uint8Array, expected: string | undefined): Promise<void> {
    if (this.#objects.get(key)?.etag !== expected) throw new LostRace(key);
    this.#writes += 1;
    this.#objects.set(key, { body: new Uint8Array(body), etag: entityTag(body), ordinal: this.#writes });
  }

  /** The body itself, for who only reads it: another body is stored as another object. */
  bodyOf(key: string): Uint8Array | undefined {
    return this.#objects.get(key)?.body;
  }

  /** Which of all writes it was: in place of a time. */
  writtenAt(key: string): number {
    return this.#objects.get(key)?.ordinal ?? 0;
  }

  /** Somebody has removed it. */
  lose(key: string): void {
    this.#objects.delete(key);
  }

  /** The keys of everything that is stored, sorted. */
  keys(): string[] {
    return [...this.#objects.keys()].sort();
  }
}
