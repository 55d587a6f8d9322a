/**
 * Several days of syncs, integration by integration. The lines of a day stand in that order, so that the days are
 * merged like sorted files: no more than one integration's rows, and a piece of each day, are in memory.
 */
import { readLines } from './ndjson.ts';
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

/** @throws {Damaged} naming the object. */
export async function* daysByIntegration(days: readonly DayObject[]): AsyncGenerator<RowsOfIntegration> {
  const readers = days.map((day) => new DayReader(day));
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
  readonly #batches: AsyncGenerator<string[]>;
  #batch: string[] = [];
  #next = 0;

  constructor({ day, key, body }: DayObject) {
    this.day = day;
    this.#key = key;
    this.#batches = readLines(body, key);
  }

  /** Goes on to the next integration. @throws {Damaged} */
  async proceed(): Promise<void> {
    this.integrationId = undefined;
    this.lines = [];
    for (;;) {
      const line = this.#batch[this.#next];
      if (line === undefined) {
        const { done, value } = await this.#batches.next();
        if (done) return;
        this.#batch = value;
        this.#next = 0;
        continue;
      }
      const id = integrationOf(line, this.#key);
      this.integrationId ??= id;
      if (id !== this.integrationId) return;
      this.lines.push(line);
      this.#next += 1;
    }
  }
}
