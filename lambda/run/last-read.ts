/** When the newest syncs of an integration were last read. */
import type { IntegrationState } from '../checkpoint/integration-record.ts';

/**
 * Up to `headAt` its history is whole. Where all of its rows have left the source, that stays where it was, since nobody
 * knows what came and went; but its list is read in every run all the same.
 *
 * @returns in milliseconds; null: never.
 */
export function lastReadAt({ history, failure, checkedAt }: IntegrationState): number | null {
  const { headAt, empty, stretches } = history;
  const hasLeft = empty && stretches.length > 0 && failure === null;
  return hasLeft ? checkedAt : headAt;
}
