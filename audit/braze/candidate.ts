/** A difference between the lake and what Braze has, before it was looked at a second time. */
import { isDeepStrictEqual } from 'node:util';
import { membersIn } from '../rows/json.ts';

export interface Candidate {
  readonly kind: 'missing' | 'differs' | 'only_in_lake';
  readonly key: string;
  readonly integrationId: string;
  readonly start: string;
  /** As the lake has it; undefined: it has not. */
  readonly raw?: string;
}

/** The same row to the letter, or in all but how its start is spelled. */
export function isSameRow(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [membersIn(one), membersIn(other)];
  if (!a || !b || a.sync_start_time === b.sync_start_time) return false;
  return isDeepStrictEqual({ ...a, sync_start_time: null }, { ...b, sync_start_time: null });
}
