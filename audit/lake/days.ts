/** The table `days` of a month against the rows of its days. */

import type { Cells } from '../tables/line.ts';
import { tables } from '../tables/tables.ts';
import { sumsOf } from './day-sums.ts';
import { idIn, type ObjectReader } from './object-reader.ts';
import type { SyncFact } from './sync-fact.ts';

/** What the days of a month add up to, by day and integration. */
export class MonthSums {
  readonly #sums = new Map<string, Cells>();

  /** @param facts of one integration and day. */
  add(integrationId: string, day: string, facts: readonly SyncFact[]): void {
    this.#sums.set(`${day} ${integrationId}`, sumsOf(facts));
  }

  /** @param mayBeBehind the rows may be ahead: sums are no finding then, but the lines are read all the same. */
  async check(reader: ObjectReader, key: string, month: string, mayBeBehind: boolean): Promise<void> {
    const met = new Set<string>();
    for await (const { number, cells } of reader.cells(key, tables.days)) {
      const id = idIn(cells);
      const place = `${cells.dt} ${id}`;
      const tell = (kind: 'days_differ' | 'double', detail: string) =>
        reader.findings.add(kind, key, id, `Line ${number}, of ${cells.dt}: ${detail}`);
      if (met.has(place)) tell('double', 'this day of the integration has a line already.');
      met.add(place);
      if (!String(cells.dt).startsWith(`${month}-`)) tell('days_differ', 'it is no day of this month.');
      if (mayBeBehind) continue;
      const sums = this.#sums.get(place);
      if (!sums) tell('days_differ', 'the lake has no syncs of it on that day.');
      for (const [name, expected] of Object.entries(sums ?? {}))
        if (cells[name] !== expected)
          tell('days_differ', `${name} is ${cells[name]}, and by the syncs ${expected}.`);
    }
    if (mayBeBehind) return;
    for (const place of this.#sums.keys()) {
      if (met.has(place)) continue;
      const [day = '', ...id] = place.split(' ');
      reader.findings.add('days_differ', key, id.join(' '), `There is no line of ${day}, which has syncs.`);
    }
  }
}
