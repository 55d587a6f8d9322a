/** One day of `syncs`: each line against its own raw row, its place in the object, and the day's others. */
import type { Findings } from '../findings.ts';
import { type Sync, syncOf } from '../rows/sync.ts';
import { mayBeOne } from '../rows/time.ts';
import { type Cells, readLine } from '../tables/line.ts';
import { tables } from '../tables/tables.ts';
import { checkContactEmails } from './contact-emails.ts';
import { differingCells } from './differing-cells.ts';
import { idIn, type ObjectReader } from './object-reader.ts';

export interface PlacedSync {
  readonly integrationId: string;
  readonly sync: Sync;
  readonly raw: string;
  readonly line: number;
  readonly key: string;
}

/** Rows that can be one sync start in one second of one integration. */
export const secondOf = (integrationId: string, start: string): string =>
  `${start.slice(0, 19)} ${integrationId}`;

/** By second. */
export type Seconds = Map<string, PlacedSync[]>;

export class DayCheck {
  readonly #reader: ObjectReader;
  readonly #now: number;

  constructor(reader: ObjectReader, now: number) {
    this.#reader = reader;
    this.#now = now;
  }

  /** The rows that its lines keep, in their order; a line of which nothing is known is told and left out. */
  async *rows(key: string, day: string): AsyncGenerator<PlacedSync> {
    let before: PlacedSync | undefined;
    for await (const { number, text } of this.#reader.lines(key)) {
      const placed = this.#placed(key, number, text);
      if (!placed) continue;
      const { integrationId, sync } = placed;
      if (sync.start.slice(0, 10) !== day)
        this.#findings.add(
          'wrong_day',
          key,
          integrationId,
          `Line ${number}, the sync of ${sync.start}, is not of this day.`,
        );
      if (before && isBefore(placed, before))
        this.#findings.add(
          'wrong_order',
          key,
          integrationId,
          `Line ${number}, the sync of ${sync.start}, stands after one that is later.`,
        );
      before = placed;
      yield placed;
    }
  }

  get #findings(): Findings {
    return this.#reader.findings;
  }

  #placed(key: string, line: number, text: string): PlacedSync | undefined {
    const what = `Line ${line}`;
    const { cells, faults } = readLine(text, [tables.syncs], what);
    for (const { kind, detail } of faults)
      this.#findings.add(
        kind,
        key,
        idIn(cells),
        `${detail}${cells ? ` Its sync started ${cells.sync_start_time}.` : ''}`,
      );
    if (!cells) return undefined;
    const integrationId = idIn(cells);
    if (!integrationId || typeof cells.raw !== 'string') {
      this.#findings.add('wrong_type', key, integrationId, `${what} lacks its integration or its raw row.`);
      return undefined;
    }
    checkContactEmails(this.#findings, key, line, integrationId, cells.raw);
    const sync = syncOf(integrationId, cells.raw, this.#now);
    if (typeof sync === 'string') {
      this.#findings.add(
        'unplaceable',
        key,
        integrationId,
        `${what}, started ${cells.sync_start_time}: ${sync}`,
      );
      return undefined;
    }
    if (sync.line !== text) this.#tellCells(key, line, integrationId, cells, sync);
    return { integrationId, sync, raw: cells.raw, line, key };
  }

  #tellCells(key: string, line: number, id: string, cells: Cells, sync: Sync): void {
    for (const told of differingCells(cells, sync.cells))
      this.#findings.add('cell_differs', key, id, `Line ${line}, the sync of ${sync.start}: ${told}`);
  }
}

/** Adds a row to its second. @returns one that stands there already and may be the same sync. */
export function addTo(seconds: Seconds, row: PlacedSync): PlacedSync | undefined {
  const second = secondOf(row.integrationId, row.sync.start);
  const others = seconds.get(second);
  if (!others) {
    seconds.set(second, [row]);
    return undefined;
  }
  const twin = others.find(({ sync }) => mayBeOne(sync.start, row.sync.start));
  others.push(row);
  return twin;
}

function isBefore(a: PlacedSync, b: PlacedSync): boolean {
  if (a.integrationId !== b.integrationId) return a.integrationId < b.integrationId;
  return a.sync.start < b.sync.start;
}
