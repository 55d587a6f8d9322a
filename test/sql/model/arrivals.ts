/** The questions about when data arrives, and whether it does. */
import { rankOf } from './figures.ts';
import { dayMs, dtOf, keyOf, type ModelCell, type ModelRow, minuteMs } from './lake.ts';
import { big, grouped, rounded, sumBy, timeOf } from './rows.ts';
import { sorted } from './sorted.ts';

const keys = ['workspace', 'integration_id'];

interface Rows {
  readonly history: readonly ModelRow[];
  readonly health: readonly ModelRow[];
  readonly latest: readonly ModelRow[];
  readonly pauses: readonly ModelRow[];
  readonly now: number;
}

export function arrivals({ history, health, latest, pauses, now }: Rows): Record<string, ModelRow[]> {
  const daysAgo = (days: number): string => dtOf(now - days * dayMs);
  const since = (rows: readonly ModelRow[], days: number) =>
    rows.filter(({ dt }) => String(dt) >= daysAgo(days));
  const withData = history.filter(({ outcome }) => outcome === 'success' || outcome === 'partial');
  return {
    'there by eight': sorted(
      grouped(
        since(withData, 31).filter(({ sync_finish_time }) => sync_finish_time !== null),
        ...keys,
      ).flatMap(({ first, all }) => {
        const times = all.map(({ sync_finish_time }) => inBerlin(timeOf(sync_finish_time))).sort();
        const rests = restsOf(first, pauses, latest, now);
        const lastDays = Array.from({ length: 30 }, (_, index) => daysAgo(30 - index));
        const judged = lastDays.map((day) => {
          const time = times.find((each) => each.startsWith(day))?.slice(11, 16) ?? null;
          const atRest = rests.some(({ from, until }) => from < `${day} 08:00` && until > `${day} 00:00`);
          return { day, time, isInTime: time !== null && time < '08:00', atRest };
        });
        if (judged.every(({ time }) => time === null)) return [];
        const others = judged.filter(({ isInTime, atRest }) => !isInTime && !atRest);
        const late = others.filter(({ time }) => time !== null);
        const inTime = judged.filter(({ isInTime }) => isInTime);
        return [
          {
            ...first,
            days_in_time: inTime.length,
            days_too_late: late.length,
            days_without_data: others.length - late.length,
            days_at_rest: 30 - inTime.length - others.length,
            latest:
              [...inTime, ...late]
                .map(({ time }) => time)
                .sort()
                .at(-1) ?? null,
            last_too_late: late.at(-1)?.day ?? null,
          },
        ];
      }),
      ...['days_in_time', ...keys],
    ),
    'green but empty': sorted(
      latest.flatMap((row) => {
        const own = since(health, 90).filter((day) => keys.every((key) => day[key] === row[key]));
        const full = own.filter(({ rows_synced }) => big(rows_synced) > 0n).map(({ dt }) => String(dt));
        const last = full.sort().at(-1) ?? null;
        const empty = own.length === 0 ? null : sumBy(since(own, 7), 'success_without_rows');
        const isEmpty = empty !== null && empty > 0n && last !== null && last < daysAgo(7);
        return row.traps !== null || isEmpty
          ? [{ ...row, last_dt_with_rows: last, empty_successes: empty }]
          : [];
      }),
      ...['last_dt_with_rows nulls first', ...keys],
    ),
    'age of the data on arrival': sorted(
      grouped(
        since(withData, 14).filter(
          ({ rows_synced, last_timestamp_synced, sync_finish_time }) =>
            big(rows_synced) > 0n && last_timestamp_synced !== null && sync_finish_time !== null,
        ),
        ...keys,
      ).map(({ first, all }) => {
        const ages = all.map(
          (row) => (timeOf(row.sync_finish_time) - timeOf(row.last_timestamp_synced)) / minuteMs,
        );
        return {
          ...{ ...first, syncs: ages.length, oldest_minutes: rounded(Math.max(...ages), 1) },
          median_minutes: rounded(rankOf(0.5, ages), 1),
          p95_minutes: rounded(rankOf(0.95, ages), 1),
        };
      }),
      ...['p95_minutes desc', ...keys],
    ),
    'availability by month': sorted(
      grouped(
        health.filter(({ month }) => String(month) >= daysAgo(365).slice(0, 7)),
        ...['month', 'workspace'],
      ).map(({ first, all }) => {
        const ended = sumBy(all, 'syncs') - sumBy(all, 'open');
        const arrived = sumBy(all, 'success') + sumBy(all, 'partial');
        return {
          ...first,
          integrations: new Set(all.map((row) => keyOf({ workspace: '', id: String(row.integration_id) })))
            .size,
          ended_syncs: ended,
          syncs_with_data: arrived,
          percent_with_data: ended === 0n ? null : rounded((100 * Number(arrived)) / Number(ended), 2),
          days_without_data: all.filter(
            (row) => big(row.success) + big(row.partial) === 0n && big(row.syncs) > big(row.open),
          ).length,
        };
      }),
      ...['month desc', 'workspace'],
    ),
  };
}

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `yyyy-mm-dd hh:mm:ss` */
const inBerlin = (time: number): string => clock.format(time);

/** When an integration was at rest, by the clock of Berlin, to the minute; also while it is. */
function restsOf(
  integration: ModelRow,
  pauses: readonly ModelRow[],
  latest: readonly ModelRow[],
  now: number,
): { readonly from: string; readonly until: string }[] {
  const isOwn = (row: ModelRow) => keys.every((key) => row[key] === integration[key]);
  const minuteOf = (time: number) => inBerlin(time).slice(0, 16);
  const from = (cell: ModelCell) => (cell === null ? '' : minuteOf(timeOf(cell)));
  const over = pauses.filter(isOwn).map((row) => ({
    from: from(row.paused_from ?? null),
    until: minuteOf(timeOf(row.paused_until)),
  }));
  const going = latest
    .filter((row) => isOwn(row) && (row.state === 'paused' || row.state === 'gone'))
    .map(({ since, last_start }) => ({ from: from(since ?? last_start ?? null), until: minuteOf(now) }));
  return [...over, ...going];
}
