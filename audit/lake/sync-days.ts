/**
 * The days of a workspace's syncs, the oldest first. Of a day, and of the one before, it is remembered which syncs stand
 * there, and no more: a sync in the partition of another day would else be a double that nobody sees.
 */

import { mayBeOne } from '../rows/time.ts';
import { addTo, DayCheck, type PlacedSync, type Seconds, secondOf } from './day.ts';
import { MonthSums } from './days.ts';
import { History } from './history.ts';
import type { ObjectReader } from './object-reader.ts';
import type { Quarantine } from './quarantine.ts';
import { factOf, type SyncFact } from './sync-fact.ts';
import type { WantedRows } from './wanted-rows.ts';

export interface DayObject {
  readonly key: string;
  readonly day: string;
}

export interface SyncDaysPorts {
  readonly reader: ObjectReader;
  readonly quarantine: Quarantine;
  readonly wanted: WantedRows;
  readonly now: number;
  /** Whether the lake may be ahead of what is said of that integration. */
  readonly isAheadOf: (integrationId: string) => boolean;
  readonly refusedShareOf: (integrationId: string) => number;
  /** The object of the table `days`, by month. */
  readonly months: ReadonlyMap<string, string>;
  /** Its lines may say less than the days do. */
  readonly isMonthBehind: (month: string) => boolean;
  /** Whether a run has ended since the objects were listed. */
  readonly hasMoved: () => Promise<boolean>;
  /** The months have to be there. */
  readonly hasMonths: boolean;
  readonly workspace: string;
  /** Sees each day when all of it was read, also a day that only somebody else knows of. */
  readonly endDay?: (day: string, key: string, seconds: Seconds) => void;
}

export class SyncDays {
  readonly histories = new Map<string, History>();
  readonly #ports: SyncDaysPorts;
  #before: Seconds = new Map();
  /** Rows that belong to a later day than the one in whose partition they stand. */
  readonly #ahead = new Map<string, PlacedSync[]>();

  constructor(ports: SyncDaysPorts) {
    this.#ports = ports;
  }

  async read(days: readonly DayObject[]): Promise<void> {
    const months = Map.groupBy(days, ({ day }) => day.slice(0, 7));
    for (const month of [...new Set([...months.keys(), ...this.#ports.months.keys()])].sort()) {
      const sums = new MonthSums();
      for (const { key, day } of months.get(month) ?? []) await this.#readDay(key, day, sums);
      await this.#checkMonth(month, sums, months.has(month));
    }
    for (const history of this.histories.values()) history.end();
  }

  async #checkMonth(month: string, sums: MonthSums, hasDays: boolean): Promise<void> {
    const { reader, months, isMonthBehind, hasMoved, hasMonths, workspace } = this.#ports;
    const key = months.get(month);
    if (key !== undefined)
      return sums.check(reader, key, month, { mayBeBehind: isMonthBehind(month), hasMoved });
    if (!hasMonths || !hasDays || isMonthBehind(month)) return;
    const missing = `days/workspace=${workspace}/month=${month}/days.ndjson.gz`;
    reader.findings.add('missing_object', missing, null, 'It is not there, and the month has syncs.');
  }

  async #readDay(key: string, day: string, sums: MonthSums): Promise<void> {
    const { reader, now, endDay } = this.#ports;
    const seconds: Seconds = new Map();
    let facts: SyncFact[] = [];
    let integrationId: string | undefined;
    const endIntegration = () => {
      if (integrationId !== undefined) sums.add(integrationId, day, facts);
      facts = [];
    };
    for await (const row of new DayCheck(reader, now).rows(key, day)) {
      if (row.integrationId !== integrationId) endIntegration();
      integrationId = row.integrationId;
      const fact = factOf(row.sync);
      facts.push(fact);
      this.#historyOf(row.integrationId).add(fact, row.sync.start);
      this.#look(row, day, seconds);
    }
    endIntegration();
    for (const row of this.#ahead.get(day) ?? []) this.#tellTwin(row, addTo(seconds, row));
    this.#ahead.delete(day);
    endDay?.(day, key, seconds);
    this.#before = seconds;
  }

  #look(row: PlacedSync, day: string, seconds: Seconds): void {
    const { quarantine, wanted, isAheadOf, reader } = this.#ports;
    const { integrationId, raw, key, line, sync } = row;
    const isAhead = isAheadOf(integrationId);
    wanted.meet(row);
    // A crash between the two leaves it in both, until it is read again.
    if (!isAhead && quarantine.holds(integrationId, raw))
      reader.findings.add(
        'quarantined_and_placed',
        key,
        integrationId,
        `Line ${line}, the sync of ${sync.start}, is in quarantine as well.`,
      );
    const ownDay = sync.start.slice(0, 10);
    if (ownDay > day) this.#ahead.set(ownDay, [...(this.#ahead.get(ownDay) ?? []), row]);
    else if (ownDay < day) this.#tellTwin(row, this.#twinBefore(row));
    else this.#tellTwin(row, addTo(seconds, row));
  }

  #twinBefore({ integrationId, sync }: PlacedSync): PlacedSync | undefined {
    const others = this.#before.get(secondOf(integrationId, sync.start)) ?? [];
    return others.find((other) => mayBeOne(other.sync.start, sync.start));
  }

  #tellTwin({ integrationId, sync, key, line }: PlacedSync, twin: PlacedSync | undefined): void {
    if (!twin) return;
    const where = twin.key === key ? `line ${twin.line}` : `line ${twin.line} of ${twin.key}`;
    const detail = `Line ${line}, the sync of ${sync.start}, stands in ${where} as well, as ${twin.sync.start}.`;
    this.#ports.reader.findings.add('double', key, integrationId, detail);
  }

  #historyOf(integrationId: string): History {
    const known = this.histories.get(integrationId);
    if (known) return known;
    const history = new History(this.#ports.refusedShareOf(integrationId));
    this.histories.set(integrationId, history);
    return history;
  }
}
