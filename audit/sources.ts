/** Where a lake and its checkpoint are read from: a folder, a bucket and a table, or memory. */

export interface ObjectEntry {
  readonly key: string;
  /** Changes when the object does. */
  readonly tag: string;
  /** When it was written, in milliseconds; undefined where that is not known. */
  readonly writtenAt?: number;
}

export interface ReadObject {
  readonly body: Uint8Array;
  /** What the store says of it; undefined where it keeps nothing of the kind. */
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
}

export interface LakeSource {
  /** Everything that stands there, in the order of the keys. */
  list(): Promise<ObjectEntry[]>;
  /** Undefined: it is gone since it was listed. */
  read(key: string): Promise<ReadObject | undefined>;
}

/** A record as it lies in its store, or why it can't be read. */
export type StoredRecord = {
  /** Where a person finds it. */
  readonly place: string;
} & (
  | { readonly item: string; readonly version: number; readonly data: unknown }
  | { readonly fault: string }
);

export interface CheckpointSource {
  workspaces(): Promise<string[]>;
  records(workspace: string): AsyncIterable<StoredRecord>;
}
