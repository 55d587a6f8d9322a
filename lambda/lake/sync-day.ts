/**
 * Joins rows to a day's object. The join is what makes the lake hold every sync once, whatever the runs and
 * crashes that led there: done twice, it gives the same bytes.
 */
import type { Instant } from '../rows/instant.ts';
import { isSameSync, placingOf, secondOf } from '../rows/same-sync.ts';
import { rereadSyncLine, type SyncRow } from '../rows/sync-row.ts';
import { type SyncFact, syncFactOf } from '../standing/sync-fact.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

/** What is kept of a row that stands: its line would be ten times as large, and a day may have many of them. */
export interface StandingSync extends Pick<SyncRow, 'start' | 'final'> {
  readonly fact: SyncFact;
}

export interface JoinedDay {
  /** The new object, or undefined where nothing in it has changed. */
  readonly body: Buffer | undefined;
  /** Starts of the rows that were not there before, by integration. */
  readonly created: ReadonlyMap<string, ReadonlySet<Instant>>;
  readonly counts: { new: number; updated: number; unchanged: number };
  /** Starts of the rows that are not as they were before, those that were not there among them, by integration. */
  readonly changed: ReadonlyMap<string, ReadonlySet<Instant>>;
  /** Of the integrations that had rows to join: the day's rows as they stand now, in the order of the lines. */
  readonly stands: ReadonlyMap<string, readonly StandingSync[]>;
  /** Rows that can't stand beside what does, with the reason: to be quarantined. */
  readonly clashes: readonly { readonly row: SyncRow; readonly reason: string }[];
  /** Of the integrations that had rows to join: starts of one sync that stand in the object side by side. */
  readonly pairs: readonly { readonly integrationId: string; readonly starts: readonly [Instant, Instant] }[];
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
  const day = new Join(rows, name);
  let previous: string | undefined;
  if (existing) {
    for await (const lines of readLines(existing, name)) {
      for (const line of lines) {
        const integrationId = integrationOf(line, name);
        if (previous !== undefined && integrationId < previous) throw damagedObject(name);
        previous = integrationId;
        // Lines of integrations that have nothing to join are passed on as text.
        if (day.concerns(integrationId)) await day.take(storedRow(line, name));
        else await day.pass(line, integrationId);
      }
    }
  }
  return await day.finish();
}

/** Merges two sorted lists, a second of an integration at a time: within one, rows can be one sync. */
class Join {
  readonly #rows: readonly SyncRow[];
  readonly #name: string;
  /** The first of the rows that are not joined yet. */
  #next = 0;
  /** Lines as they stand, of one integration and second, which is not over yet. */
  #stored: SyncRow[] = [];
  readonly #writer = new LineWriter();
  readonly #counts = { new: 0, updated: 0, unchanged: 0 };
  readonly #created = new Map<string, Set<Instant>>();
  readonly #changed = new Map<string, Set<Instant>>();
  readonly #stands = new Map<string, StandingSync[]>();
  readonly #clashes: { row: SyncRow; reason: string }[] = [];
  readonly #pairs: { integrationId: string; starts: readonly [Instant, Instant] }[] = [];

  /** @param name of the object, for messages. */
  constructor(rows: readonly SyncRow[], name: string) {
    this.#rows = rows;
    this.#name = name;
    for (const { integrationId } of rows) {
      this.#created.set(integrationId, new Set());
      this.#changed.set(integrationId, new Set());
      this.#stands.set(integrationId, []);
    }
  }

  concerns(integrationId: string): boolean {
    return this.#created.has(integrationId);
  }

  /** The next line, of an integration that has something to join. */
  async take(stored: SyncRow): Promise<void> {
    const [before] = this.#stored;
    if (before && compareSeconds(before, stored) !== 0) await this.#endSecond();
    while (this.#nextIs((row) => compareSeconds(row, stored) < 0)) await this.#endSecond();
    this.#stored.push(stored);
  }

  /** The next line, of an integration that has nothing to join. */
  async pass(line: string, integrationId: string): Promise<void> {
    if (this.#stored.length > 0) await this.#endSecond();
    while (this.#nextIs((row) => row.integrationId < integrationId)) await this.#endSecond();
    await this.#writer.write(line);
  }

  async finish(): Promise<JoinedDay> {
    await this.#endSecond();
    while (this.#next < this.#rows.length) await this.#endSecond();
    const changed = this.#counts.new + this.#counts.updated > 0;
    return {
      body: changed ? await this.#writer.finish() : undefined,
      created: this.#created,
      counts: this.#counts,
      changed: this.#changed,
      stands: this.#stands,
      clashes: this.#clashes,
      pairs: this.#pairs,
    };
  }

  /** Joins to the stored lines at hand the rows of their second; where there are none, the next second's rows. */
  async #endSecond(): Promise<void> {
    const stands = this.#stored;
    this.#stored = [];
    this.#notePairs(stands);
    const first = stands[0] ?? this.#rows[this.#next];
    if (!first) return;
    while (this.#nextIs((row) => compareSeconds(row, first) === 0)) {
      const row = this.#rows[this.#next];
      this.#next += 1;
      if (row) this.#join(stands, row);
    }
    for (const row of stands.sort(compareSyncs)) {
      const { start, final, line } = row;
      this.#stands.get(row.integrationId)?.push({ start, final, fact: syncFactIn(line, this.#name) });
      await this.#writer.write(row.line);
    }
  }

  #join(stands: SyncRow[], row: SyncRow): void {
    const placing = placingOf(stands, row);
    switch (placing.kind) {
      case 'new':
        this.#counts.new += 1;
        this.#created.get(row.integrationId)?.add(row.start);
        this.#changed.get(row.integrationId)?.add(row.start);
        stands.push(row);
        return;
      case 'known':
        if (placing.stands.line === stands[placing.at]?.line) {
          this.#counts.unchanged += 1;
          return;
        }
        this.#counts.updated += 1;
        this.#changed.get(row.integrationId)?.add(placing.stands.start);
        stands[placing.at] = placing.stands;
        return;
      case 'told':
        this.#counts.unchanged += 1;
        return;
      case 'clash':
        this.#clashes.push({ row, reason: placing.reason });
    }
  }

  /** Before starts were compared by their digits, one sync could come to stand here twice. */
  #notePairs(stored: readonly SyncRow[]): void {
    stored.forEach(({ integrationId, start }, index) => {
      const twin = stored.slice(index + 1).find((other) => isSameSync(start, other.start));
      if (twin) this.#pairs.push({ integrationId, starts: [start, twin.start] });
    });
  }

  #nextIs(holds: (row: SyncRow) => boolean): boolean {
    const row = this.#rows[this.#next];
    return row !== undefined && holds(row);
  }
}

/** Whose line it is, without reading all of it. @throws {Damaged} */
export function integrationOf(line: string, name: string): string {
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

function compareSeconds(a: SyncRow, b: SyncRow): number {
  return compare(a.integrationId, b.integrationId) || compare(secondOf(a.start), secondOf(b.start));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param key of the object that it stands in. @throws {Damaged} */
export function syncFactIn(line: string, key: string): SyncFact {
  try {
    return syncFactOf(line);
  } catch {
    throw damagedObject(key);
  }
}
