/** The object of a month: a line an integration and day, sorted by day and then by integration. */
import { monthOf } from '../schema/keys.ts';
import type { DaySums } from './day-sums.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

/** What is known of a day of the month. */
export interface SummedDay {
  readonly day: string;
  readonly sums: DaySums;
  /** Who is not in it has no syncs on that day. Otherwise the lines of others stay as they are. */
  readonly isWhole: boolean;
}

/** @returns the new object, or undefined where nothing in it has changed. @throws {Damaged} */
export async function joinMonth(
  existing: Uint8Array | undefined,
  name: string,
  days: readonly SummedDay[],
): Promise<Buffer | undefined> {
  const before = existing ? await linesByDay(existing, name) : new Map<string, Map<string, string>>();
  let isChanged = false;
  for (const { day, sums, isWhole } of days) {
    const lines = before.get(day) ?? new Map<string, string>();
    const gone = isWhole ? [...lines.keys()].filter((id) => !sums.has(id)) : [];
    for (const id of gone) lines.delete(id);
    isChanged ||= gone.length > 0;
    for (const [id, line] of sums) {
      isChanged ||= lines.get(id) !== line;
      lines.set(id, line);
    }
    before.set(day, lines);
  }
  if (!isChanged) return undefined;
  const writer = new LineWriter();
  for (const day of [...before.keys()].sort()) {
    const lines = before.get(day) ?? new Map<string, string>();
    for (const id of [...lines.keys()].sort()) await writer.write(lines.get(id) ?? '');
  }
  return writer.finish();
}

async function linesByDay(body: Uint8Array, name: string): Promise<Map<string, Map<string, string>>> {
  const byDay = new Map<string, Map<string, string>>();
  for await (const batch of readLines(body, name)) {
    for (const line of batch) {
      const { day, id } = placeOf(line, name);
      const lines = byDay.get(day) ?? new Map<string, string>();
      byDay.set(day, lines.set(id, line));
    }
  }
  return byDay;
}

function placeOf(line: string, name: string): { readonly day: string; readonly id: string } {
  try {
    const { dt, integration_id } = JSON.parse(line);
    const isOfMonth = typeof dt === 'string' && name.includes(`month=${monthOf(dt)}/`);
    if (isOfMonth && typeof integration_id === 'string') return { day: dt, id: integration_id };
  } catch {
    // Said below.
  }
  throw damagedObject(name);
}
