/** Months of the table `days` that may be behind their days are made anew from them. */
import { Damaged } from '../errors/damaged.ts';
import { sumsOfDay } from '../lake/day-sums.ts';
import { joinMonth, type SummedDay } from '../lake/month.ts';
import { LineWriter } from '../lake/ndjson.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { daysKey, monthOf, syncsKey } from '../schema/keys.ts';
import { dayAt, dayMs, startOfDay } from '../standing/periods.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { Failures } from './failures.ts';
import type { MonthsBehind } from './months-behind.ts';
import { putKnowingly } from './put-knowingly.ts';
import type { Receipt } from './receipt.ts';

interface Ports {
  readonly workspace: string;
  readonly objects: ObjectStore;
  readonly receipt: Receipt;
  readonly monthsBehind: MonthsBehind;
  readonly failures: Failures;
  readonly now: () => number;
  /** Writes down, too, which months are still behind. */
  readonly renewLease: () => Promise<void>;
}

const tries = 3;

/**
 * The newest first, as many as there is time for; the next run goes on. In a steady run there is none.
 *
 * 1. The month is read, then all its days: in this order, or it could be said of a day what stood there before another
 *    run has written both. A month that is damaged is taken for none: all that it said is in the days.
 * 2. The month is written on the condition that it is what was read; where it is not, once more from the beginning.
 * 3. Of a day that can't be read the month says what it said before. It is told as a failure, and the month stays behind
 *    until the day was restored.
 *
 * @param until when it has to be over, in milliseconds. @throws {LostRace} @throws {StoreFailure}
 */
export async function rebuildMonths(ports: Ports, until: number): Promise<void> {
  const { monthsBehind, failures, now, renewLease } = ports;
  for (const [index, month] of monthsBehind.due.entries()) {
    if (now() >= until) return;
    if (index > 0) await renewLease();
    try {
      if (await rebuildMonth(ports, month, until)) monthsBehind.madeAnew(month);
    } catch (error) {
      failures.addContained(error);
    }
  }
}

/** @returns whether the month says now what its days do. @throws {StoreFailure} */
async function rebuildMonth(ports: Ports, month: string, until: number): Promise<boolean> {
  const { workspace, objects, receipt, failures, now } = ports;
  const key = daysKey(workspace, month);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const stored = await objects.get(key);
    if (stored) receipt.objects.read += 1;
    const days: SummedDay[] = [];
    let isWhole = true;
    await aFewAtOnce(daysOf(month), async (day) => {
      if (now() >= until) {
        isWhole = false;
        return;
      }
      try {
        days.push({ day, sums: await sumsIn(ports, day), isWhole: true });
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        failures.addContained(error);
        isWhole = false;
      }
    });
    const body = await joined(stored, key, days);
    if (!body) return isWhole;
    if (await putKnowingly(objects, key, body, stored?.etag)) {
      receipt.objects.written += 1;
      return isWhole;
    }
  }
  return false;
}

async function sumsIn({ workspace, objects, receipt }: Ports, day: string) {
  const key = syncsKey(workspace, day);
  const stored = await objects.get(key);
  if (!stored) return new Map<string, string>();
  receipt.objects.read += 1;
  return sumsOfDay(stored.body, key, day);
}

async function joined(
  stored: StoredObject | undefined,
  key: string,
  days: readonly SummedDay[],
): Promise<Uint8Array | undefined> {
  try {
    return await joinMonth(stored?.body, key, days);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return (await joinMonth(undefined, key, days)) ?? new LineWriter().finish();
  }
}

function daysOf(month: string): string[] {
  const first = startOfDay(`${month}-01`);
  const all = Array.from({ length: 31 }, (_, index) => dayAt(first + index * dayMs));
  return all.filter((day) => monthOf(day) === month);
}
