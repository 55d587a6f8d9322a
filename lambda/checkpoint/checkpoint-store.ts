import type { Damaged } from '../errors/damaged.ts';

/**
 * The records that a run starts from: one an integration, one for the workspace itself.
 * They map one to one on DynamoDB: partition key `workspace`, sort key `item`, conditional puts.
 */
export interface CheckpointStore {
  /** Every record of a workspace, in no particular order. One that is damaged doesn't keep the others back. */
  list(workspace: string): Promise<(CheckpointRecord | DamagedRecord)[]>;

  /** One record, read consistently, or undefined. @throws {Damaged} */
  get(workspace: string, item: string): Promise<CheckpointRecord | undefined>;

  /**
   * Writes the record if its version is still `expected` (undefined: if there is none yet).
   * The record's own `version` is the new one.
   *
   * @throws {LostRace} somebody else has written it since; nothing was written.
   * @throws {Damaged} what stands there can't be read; nothing was written.
   * Any other error leaves it open whether the record was written: read it before trying again.
   */
  put(workspace: string, record: CheckpointRecord, expected: number | undefined): Promise<void>;

  /** Whether a lease's owner is known to be dead, so that its lease need not run out first. Where it can't be known: false. */
  ownerIsDead(owner: string): boolean;
}

export interface CheckpointRecord {
  /** Sort key: `workspace`, or `integration#` and the id. */
  readonly item: string;
  /** Counts the writes of this record, from 1. */
  readonly version: number;
  /** Plain JSON, with the version of its format in `format`. */
  readonly data: unknown;
  /** Where a person finds the record, for messages: a file's path, or table and key. */
  readonly place?: string;
}

/** In place of a record that can't be read: tell them apart by `'damaged' in record`. */
export interface DamagedRecord {
  /** Undefined where what is left doesn't tell it. */
  readonly item: string | undefined;
  /** Says which record it is, and what to do. */
  readonly damaged: Damaged;
}
