/** How what the days of a commit add up to gets into the objects of their months. */
import type { DaySums } from '../lake/day-sums.ts';
import { joinMonth, type SummedDay } from '../lake/month.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { daysKey, monthOf } from '../schema/keys.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import { isContained } from './containment.ts';
import type { MonthsBehind } from './months-behind.ts';
import { putKnowingly } from './put-knowingly.ts';
import type { Receipt } from './receipt.ts';

interface Ports {
  readonly workspace: string;
  readonly objects: ObjectStore;
  readonly receipt: Receipt;
  readonly monthsBehind: MonthsBehind;
}

interface Opened {
  readonly stored: StoredObject | undefined;
  readonly days: SummedDay[];
  /** Days that are to be written, and of which it is not known yet that they were. */
  readonly waiting: Set<string>;
}

/**
 * 1. Before the first day of a commit is written, the workspace's record says that the months of its days may be behind.
 *    A crash from here on: the next run makes them anew from their days, see `month-rebuild.ts`.
 * 2. Before a day is written, its month is read.
 * 3. When all days are written, each month is, once, on the condition that it is what was read in step 2. What it says of
 *    a day is what stood there when the day was written, which was later: so whoever writes a day after that finds the
 *    condition of the other one broken, or writes the month after it.
 * 4. A month that is written is not behind any more; the record says so with the next write of the lease.
 *
 * A month that could not be read or written, that somebody else has written meanwhile, that is damaged, or of which a
 * day may have been written or not, stays behind, and is made anew at the end of this run. Nothing of this holds a day
 * back, or fails a run.
 */
export class MonthCommit {
  readonly #ports: Ports;
  readonly #months: readonly string[];
  readonly #opened = new Map<string, Promise<Opened | undefined>>();
  #noted: Promise<void> | undefined;

  /** @param days all that may be written. */
  constructor(ports: Ports, days: readonly string[]) {
    this.#ports = ports;
    this.#months = [...new Set(days.map(monthOf))];
  }

  /** Steps 1 and 2. @throws {LostRace} @throws {StoreFailure} the record can't be written. */
  async open(day: string): Promise<void> {
    this.#noted ??= this.#ports.monthsBehind.note(this.#months);
    await this.#noted;
    const month = monthOf(day);
    const opened = this.#opened.get(month) ?? this.#read(month);
    this.#opened.set(month, opened);
    (await opened)?.waiting.add(day);
  }

  /** A day was written. @param isNew there was no object of it before: what its month may say of it is over. */
  async take(day: string, sums: DaySums, isNew: boolean): Promise<void> {
    const opened = await this.#opened.get(monthOf(day));
    opened?.waiting.delete(day);
    opened?.days.push({ day, sums, isWhole: isNew });
  }

  /** Steps 3 and 4. */
  async write(): Promise<void> {
    const { monthsBehind } = this.#ports;
    await aFewAtOnce(this.#opened, async ([month, opening]) => {
      const opened = await opening;
      if (opened && (await this.#write(month, opened)) && opened.waiting.size === 0)
        monthsBehind.keptUp(month);
      else monthsBehind.missed(month);
    });
  }

  async #read(month: string): Promise<Opened | undefined> {
    const { workspace, objects, receipt } = this.#ports;
    try {
      const stored = await objects.get(daysKey(workspace, month));
      if (stored) receipt.objects.read += 1;
      return { stored, days: [], waiting: new Set() };
    } catch (error) {
      if (!isContained(error)) throw error;
      return undefined;
    }
  }

  /** @returns whether the month says now what its days do. */
  async #write(month: string, { stored, days }: Opened): Promise<boolean> {
    const { workspace, objects, receipt } = this.#ports;
    const key = daysKey(workspace, month);
    try {
      const body = await joinMonth(stored?.body, key, days);
      if (!body) return true;
      const isWritten = await putKnowingly(objects, key, body, stored?.etag);
      if (isWritten) receipt.objects.written += 1;
      return isWritten;
    } catch (error) {
      if (!isContained(error)) throw error;
      return false;
    }
  }
}
