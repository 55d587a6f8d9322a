/**
 * The lake's objects, behind the few operations that an object store does atomically.
 * They map one to one on S3: `If-None-Match: *` to create, `If-Match` to replace.
 */
export interface ObjectStore {
  /** The whole object and its entity tag, or undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>;

  /**
   * Writes the object if it still is what the caller has read: `expected` is the entity tag that `get`
   * gave, or undefined where the object must not exist yet. Readers see the old or the new object whole.
   *
   * @throws {LostRace} somebody else has written it since; nothing was written.
   * Any other error leaves it open whether the object was written: read it before trying again.
   */
  put(key: string, body: Uint8Array, expected: string | undefined): Promise<void>;
}

export interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
}
