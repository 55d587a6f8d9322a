/** When the newest syncs of an integration were last read. */
import type { History } from '../walk/history.ts';

/**
 * Up to `headAt` its history is whole. Where all of its rows have left the source, that stays where it was, since nobody
 * knows what came and went; but its list is read in every run all the same. And where the list is in no order, it is a
 * pass behind: the last one has read all that there was, though no other has proved it yet.
 *
 * @returns in milliseconds; null: never.
 */
export function lastReadAt({ headAt, order, empty, stretches, scans }: History): number | null {
  const hasLeft = empty && stretches.length > 0;
  if (hasLeft) return scans.headAt ?? headAt;
  const passAt = order === 'unordered' ? scans.before?.began : undefined;
  return passAt === undefined ? headAt : Math.max(passAt, headAt ?? passAt);
}
