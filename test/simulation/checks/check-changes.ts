/** What is told of changes is a chain for each field, which ends at what the integrations are now: nothing lost or doubled. P2. */
import { expect } from '../difference.ts';
import type { Lake } from './read-lake.ts';

/** @param isSettled the last run ended as it should: nothing is told that is not taken over. */
export function checkChanges({ changes, integrations }: Lake, isSettled: boolean): void {
  const last = new Map<string, unknown>();
  for (const { integration_id, field, before, after } of changes) {
    const key = `${integration_id} ${field}`;
    const told = last.has(key) ? last.get(key) : before;
    expect(
      told === before && before !== after,
      () => `P2: ${key} went from ${told}, and is told from ${before} to ${after}`,
    );
    last.set(key, after);
  }
  if (!isSettled) return;
  for (const line of integrations) {
    for (const field of ['listed', 'integration_name', 'integration_status', 'integration_type']) {
      const key = `${line.integration_id} ${field}`;
      const cell = line[field] ?? null;
      const now = cell === null ? null : String(cell);
      expect(
        !last.has(key) || last.get(key) === now,
        () => `P2: ${key} is ${now}, and was told as ${last.get(key)}`,
      );
    }
  }
}
