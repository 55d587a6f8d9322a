/** How syncs, starts and counts stand in a record: a person can read them, and they take little room. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import type { Pauses } from '../standing/habit.ts';
import { minuteMs, startOfDay } from '../standing/periods.ts';
import { type RunHabit, runHabitNames } from '../standing/run-habit.ts';
import type { SyncFact } from '../standing/sync-fact.ts';
import { moment } from './fields.ts';

const whole = z.number().int();

/** A count as a number, as far as one holds it. */
export const count = z.union([whole, z.string().regex(/^-?\d+$/)]).transform(BigInt);
export const countData = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value);

/** Start; then, in milliseconds from there, finish; status, rows, refused rows; and the watermark from the start. */
export const sync = z
  .tuple([
    moment,
    whole.nullable(),
    z.string().nullable(),
    count.nullable(),
    count.nullable(),
    whole.nullable(),
  ])
  .transform(
    ([start, took, status, rowsSynced, rowsFailed, ahead]): SyncFact => ({
      start,
      finish: took === null ? null : start + took,
      status,
      rowsSynced,
      rowsFailed,
      timestampSynced: ahead === null ? null : start + ahead,
    }),
  );

export function syncData({
  start,
  finish,
  status,
  rowsSynced,
  rowsFailed,
  timestampSynced,
}: SyncFact): unknown {
  return [
    instantOf(start),
    finish === null ? null : finish - start,
    status,
    rowsSynced === null ? null : countData(rowsSynced),
    rowsFailed === null ? null : countData(rowsFailed),
    timestampSynced === null ? null : timestampSynced - start,
  ];
}

/** The oldest start, and the distances from one to the next in milliseconds. */
export const starts = z.union([z.tuple([]), z.tuple([moment], whole)]).transform((data): number[] => {
  const [first, ...distances] = data;
  if (first === undefined) return [];
  let last = first;
  return [first, ...distances.map((distance) => (last += distance))];
});

export function startsData(values: readonly number[]): unknown[] {
  return values.map((value, index) => {
    const before = values[index - 1];
    return before === undefined ? instantOf(value) : value - before;
  });
}

/** Minutes before the habit's day, and how many. */
export const pauses = z.array(z.tuple([whole, whole]));

export function pausesOfData(day: string, data: z.output<typeof pauses>): Pauses {
  const midnight = startOfDay(day) / minuteMs;
  return data.map(([before, length]) => [midnight - before, midnight - before + length]);
}

export function pausesData(day: string, values: Pauses): unknown {
  const midnight = startOfDay(day) / minuteMs;
  return values.map(([from, to]) => [midnight - from, to - from]);
}

/** Its numbers, in their order. */
export const runHabit = z
  .array(whole)
  .length(runHabitNames.length)
  .transform(
    (values) =>
      Object.fromEntries(runHabitNames.map((name, index) => [name, values[index]])) as unknown as RunHabit,
  );

export const runHabitData = (habit: RunHabit): number[] => runHabitNames.map((name) => habit[name]);
