/**
 * Joins rows to a day's object. The join is what makes the lake hold every sync once, whatever the runs and
 * crashes that led there: done twice, it gives the same bytes.
 */
import type { Instant } from '../rows/instant.ts';
import { rereadSyncLine, type SyncRow } from '../rows/sync-row.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

export interface JoinedDay {
  /** The new object, or undefined where nothing in it has changed. */
  readonly body: Buffer | undefined;
  /** Starts of the rows that were not there before, by integration. */
  readonly created: ReadonlyMap<string, ReadonlySet<Instant>>;
  readonly counts: { new: number; updated: number; unchanged: number };
  /** Of the integrations that had rows to join: the syncs of the day that are not final. */
  readonly open: ReadonlyMap<string, readonly Instant[]>;
}

/** Which of two rows of one sync stands: absent, then open, then final; of two finals the later finish, then the later observation. */
export function standing(before: SyncRow, after: SyncRow): SyncRow {
  if (before.final !== after.final) return before.final ? before : after;
  return after.final && (after.finish ?? '') < (before.finish ?? '') ? before : after;
}

/** The order of the lines. */
export function compareSyncs(a: SyncRow, b: SyncRow): number {
  return compare(a.integrationId, b.integrationId) || compare(a.start, b.start);
}

/**
 * @param existing the object as it stands, or undefined. @param name its key, for messages.
 * @param rows of that day, each sync once, in the order of the lines.
 * @throws {Damaged} where the object can't be read.
 */
export async function joinDay(
  existing: Uint8Array | undefined,
  name: string,
  rows: readonly SyncRow[],
): Promise<JoinedDay> {
  const counts = { new: 0, updated: 0, unchanged: 0 };
  const created = new Map<string, Set<Instant>>();
  const open = new Map<string, Instant[]>();
  for (const { integrationId } of rows) {
    created.set(integrationId, new Set());
    open.set(integrationId, []);
  }
  const writer = new LineWriter();
  let next = 0;

  const write = async (row: SyncRow): Promise<void> => {
    if (!row.final) open.get(row.integrationId)?.push(row.start);
    await writer.write(row.line);
  };
  const writeNew = async (row: SyncRow): Promise<void> => {
    counts.new += 1;
    created.get(row.integrationId)?.add(row.start);
    await write(row);
  };

  let previous: string | undefined;
  if (existing) {
    for await (const lines of readLines(existing, name)) {
      for (const line of lines) {
        const integrationId = integrationOf(line, name);
        if (previous !== undefined && integrationId < previous) throw damagedObject(name);
        previous = integrationId;
        for (let row = rows[next]; row && row.integrationId < integrationId; row = rows[next]) {
          await writeNew(row);
          next += 1;
        }
        // Lines of integrations that have nothing to join are passed on as text.
        if (!created.has(integrationId)) {
          await writer.write(line);
          continue;
        }
        const stored = storedRow(line, name);
        for (let row = rows[next]; row && compareSyncs(row, stored) < 0; row = rows[next]) {
          await writeNew(row);
          next += 1;
        }
        const same = rows[next];
        if (!same || compareSyncs(same, stored) !== 0) {
          await write(stored);
          continue;
        }
        next += 1;
        const stands = standing(stored, same);
        counts[stands.line === stored.line ? 'unchanged' : 'updated'] += 1;
        await write(stands);
      }
    }
  }
  for (const row of rows.slice(next)) await writeNew(row);
  const changed = counts.new + counts.updated > 0;
  return { body: changed ? await writer.finish() : undefined, created, counts, open };
}

function integrationOf(line: string, name: string): string {
  const [, id] = /^\{"integration_id":("(?:[^"\\]|\\.)*"),.*\}$/s.exec(line) ?? [];
  try {
    if (id !== undefined) return JSON.parse(id);
  } catch {
    // Said below.
  }
  throw damagedObject(name);
}

function storedRow(line: string, name: string): SyncRow {
  try {
    return rereadSyncLine(line);
  } catch {
    throw damagedObject(name);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
