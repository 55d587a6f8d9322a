/**
 * How an integration stands, naively: from the full list of its syncs, as the documentation says it and with nothing kept
 * between two looks. It shares no code with what it is held against.
 */
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Modelled {
  readonly lastSuccess: number | null;
  readonly syncsWithoutSuccess: number;
  readonly failingSince: number | null;
  readonly failedSince: number | null;
  readonly refusedSince: number | null;
  readonly newestOverIs: 'failing' | 'refusing' | 'well' | null;
  readonly usualMinutes: number | null;
  readonly stuck: boolean;
  /** By habit, for one that is active and has no promise; null: nothing is expected. */
  readonly late: boolean | null;
  readonly newestTimestampSynced: number | null;
  readonly emptySince: number | null;
}

/** @param all in order, oldest first. @param today the UTC day of the clock, which is later than the moment of the look. */
export function modelOf(
  all: readonly SyncFact[],
  at: number,
  share = 0.01,
  today = Math.floor(at / day) * day,
): Modelled {
  const newest = all.at(-1);
  const ended = (sync: SyncFact) =>
    sync.finish !== null || ['success', 'partial', 'error', 'config_error'].includes(sync.status ?? '');
  const over = all.filter((sync) => sync !== newest || ended(sync));
  const isRunning = newest !== undefined && over.at(-1) !== newest;
  const refuses = ({ status, rowsFailed: failed, rowsSynced: synced }: SyncFact) =>
    status === 'partial' &&
    failed !== null &&
    synced !== null &&
    failed + synced > 0n &&
    Number(failed) / (Number(failed) + Number(synced)) >= share;
  const hasData = ({ status }: SyncFact) => status === 'success' || status === 'partial';
  const succeeded = (sync: SyncFact) => hasData(sync) && !refuses(sync);
  const brought = ({ rowsSynced }: SyncFact) => (rowsSynced ?? 0n) > 0n;

  const lastGood = over.findLastIndex(succeeded);
  const streak = over.slice(lastGood + 1);

  const troubleSince = (
    begins: (sync: SyncFact) => boolean,
    ends: (sync: SyncFact) => boolean,
  ): number | null => {
    const endsAt = (index: number): boolean => {
      const [sync, before] = [over[index], over[index - 1]];
      if (!sync || begins(sync)) return false;
      if (ends(sync)) return true;
      return succeeded(sync) && before !== undefined && succeeded(before) && !ends(before) && !begins(before);
    };
    let last = over.length - 1;
    while (last >= 0 && !endsAt(last)) last -= 1;
    return over.slice(last + 1).find(begins)?.start ?? null;
  };

  const data = over.filter(hasData);
  const known = data.filter(({ start }) => start >= today - 36 * day && start < today);
  const gaps = (syncs: readonly SyncFact[]) =>
    syncs.slice(1).flatMap((sync, index) => {
      const from = syncs[index]?.start ?? 0;
      return sync.start > from ? [{ from, to: sync.start, length: sync.start - from }] : [];
    });
  const month = gaps(known).filter(({ to }) => to >= today - 28 * day);
  const distances = month.length >= 13 ? month : gaps(data.slice(-14)).slice(-13);
  const rank = (values: number[], of: number) =>
    values.sort((a, b) => a - b)[Math.ceil(of * values.length) - 1] ?? null;
  const usual = rank(
    distances.map(({ length }) => length),
    0.5,
  );

  const took = known.flatMap(({ start, finish }) =>
    finish === null || finish > today + day ? [] : [{ start, length: finish - start }],
  );
  const longest = Math.max(0, ...took.slice(-21).map(({ length }) => length));
  const p95 = rank(
    took.filter(({ start }) => start >= today - 28 * day).map(({ length }) => length),
    0.95,
  );
  const stuckAfter = p95 === null ? day : Math.max(hour, 3 * p95);

  const runs = over.filter(hasData).filter(({ rowsSynced }) => rowsSynced !== null);
  const lastRows = runs.findLastIndex(brought);
  const firstEmpty = runs.slice(lastRows + 1).find(({ status }) => status === 'success');

  return {
    lastSuccess: over[lastGood]?.start ?? null,
    syncsWithoutSuccess: streak.length,
    failingSince: streak[0]?.start ?? null,
    failedSince: troubleSince(
      (sync) => !hasData(sync),
      (sync) => hasData(sync) && brought(sync),
    ),
    refusedSince: troubleSince(refuses, (sync) => succeeded(sync) && brought(sync)),
    newestOverIs: kindOf(over.at(-1)),
    usualMinutes: usual === null ? null : usual / minute,
    stuck: isRunning && at - newest.start > stuckAfter,
    late: lateByHabit(),
    newestTimestampSynced: newestWatermark(),
    emptySince: firstEmpty?.start ?? null,
  };

  function kindOf(sync: SyncFact | undefined): Modelled['newestOverIs'] {
    if (!sync) return null;
    return !hasData(sync) ? 'failing' : refuses(sync) ? 'refusing' : 'well';
  }

  /** What came more than 35 days before the next sync with data is not compared with it, and forgotten. */
  function newestWatermark(): number | null {
    const index = data.findLastIndex(({ timestampSynced }) => timestampSynced !== null);
    const sync = data[index];
    if (!sync) return null;
    return data.slice(index + 1).some(({ start }) => start - sync.start > 35 * day)
      ? null
      : sync.timestampSynced;
  }

  function lateByHabit(): boolean | null {
    if (!newest || usual === null) return null;
    const oldest = (month.length < 13 ? data.slice(-14)[0] : known[0])?.start ?? newest.start;
    const pausedFor = distances
      .filter(({ length }) => length > 1.5 * usual)
      .reduce((sum, { length }) => sum + length, 0);
    const isByTheMonth =
      month.length < 13 &&
      usual >= 27 * day &&
      distances.length >= 3 &&
      distances.every(({ length }) => {
        const off = length % (30.44 * day);
        return Math.min(off, 30.44 * day - off) <= 3 * day;
      });
    const isSteady =
      isByTheMonth || pausedFor <= 0.1 * distances.reduce((sum, { length }) => sum + length, 0);
    const seenFor = isSteady && usual <= 26 * hour ? 8 * day : 14 * day;
    if (newest.start - oldest < seenFor) return null;
    const patience = Math.min(usual, 2 * hour) + longest;
    // Where it is to end later than it was read, but for clocks that differ, it says nothing.
    const ended = newest.finish !== null && newest.finish <= at + 5 * minute ? newest.finish : 0;
    if (isSteady) {
      const months = usual >= 27 * day ? 3 * day : 0;
      return !isRunning && at > Math.max(newest.start + usual + months, ended) + patience;
    }
    if (usual > 8 * day) return null;
    const pauses = gaps(known)
      .filter(({ to, length }) => to >= today - 35 * day && length > 1.5 * usual)
      .sort((a, b) => b.length - a.length || a.from - b.from)
      .slice(0, 100);
    const cameAfter = (moment: number): number[] => {
      const later = moment + Math.min(usual / 2, 12 * hour);
      if (month.length < 13) {
        const few = data.slice(-14);
        const next = few.find(({ start }) => start > later);
        return next && few[0] && few[0].start <= moment ? [next.start - moment] : [];
      }
      if (!known[0] || moment < known[0].start) return [];
      // Nothing had come by midnight, which is as far as the habit knows.
      const last = known.at(-1)?.start ?? today;
      if (today - last > 1.5 * usual && later >= Math.floor(last / minute) * minute) return [];
      const pause = pauses.find(
        ({ from, to }) =>
          Math.floor(from / minute) * minute <= later && later < Math.ceil(to / minute) * minute,
      );
      return [pause ? Math.ceil(pause.to / minute) * minute - moment : usual];
    };
    const agree = (weeks: number[]) =>
      weeks.length > 1 &&
      Math.max(...weeks) - Math.min(...weeks) <= Math.max(3 * hour, Math.min(...weeks) / 2);
    const agreedOn = (shift: number): number[] => {
      const after = [1, 2, 3, 4].flatMap((week) => {
        const moment = newest.start - week * 7 * day;
        return cameAfter(moment + (clocksMayDiffer(moment, newest.start) ? shift : 0));
      });
      after.sort((a, b) => a - b);
      const choices = after.length > 2 ? [after, after.slice(1), after.slice(0, -1)] : [after];
      return choices.find(agree)?.slice(-1) ?? [];
    };
    const agreed = [0, hour, -hour].flatMap(agreedOn);
    if (agreed.length === 0) return null;
    const awaited = newest.start + Math.max(...agreed);
    const shifted = [newest.start, awaited].some(isNearClockChange) ? hour : 0;
    return !isRunning && at > Math.max(awaited, ended) + shifted + patience;
  }
}

