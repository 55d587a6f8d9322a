/**
 * Several days of syncs, integration by integration. The lines of a day stand in that order, so that the days are
 * merged like sorted files: no more than one integration's rows, and a piece of each day, are in memory.
 */
import { Damaged } from '../errors/damaged.ts';
import { damagedObject, readLines } from './ndjson.ts';
import { integrationOf } from './sync-day.ts';

export interface DayObject {
  readonly day: string;
  readonly key: string;
  readonly body: Uint8Array;
}

export interface RowsOfIntegration {
  readonly integrationId: string;
  /** By day: its lines, in their order. A day without any is left out. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

/**
 * A day that can't be read ends where that shows: what came before it was whole.
 * @param tellDamage hears of each of them, before any row that it may lack.
 */
export async function* daysByIntegration(
  days: readonly DayObject[],
  tellDamage: (damaged: Damaged) => void,
): AsyncGenerator<RowsOfIntegration> {
  const readers = days.map((day) => new DayReader(day, tellDamage));
  await Promise.all(readers.map((reader) => reader.proceed()));
  for (;;) {
    const open = readers.filter(({ integrationId }) => integrationId !== undefined);
    const [first, ...others] = open.map(({ integrationId = '' }) => integrationId);
    if (first === undefined) return;
    const integrationId = others.reduce((least, id) => (id < least ? id : least), first);
    const found = open.filter((reader) => reader.integrationId === integrationId);
    yield { integrationId, lines: new Map(found.map(({ day, lines }) => [day, lines])) };
    for (const reader of found) await reader.proceed();
  }
}

/** Stands at one integration of a day. */
class DayReader {
  readonly day: string;
  /** Undefined: the day is over. */
  integrationId: string | undefined;
  lines: string[] = [];
  readonly #key: string;
  readonly #tellDamage: (damaged: Damaged) => void;
  readonly #batches: AsyncGenerator<string[]>;
  #batch: string[] = [];
  #next = 0;

  constructor({ day, key, body }: DayObject, tellDamage: (damaged: Damaged) => void) {
    this.day = day;
    this.#key = key;
    this.#tellDamage = tellDamage;
    this.#batches = readLines(body, key);
  }

  /** Goes on to the next integration. */
  async proceed(): Promise<void> {
    const before = this.integrationId;
    this.integrationId = undefined;
    this.lines = [];
    try {
      const next = await this.#readNext();
      if (before !== undefined && next !== undefined && next < before) throw damagedObject(this.#key);
      this.integrationId = next;
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      this.#tellDamage(error);
    }
  }

  /** @returns whose lines these are. @throws {Damaged} */
  async #readNext(): Promise<string | undefined> {
    let integrationId: string | undefined;
    for (;;) {
      const line = this.#batch[this.#next];
      if (line === undefined) {
        const { done, value } = await this.#batches.next();
        if (done) return integrationId;
        this.#batch = value;
        this.#next = 0;
        continue;
      }
      const id = integrationOf(line, this.#key);
      integrationId ??= id;
      if (id !== integrationId) return integrationId;
      this.lines.push(line);
      this.#next += 1;
    }
  }
}
