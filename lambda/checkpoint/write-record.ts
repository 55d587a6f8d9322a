import { isDeepStrictEqual } from 'node:util';
import { Damaged } from '../errors/damaged.ts';
import { LostRace } from '../errors/lost-race.ts';
import type { CheckpointRecord, CheckpointStore } from './checkpoint-store.ts';

const tries = 3;

/**
 * Writes a record, and knows its own write again: one whose answer was lost may have happened, and then the
 * next try is refused although nobody else was there.
 *
 * @throws {LostRace} the record has been changed by another run.
 */
export async function writeRecord(
  store: CheckpointStore,
  workspace: string,
  record: CheckpointRecord,
  expected: number | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.put(workspace, record, expected);
    } catch (error) {
      if (error instanceof Damaged) throw error;
      const stored = await store.get(workspace, record.item);
      if (stored?.version === record.version && isDeepStrictEqual(stored.data, record.data)) return;
      if (error instanceof LostRace || stored?.version !== expected || attempt === tries) throw error;
    }
  }
}
