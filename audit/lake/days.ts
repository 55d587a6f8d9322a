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
    this.#sums.set(`${day} ${integrationId}`, sumsOf(day, facts));
  }

  /**
   * @param mayBeBehind the rows may be ahead: sums are no finding then, but the lines are read all the same.
   * @param hasMoved whether a run has ended since the days were read: then its sums are of rows that were not.
   */
  async check(
    reader: ObjectReader,
    key: string,
    month: string,
    { mayBeBehind, hasMoved }: { mayBeBehind: boolean; hasMoved: () => Promise<boolean> },
  ): Promise<void> {
    const met = new Set<string>();
    let before = '';
    const differences: { readonly id: string | null; readonly detail: string }[] = [];
    for await (const { number, cells } of reader.cells(key, tables.days)) {
      const id = idIn(cells);
      const place = `${cells.dt} ${id}`;
      const line = `Line ${number}, of ${cells.dt}:`;
      if (met.has(place))
        reader.findings.add('double', key, id, `${line} this day of the integration has a line already.`);
      else if (place < before)
        reader.findings.add('wrong_order', key, id, `${line} it stands after one that sorts behind it.`);
      met.add(place);
      before = place;
      if (!String(cells.dt).startsWith(`${month}-`))
        reader.findings.add('days_differ', key, id, `${line} it is no day of this month.`);
      const sums = this.#sums.get(place);
      if (!sums) differences.push({ id, detail: `${line} the lake has no syncs of it on that day.` });
      for (const [name, expected] of Object.entries(sums ?? {}))
        if (cells[name] !== expected)
          differences.push({
            id,
            detail: `${line} ${name} is ${cells[name]}, and by the syncs ${expected}.`,
          });
    }
    for (const place of this.#sums.keys()) {
      if (met.has(place)) continue;
      const [day = '', ...id] = place.split(' ');
      differences.push({ id: id.join(' '), detail: `There is no line of ${day}, which has syncs.` });
    }
    if (differences.length === 0 || mayBeBehind || (await hasMoved())) return;
    for (const { id, detail } of differences) reader.findings.add('days_differ', key, id, detail);
  }
}
