/** Rows read and not yet committed: one for each sync, by day, as the lake will take them. */
import { quarantineLine } from '../lake/quarantine.ts';
import { compareSyncs } from '../lake/sync-day.ts';
import type { Instant } from '../rows/instant.ts';
import { doubleReason, placingOf, quarantinedAs, rowThatStands, secondOf } from '../rows/same-sync.ts';
import { isPlaced, partitionOf, type QuarantinedRow, type SyncRow } from '../rows/sync-row.ts';
import { PageEdges } from './page-edges.ts';
import type { ReadRow } from './read-rows.ts';

interface Held {
  row: SyncRow;
  /** Lay inside a stretch that was held to be whole before its page was read: it must not be new to the lake. */
  readonly expected: boolean;
}

export class WriteBuffer {
  /** By day, then by integration and second. */
  readonly #days = new Map<string, Map<string, Held[]>>();
  readonly #edges: PageEdges;
  /** Lines of the quarantine, by integration. */
  readonly quarantined = new Map<string, Set<string>>();
  /** Rows that were met again before they were committed. What they change in the lake is known when it is joined. */
  repeats = 0;
  /** Rows that are held, also such as can't be placed. */
  size = 0;

  /** @param edges outlive a commit. */
  constructor(edges = new PageEdges()) {
    this.#edges = edges;
  }

  /** An empty one, for the pages that follow those of this one. */
  next(): WriteBuffer {
    return new WriteBuffer(this.#edges);
  }

  get days(): string[] {
    return [...this.#days.keys()].sort();
  }

  /** The rows of a day, in the order of the lake's lines. */
  rowsOf(day: string): SyncRow[] {
    const seconds = [...(this.#days.get(day)?.values() ?? [])];
    return seconds.flatMap((held) => held.map(({ row }) => row)).sort(compareSyncs);
  }

  /** Of a day's rows, those that the lake must have: their starts. */
  expectedOf(integrationId: string, day: string): Instant[] {
    const held = [...(this.#days.get(day)?.values() ?? [])].flat();
    const expected = held.filter((each) => each.expected && each.row.integrationId === integrationId);
    return expected.map(({ row }) => row.start);
  }

  /** @param rows of one answer. */
  add(rows: readonly ReadRow[]): void {
    const placed: SyncRow[] = [];
    const expected = new Set<Instant>();
    for (const { row, isExpected } of rows) {
      if (!isPlaced(row)) {
        this.quarantine(row);
        continue;
      }
      placed.push(row);
      if (isExpected) expected.add(row.start);
    }
    for (const row of this.#edges.meet(placed)) this.quarantine(row);
    for (const row of this.#withoutDoubles(placed)) this.#place(row, expected.has(row.start));
  }

  quarantine(row: QuarantinedRow): void {
    const integrationId = row.integrationId ?? '';
    const lines = this.quarantined.get(integrationId) ?? new Set();
    const before = lines.size;
    this.quarantined.set(integrationId, lines.add(quarantineLine(row)));
    this.size += lines.size - before;
  }

  /**
   * Two rows of one answer with one identity are one too many: one stands, the other is quarantined. Which one
   * stands must not hang on the order of the answer, so the text decides where nothing else does.
   */
  #withoutDoubles(rows: readonly SyncRow[]): SyncRow[] {
    const kept = new Map<string, SyncRow[]>();
    for (const row of rows.toSorted(finestFirst)) {
      const key = secondOf(row.start);
      const known = kept.get(key) ?? [];
      kept.set(key, known);
      const twins = known.filter(({ start }) => start.startsWith(row.start));
      const [twin] = twins;
      if (!twin) {
        known.push(row);
        continue;
      }
      // Twice the same text is one observation.
      if (twins.some(({ line }) => line === row.line)) continue;
      const stands = twins.length > 1 ? twin : rowThatStands(twin, row);
      known[known.indexOf(twin)] = stands;
      this.quarantine(quarantinedAs(doubleReason, stands === twin ? row : twin));
    }
    return [...kept.values()].flat();
  }

  #place(row: SyncRow, expected: boolean): void {
    const day = partitionOf(row);
    const seconds = this.#days.get(day) ?? new Map<string, Held[]>();
    this.#days.set(day, seconds);
    const key = keyOf(row.integrationId, row.start);
    const held = seconds.get(key) ?? [];
    seconds.set(key, held);
    const rows = held.map((each) => each.row);
    const placing = placingOf(rows, row);
    if (placing.kind === 'clash') {
      this.quarantine(quarantinedAs(placing.reason, row));
      return;
    }
    if (placing.kind === 'new') {
      held.push({ row, expected });
      this.size += 1;
      return;
    }
    this.repeats += 1;
    const known = placing.kind === 'known' ? held[placing.at] : undefined;
    if (known && placing.kind === 'known') known.row = placing.stands;
  }
}

/** The order of equal texts does not matter: they are one. */
function finestFirst(a: SyncRow, b: SyncRow): number {
  return b.start.length - a.start.length || (a.line < b.line ? -1 : 1);
}

function keyOf(integrationId: string, start: Instant): string {
  return `${secondOf(start)} ${integrationId}`;
}
