import { type Day, daysOf } from './days.ts';
import { rankOf, rounded } from './figures.ts';
import {
  type Coverage,
  dayMs,
  dtOf,
  hourMs,
  keyOf,
  type ModelLake,
  type ModelRow,
  type Standing,
} from './lake.ts';
import { type Pause, pausesOf } from './pauses.ts';
import { namesOf, ownersOf, standingsByKey } from './syncs.ts';

interface Judged {
  readonly day: number;
  readonly rows: bigint;
  /** Rows as they are compared. */
  readonly isSpread: boolean;
  readonly isSilent: boolean;
  readonly syncs: bigint;
  readonly failed: bigint;
  readonly failedSince: number | null;
  /** The last day that it is compared with. */
  readonly comparedTo: number;
}

export function volumeAnomalies(lake: ModelLake, now: number): ModelRow[] {
  const lines = standingsByKey(lake);
  const covered = new Map(lake.coverage.map((line) => [keyOf(line), line]));
  const days = Map.groupBy(daysOf(lake), keyOf);
  const paused = Map.groupBy(pausesOf(lake), keyOf);
  return ownersOf(lake).flatMap((owner) => {
    const key = keyOf(owner);
    const wasPausedOn = (day: number) => (paused.get(key) ?? []).some((pause) => isOn(pause, day));
    const all = (days.get(key) ?? []).filter(({ dt }) => dt >= dtOf(now - 180 * dayMs));
    return judgedDays(all, lines.get(key), covered.get(key), now).flatMap((judged) => {
      if (judged.isSilent && wasPausedOn(judged.day)) return [];
      const told = tell(judged, all);
      return told ? [{ ...namesOf(owner), ...told }] : [];
    });
  });
}

/** What counts as rows of a day; null where it is not known. */
function rowsOf({ successes, partials, rowsSynced }: Day): bigint | null {
  if (successes + partials === 0n) return 0n;
  return rowsSynced !== null && rowsSynced < 0n ? 0n : rowsSynced;
}

/** If only for a part of the day. */
const isOn = ({ from, until }: Pause, day: number): boolean =>
  (from === null || from < day + dayMs) && until >= day;

const failedOf = (day: Day): bigint => day.errors + day.configErrors + day.otherFailures + day.notFinal;
const dayOf = ({ dt }: Day): number => Date.parse(dt);

function judgedDays(
  all: readonly Day[],
  line: Standing | undefined,
  coverage: Coverage | undefined,
  now: number,
): Judged[] {
  const known = all.filter(({ dt }) => dt < dtOf(line?.asOf ?? now));
  const judged: Judged[] = [];
  let lastWithRows: number | null = null;
  let failedSince: number | null = null;
  for (const [index, day] of known.entries()) {
    const rows = rowsOf(day);
    failedSince = failedOf(day) === 0n ? null : (failedSince ?? dayOf(day));
    const comparedTo = rows === 0n && lastWithRows !== null ? lastWithRows : undefined;
    const shared = { rows: rows ?? 0n, isSpread: day.lastStart - day.firstStart > 22 * hourMs };
    if (rows !== null)
      judged.push({
        ...{ ...shared, day: dayOf(day), isSilent: false, syncs: day.syncs, failed: failedOf(day) },
        ...{ failedSince, comparedTo: comparedTo ?? dayOf(day) - dayMs },
      });
    for (const silent of silentDays(day, known[index + 1], line))
      if (isProved(silent, coverage))
        judged.push({
          ...{ ...shared, rows: 0n, day: silent, isSilent: true, syncs: 0n, failed: 0n },
          ...{ failedSince: null, comparedTo: comparedTo ?? dayOf(day) },
        });
    if (rows !== null && rows > 0n) lastWithRows = dayOf(day);
  }
  return judged.filter(({ day }) => dtOf(day) >= dtOf(now - 90 * dayMs));
}

