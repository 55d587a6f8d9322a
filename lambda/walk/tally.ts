/**
 * What a pass through a list has met, in a few figures: how many syncs, between which starts, and a digest that does
 * not hang on the order in which they came. Two passes with the same tally have met the same syncs: the digest is
 * the sum of 128 bits of a hash of each start.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../rows/instant.ts';

export interface Tally {
  readonly count: number;
  /** 32 hexadecimal digits. */
  readonly digest: string;
  /** Null where there is none. */
  readonly newest: Instant | null;
  readonly oldest: Instant | null;
}

const digits = 32;
const modulus = 1n << 128n;

export const emptyTally: Tally = { count: 0, digest: '0'.repeat(digits), newest: null, oldest: null };

/** @param starts each of which is counted once: which were counted before is the caller's to know. */
export function count(tally: Tally, starts: readonly Instant[]): Tally {
  let sum = BigInt(`0x${tally.digest}`);
  let { newest, oldest } = tally;
  for (const start of starts) {
    sum += BigInt(`0x${createHash('sha256').update(start).digest('hex').slice(0, digits)}`);
    if (newest === null || start > newest) newest = start;
    if (oldest === null || start < oldest) oldest = start;
  }
  const digest = (sum % modulus).toString(16).padStart(digits, '0');
  return { count: tally.count + starts.length, digest, newest, oldest };
}

export function isSameTally(one: Tally, other: Tally): boolean {
  return (
    one.count === other.count &&
    one.digest === other.digest &&
    one.newest === other.newest &&
    one.oldest === other.oldest
  );
}
