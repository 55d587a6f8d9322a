/**
 * What the syncs of an integration and UTC day add up to. It depends on the rows of that day and on nothing else, the
 * clock least of all: the same rows give the same line, whenever it is made.
 *
 * So `not_final` can only be the last sync of the day, where its own row does not say that it is over. All before it
 * are over, since a newer one has started. Whether one has started on a later day, whoever asks can see from that day.
 */
import { instantOf, timestampCell } from '../rows/instant.ts';
import { fitsBigint } from '../schema/bigint-column.ts';
import { encodeLine } from '../schema/encode-line.ts';
import { columns, type Line } from '../schema/tables.ts';
import { isOver } from '../standing/outcome.ts';
import { dayMs, minuteMs, startOfDay } from '../standing/periods.ts';
import { nearestRank } from '../standing/ranks.ts';
import { compareFacts, type SyncFact } from '../standing/sync-fact.ts';
import { damagedObject, readLines } from './ndjson.ts';
import { integrationOf, syncFactIn } from './sync-day.ts';

/** The lines of a day, by integration. */
export type DaySums = ReadonlyMap<string, string>;

/** @param syncs all that an integration has on the day. */
export function sumsLine(integrationId: string, day: string, syncs: readonly SyncFact[]): string {
  return encodeLine(columns.days, sumsOf(integrationId, day, syncs));
}

/** @param syncs of that day, in any order, one at the least. */
export function sumsOf(integrationId: string, day: string, syncs: readonly SyncFact[]): Line<'days'> {
  const sorted = syncs.toSorted(compareFacts);
  const having = (status: string) => sorted.filter((sync) => sync.status === status);
  const successes = having('success');
  const partials = having('partial').length;
  const errors = having('error').length;
  const configErrors = having('config_error').length;
  const last = sorted.at(-1);
  const notFinal = last && !isOver(last) ? 1 : 0;
  const named = successes.length + partials + errors + configErrors;
  const durations = sorted.flatMap(({ start, finish }) =>
    finish === null || finish < start ? [] : finish - start,
  );
  return {
    integration_id: integrationId,
    dt: day,
    syncs: sorted.length,
    successes: successes.length,
    partials,
    errors,
    config_errors: configErrors,
    other_failures: sorted.length - named - notFinal,
    not_final: notFinal,
    successes_without_rows: successes.filter(({ rowsSynced }) => rowsSynced === 0n).length,
    rows_synced: total(sorted.map(({ rowsSynced }) => rowsSynced)),
    rows_failed: total(sorted.map(({ rowsFailed }) => rowsFailed)),
    median_seconds: seconds(nearestRank(0.5, durations)),
    p95_seconds: seconds(nearestRank(0.95, durations)),
    largest_gap_minutes:
      largestGap(
        startOfDay(day),
        sorted.map(({ start }) => start),
      ) / minuteMs,
    first_start: timeCell(sorted[0]?.start ?? null),
    last_start: timeCell(last?.start ?? null),
    last_finish: timeCell(latest(sorted.flatMap(({ finish }) => finish ?? []))),
  };
}

/** Of a whole object. @param key names it. @throws {Damaged} */
export async function sumsOfDay(body: Uint8Array, key: string, day: string): Promise<DaySums> {
  const sums = new Map<string, string>();
  let integrationId: string | undefined;
  let syncs: SyncFact[] = [];
  const finish = () => {
    if (integrationId === undefined) return;
    sums.set(integrationId, sumsLine(integrationId, day, syncs));
    syncs = [];
  };
  for await (const batch of readLines(body, key)) {
    for (const line of batch) {
      const id = integrationOf(line, key);
      if (id !== integrationId) {
        finish();
        if (sums.has(id)) throw damagedObject(key);
        integrationId = id;
      }
      syncs.push(syncFactIn(line, key));
    }
  }
  finish();
  return sums;
}

/** Null where nobody has counted, or where it is past what a column holds, as in the views. */
function total(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((all, count) => all + count, 0n);
  return fitsBigint(sum) ? sum : null;
}

const seconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : milliseconds / 1000;

/** The day's ends count: a day whose only sync was at noon has had none for twelve hours. */
function largestGap(midnight: number, starts: readonly number[]): number {
  const marks = [midnight, ...starts, midnight + dayMs];
  return marks.reduce((most, mark, index) => Math.max(most, mark - (marks[index - 1] ?? mark)), 0);
}

const latest = (times: readonly number[]): number | null =>
  times.reduce<number | null>((last, time) => (last === null || time > last ? time : last), null);

const timeCell = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : timestampCell(instantOf(milliseconds));
