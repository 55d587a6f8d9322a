/** Rows read and not yet committed: one for each sync, by day, as the lake will take them. */
import { quarantineLine } from '../lake/quarantine.ts';
import { compareSyncs, standing } from '../lake/sync-day.ts';
import type { Instant } from '../rows/instant.ts';
import { isPlaced, partitionOf, type QuarantinedRow, type SyncRow } from '../rows/sync-row.ts';
import type { ReadRow } from './integration-run.ts';

interface Held {
  row: SyncRow;
  /** Lay inside a stretch that was held to be whole before its page was read: it must not be new to the lake. */
  readonly expected: boolean;
}

export class WriteBuffer {
  readonly #days = new Map<string, Map<string, Held>>();
  /** Lines of the quarantine, by integration. */
  readonly quarantined = new Map<string, Set<string>>();
  /** Rows that were met again before they were committed. */
  readonly repeats = { updated: 0, unchanged: 0 };
  size = 0;

  get days(): string[] {
    return [...this.#days.keys()].sort();
  }

  /** The rows of a day, in the order of the lake's lines. */
  rowsOf(day: string): SyncRow[] {
    return [...(this.#days.get(day)?.values() ?? [])].map(({ row }) => row).sort(compareSyncs);
  }

  /** Of a day's rows, those that the lake must have: their starts. */
  expectedOf(integrationId: string, day: string): Instant[] {
    const rows = [...(this.#days.get(day)?.values() ?? [])];
    const expected = rows.filter((held) => held.expected && held.row.integrationId === integrationId);
    return expected.map(({ row }) => row.start);
  }

  /** @param rows of one answer. */
  add(rows: readonly ReadRow[]): void {
    const expected = new Set(
      rows.flatMap(({ row, isExpected }) => (isExpected && isPlaced(row) ? [row.start] : [])),
    );
    for (const row of withoutDoubles(rows.map((each) => each.row))) {
      if (isPlaced(row)) this.#place(row, expected.has(row.start));
      else this.quarantine(row);
    }
  }

  quarantine(row: QuarantinedRow): void {
    const integrationId = row.integrationId ?? '';
    const lines = this.quarantined.get(integrationId) ?? new Set();
    this.quarantined.set(integrationId, lines.add(quarantineLine(row)));
  }

  #place(row: SyncRow, expected: boolean): void {
    const day = partitionOf(row);
    const rows = this.#days.get(day) ?? new Map<string, Held>();
    this.#days.set(day, rows);
    const key = keyOf(row.integrationId, row.start);
    const held = rows.get(key);
    if (!held) {
      rows.set(key, { row, expected });
      this.size += 1;
      return;
    }
    const stands = standing(held.row, row);
    this.repeats[stands.line === held.row.line ? 'unchanged' : 'updated'] += 1;
    held.row = stands;
  }
}

/**
 * Two rows of one answer with one identity are one too many: one stands, the other is quarantined. Which one
 * stands must not hang on the order of the answer, so the text decides where nothing else does.
 */
function withoutDoubles(rows: readonly (SyncRow | QuarantinedRow)[]): (SyncRow | QuarantinedRow)[] {
  const kept = new Map<Instant, SyncRow>();
  const others: QuarantinedRow[] = [];
  for (const row of rows) {
    if (!isPlaced(row)) {
      others.push(row);
      continue;
    }
    const twin = kept.get(row.start);
    if (!twin) {
      kept.set(row.start, row);
      continue;
    }
    const [first, second] = twin.line < row.line ? [twin, row] : [row, twin];
    const stands = standing(first, second);
    kept.set(row.start, stands);
    const { integrationId, line } = stands === first ? second : first;
    others.push({
      integrationId,
      reason: 'Another row of the same answer has the same start.',
      raw: JSON.parse(line).raw,
    });
  }
  return [...kept.values(), ...others];
}

function keyOf(integrationId: string, start: Instant): string {
  return `${start} ${integrationId}`;
}