/** Whether a Sunday on which clocks change somewhere lies between two moments, or within a day of them. */
function clocksMayDiffer(from: number, until: number): boolean {
  for (let midnight = Math.floor(from / day) * day - day; midnight <= until + day; midnight += day) {
    if (isClockChange(midnight) && midnight >= from - day && midnight <= until + day) return true;
  }
  return false;
}

/** By a calendar, day by day: within a day before and eight days after a Sunday on which clocks change somewhere. */
function isNearClockChange(moment: number): boolean {
  for (let back = -1; back <= 8; back += 1) {
    const midnight = Math.floor(moment / day) * day - back * day;
    if (isClockChange(midnight) && moment >= midnight - day && moment <= midnight + 8 * day) return true;
  }
  return false;
}

function isClockChange(midnight: number): boolean {
  const date = new Date(midnight);
  const [month, of] = [date.getUTCMonth() + 1, date.getUTCDate()];
  const days = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
  const [first, second, last] = [of <= 7, of > 7 && of <= 14, of > days - 7];
  return (
    date.getUTCDay() === 0 &&
    ((month === 3 && (second || last)) ||
      (month === 4 && first) ||
      (month === 9 && (first || last)) ||
      (month === 10 && (first || last)) ||
      (month === 11 && first))
  );
}