function silentDays(day: Day, next: Day | undefined, line: Standing | undefined): number[] {
  if (!next && (line?.asOf == null || ['paused', 'gone', 'resting'].includes(line.state ?? ''))) return [];
  const [until, nextDay] = next
    ? [next.firstStart, dayOf(next)]
    : [line?.asOf ?? 0, Date.parse(dtOf(line?.asOf ?? 0))];
  if (until - day.lastStart <= 26 * hourMs) return [];
  const silent: number[] = [];
  for (let at = dayOf(day) + dayMs; at < nextDay; at += dayMs) silent.push(at);
  return silent;
}

const isProved = (day: number, coverage: Coverage | undefined): boolean =>
  coverage?.from != null &&
  coverage.to != null &&
  dtOf(day) > dtOf(coverage.from) &&
  dtOf(day) < dtOf(coverage.to);

function tell(judged: Judged, days: readonly Day[]): ModelRow | undefined {
  const earlier = days
    .filter((day) => dayOf(day) <= judged.comparedTo && dayOf(day) > judged.comparedTo - 56 * dayMs)
    .flatMap((day) => {
      const rows = rowsOf(day);
      return rows === null ? [] : [{ day: dayOf(day), rows, syncs: Number(day.syncs) }];
    });
  const weekday = earlier.filter(({ day }) => new Date(day).getUTCDay() === new Date(judged.day).getUTCDay());
  const isByWeekday = weekday.length >= 6;
  if (judged.isSilent ? weekday.length < 7 : !isByWeekday && earlier.length < 7) return undefined;
  const logs = (isByWeekday ? weekday : earlier).map(({ rows }) => Math.log(1 + Number(rows)));
  const usual = medianOf(logs);
  const all = earlier.map(({ rows }) => Math.log(1 + Number(rows)));
  const deviation = (deviationOf(logs) + deviationOf(all)) / 2;
  const usualSyncs = rankOf(
    0.5,
    earlier.map(({ syncs }) => syncs),
  );
  const isDoubled = judged.isSpread && Number(judged.syncs) === (usualSyncs ?? 0) + 1;
  const rows = Number(judged.rows);
  const own = isDoubled ? (rows * (usualSyncs ?? 0)) / Number(judged.syncs) : rows;
  const usualRows = rounded(Math.exp(usual) - 1, 1);
  const score = rounded((Math.log(1 + own) - usual) / Math.max(1.4826 * deviation, Math.log(1.3) / 2), 2);
  const hadEmptyDays = earlier.some((day) => day.rows === 0n);
  const alike = Math.min(
    logs.filter((log) => log >= Math.log(1 + own)).length,
    logs.filter((log) => log <= Math.log(1 + own)).length,
  );
  const isSeenOften = alike >= logs.length / 3;
  const kind = kindOf({ ...judged, difference: own - usualRows, score, hadEmptyDays, isSeenOften });
  if (!kind) return undefined;
  return {
    dt: dtOf(judged.day),
    day: dtOf(judged.day),
    rows_synced: judged.rows,
    usual_rows: usualRows,
    deviation: rounded(deviation, 4),
    compared_with: isByWeekday ? 'same weekday' : 'all days',
    days_compared: BigInt(logs.length),
    score,
    kind,
    syncs: judged.syncs,
    failed: judged.failed,
    failed_since_dt: kind === 'failed' && judged.failedSince !== null ? dtOf(judged.failedSince) : null,
  };
}

function kindOf(
  day: Judged & {
    readonly difference: number;
    readonly score: number;
    readonly hadEmptyDays: boolean;
    readonly isSeenOften: boolean;
  },
): string | undefined {
  if (day.isSilent) return 'no sync';
  if (Math.abs(day.difference) < 100 || day.isSeenOften) return undefined;
  if (day.score >= 4.5) return 'too many rows';
  const isFarBelow = day.score <= -4.5 || (day.rows === 0n && !day.hadEmptyDays && day.score <= 0);
  if (!isFarBelow) return undefined;
  if (day.failed > 0n && day.failed * 4n >= day.syncs) return 'failed';
  return day.rows === 0n ? 'no rows' : 'too few rows';
}

const deviationOf = (values: readonly number[]): number =>
  medianOf(values.map((value) => Math.abs(value - medianOf(values))));

/** The mean of the middle two. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2;
}
