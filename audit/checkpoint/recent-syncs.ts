/** The newest syncs of an integration as its record keeps them, against those of the lake. */
import { type History, mostLatest } from '../lake/history.ts';
import type { SyncFact } from '../lake/sync-fact.ts';
import { cellOf, cellOfMs, msOfCell, timeIn } from '../rows/time.ts';
import { listOf } from './fields.ts';

/** Of a status that is no word, no more is kept. */
const longestStatus = 100;
/** A record that is made anew of the lake looks back for little more than a year. */
const yearMs = 365 * 86_400_000;

/** @param history undefined: the lake has no row of it. @returns in words, where the two differ. */
export function recentFault(
  { recent, headAt }: { readonly recent: readonly string[]; readonly headAt: string | null },
  history: History | undefined,
): string | undefined {
  const latest = history?.latest ?? [];
  const newest = latest.at(-1);
  if (recent.length === 0) {
    const isRecent = newest && headAt !== null && newest.startMs > msOfCell(headAt) - yearMs;
    return isRecent ? `It keeps no newest sync, and the lake has ${joined(membersOf(newest))}.` : undefined;
  }
  for (let back = 1; back <= Math.min(recent.length, mostLatest); back += 1) {
    const inLake = latest.at(-back);
    const [kept, expected] = [recent.at(-back), inLake && joined(membersOf(inLake))];
    if (kept !== expected)
      return `Of its newest syncs it keeps ${kept}, and the lake has ${expected ?? 'none'}.`;
  }
  return undefined;
}

/** As a record keeps a sync: its start; its finish and its watermark in milliseconds from there. */
export function recentOf(stored: unknown): string {
  const [start, ...others] = listOf(stored);
  const instant = timeIn(`${start}Z`)?.instant;
  return joined([instant === undefined ? start : cellOf(instant), ...others]);
}

function membersOf({ startMs, finishMs, status, rowsSynced, rowsFailed, watermarkMs }: SyncFact): unknown[] {
  const fromStart = (ms: number | null) => (ms === null ? null : ms - startMs);
  const word = status?.slice(0, longestStatus) ?? null;
  return [cellOfMs(startMs), fromStart(finishMs), word, rowsSynced, rowsFailed, fromStart(watermarkMs)];
}

/** Large counts stand in a record as texts. */
const joined = (members: readonly unknown[]): string => members.map(String).join(' ');
