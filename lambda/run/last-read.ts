/** When the newest syncs of an integration were last read. */
import type { History } from '../walk/history.ts';

/**
 * Up to `headAt` its history is whole. Where all of its rows have left the source, that stays where it was, since nobody
 * knows what came and went; but its list is read in every run all the same.
 *
 * @returns in milliseconds; null: never.
 */
export function lastReadAt({ headAt, empty, stretches, scans }: History): number | null {
  const hasLeft = empty && stretches.length > 0;
  return hasLeft ? (scans.headAt ?? headAt) : headAt;
}
