/**
 * What each named query has to answer, from what the views have to. The rows are in order; cells that a question
 * does not show are there, too, and are not compared.
 */

import { modelAnswers } from '../model.ts';
import { arrivals } from './arrivals.ts';
import { rankOf, shareOf } from './figures.ts';
import { dayMs, dtOf, keyOf, type ModelLake, type ModelRow, minuteMs } from './lake.ts';
import { pausedMsBetween } from './pauses.ts';
import { big, bigOrNull, grouped, numberOrNull, rounded, sumBy, timeOf, totalOf } from './rows.ts';
import { sorted } from './sorted.ts';

const isFailure = (row: ModelRow): boolean => row.outcome === 'failure' || row.outcome === 'abandoned';

export function questionAnswers(lake: ModelLake, now: number): Readonly<Record<string, ModelRow[]>> {
  const view = (name: string): ModelRow[] => modelAnswers[name]?.(lake, now) ?? [];
  const daysAgo = (days: number): string => dtOf(now - days * dayMs);
  const since = (rows: readonly ModelRow[], days: number) =>
    rows.filter(({ dt }) => String(dt) >= daysAgo(days));
  const history = view('sync_history');
  const health = view('daily_health');
  const incidents = view('incidents');
  const monday = dtOf(now - ((new Date(now).getUTCDay() + 6) % 7) * dayMs);

  return {
    'failed since monday': sorted(
      view('failed_syncs').filter(({ dt }) => String(dt) >= monday),
      ...['sync_start_time desc', ...keys, 'streak', 'streak_position'],
    ).slice(0, 500),
    'open incidents': sorted(
      incidents.filter(({ still_open }) => still_open === true).map(withHours),
      ...['first_start', ...keys],
    ).slice(0, 200),
    'longest incidents': sorted(
      incidents.filter(({ ended_by }) => ended_by === 'success').map(withHours),
      ...['minutes_without_data desc', 'first_start', ...keys],
    ).slice(0, 20),
    'success rate by integration': sorted(
      grouped(since(health, 30), ...keys).map(({ first, all }) => {
        const ended = sumBy(all, 'syncs') - sumBy(all, 'open');
        const [successes, partials] = [sumBy(all, 'success'), sumBy(all, 'partial')];
        return {
          ...{ ...first, ended_syncs: ended, successes, partials, rows_synced: totalOf(all, 'rows_synced') },
          percent_with_data: percentOf(successes + partials, ended, 2),
        };
      }),
      ...['percent_with_data', ...keys],
    ),
    'time to recover': sorted(
      grouped(incidents, ...keys).map(({ first, all }) => {
        const times = all
          .filter(({ ended_by }) => ended_by === 'success')
          .map((row) => Number(row.minutes_without_data));
        const mean = times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
        return {
          ...first,
          incidents: all.length,
          syncs_without_data: totalOf(all, 'syncs'),
          mean_minutes_without_data: rounded(mean, 1),
          still_open: all.filter((row) => row.still_open === true).length,
        };
      }),
      ...['syncs_without_data desc', ...keys],
    ),
    'is it the warehouse': sorted(
      grouped(
        since(history, 2).map((row) => ({
          ...row,
          hour_utc: `${String(row.sync_start_time).slice(0, 13)}:00:00.000`,
        })),
        ...['workspace', 'warehouse_type', 'hour_utc'],
      )
        .map(({ first, all }) => ({
          ...first,
          integrations: distinct(all),
          failing: distinct(all.filter(isFailure)),
          syncs: all.length,
          failed: all.filter(isFailure).length,
        }))
        .filter(({ failed }) => failed > 0),
      ...['hour_utc desc', 'failing desc', 'workspace', 'warehouse_type'],
    ).slice(0, 200),
    'statuses nobody knew': sorted(
      grouped(
        since(history, 45).filter(
          ({ job_status }) =>
            !['success', 'partial', 'error', 'config_error', 'running'].includes(String(job_status ?? '')),
        ),
        ...keys,
        'job_status',
      ).map(extent),
      ...['syncs desc', 'job_status', ...keys],
    ),
    'rows refused by day': sorted(
      since(health, 30)
        .filter(({ rows_failed }) => big(rows_failed) > 0n)
        .map(withRefusedPercent),
      ...['dt desc', 'rows_failed desc', ...keys],
    ).slice(0, 500),
    'new refusals': sorted(
      grouped(since(health, 37), ...keys)
        .map(({ first, all }) => {
          const now = since(all, 7);
          const refusing = (rows: ModelRow[]) =>
            rows
              .filter(({ rows_failed }) => big(rows_failed) > 0n)
              .map(({ dt }) => String(dt))
              .sort();
          const [rows_refused, rows_synced] = [totalOf(now, 'rows_failed'), totalOf(now, 'rows_synced')];
          const share = shareOf(rows_refused, rows_synced);
          return {
            ...{ ...first, rows_refused, rows_synced, share },
            refused_percent: share === null ? null : rounded(100 * share, 3),
            since_dt: refusing(now)[0] ?? null,
            last_before: refusing(all.filter((row) => !now.includes(row))).at(-1) ?? null,
          };
        })
        .filter(
          ({ rows_refused, share, last_before }) =>
            big(rows_refused) > 0n && (last_before === null || (share !== null && share >= 0.01)),
        ),
      ...['rows_refused desc', ...keys],
    ),
    'how late is each integration': sorted(
      view('freshness').map((row) => ({ ...row, order: row.minutes_late ?? null })),
      ...['order desc', ...keys],
    ).map((row) => ({
      ...row,
      minutes_late: rounded(row.minutes_late, 1),
      usual_minutes: rounded(row.usual_minutes, 1),
    })),
    'no success for a week': sorted(
      view('latest_syncs').filter(
        ({ state, last_success, as_of }) =>
          state !== null &&
          !['healthy', 'resting', 'new', 'paused', 'gone'].includes(String(state)) &&
          (last_success === null || (as_of !== null && timeOf(as_of) - timeOf(last_success) > 7 * dayMs)),
      ),
      ...['last_success nulls first', ...keys],
    ),
    'hours without a sync': sorted(
      grouped(
        history.filter(({ dt }) => String(dt).slice(0, 7) >= daysAgo(400).slice(0, 7)),
        ...keys,
      ).flatMap(({ first, all }) => {
        const usual = view('freshness').find((row) => keys.every((key) => row[key] === first[key]));
        if (!usual) return [];
        const usualMinutes = numberOrNull(usual.usual_minutes);
        const known = all.map((row) => timeOf(row.sync_start_time)).sort((a, b) => a - b);
        const lately = known.filter((start) => dtOf(start) >= daysAgo(14));
        // Of what lies before those days only the last start counts.
        const starts = [...known.filter((start) => !lately.includes(start)).slice(-1), ...lately];
        // The newest sync begins a gap that is not over, if another one is awaited.
        const ends = starts.slice(1).map((end) => ({ end, still_going: false }));
        if (usual.expected_by && usual.as_of) ends.push({ end: timeOf(usual.as_of), still_going: true });
        return ends.flatMap(({ end, still_going }, index) => {
          const before = starts[index] ?? 0;
          const owner = { workspace: String(first.workspace), id: String(first.integration_id) };
          const gap = (end - before - pausedMsBetween(lake, owner, before, end)) / minuteMs;
          if (usualMinutes === null || gap < 60 || gap < 2 * usualMinutes) return [];
          if (end < now - 14 * dayMs) return [];
          return [
            {
              ...{ ...first, integration_name: usual.integration_name ?? null, still_going },
              ...{ gap_from: textOf(before), gap_to: textOf(end), hours: rounded(gap / 60, 1) },
              usual_minutes: rounded(usualMinutes, 1),
            },
          ];
        });
      }),
      ...['hours desc', 'gap_from', ...keys],
    ),
    'slower than usual': sorted(
      grouped(since(history, 37), ...keys).flatMap(({ all }) => {
        const recent = since(all, 7);
        const before = all.filter((row) => !recent.includes(row));
        const usual = rankOf(
          0.5,
          before.map((row) => numberOrNull(row.duration_seconds)),
        );
        return recent.flatMap((row) => {
          const duration = numberOrNull(row.duration_seconds);
          if (usual === null || duration === null) return [];
          if (duration <= 2 * usual || duration <= usual + 60) return [];
          return [{ ...row, minutes: rounded(duration / 60, 1), usual_minutes: rounded(usual / 60, 1) }];
        });
      }),
      ...['duration_seconds desc', 'sync_start_time', ...keys],
    ).slice(0, 200),
    'running now': sorted(
      view('latest_syncs')
        .filter(
          ({ last_start, last_finish, last_status }) =>
            last_start !== null &&
            last_finish === null &&
            !['success', 'partial', 'error', 'config_error'].includes(String(last_status)),
        )
        .map((row) => {
          const minutes = numberOrNull(row.minutes_since_start);
          return { ...row, hours_since_start: minutes === null ? null : rounded(minutes / 60, 1) };
        }),
      ...['last_start', ...keys],
    ),
    'what comes next': sorted(
      grouped(
        lake.integrations
          .filter(({ nextRun }) => nextRun !== null && nextRun >= now && nextRun < now + dayMs)
          .map(({ workspace, id, name, warehouse, nextRun }) => ({
            ...{ workspace, integration_id: id, integration_name: name, warehouse_type: warehouse },
            next_scheduled_run: textOf(nextRun ?? 0),
            hour: textOf(nextRun ?? 0).slice(0, 13),
          })),
        ...['workspace', 'hour'],
      ).flatMap(({ all }) => all.map((row) => ({ ...row, starts_in_that_hour: all.length }))),
      ...['next_scheduled_run', ...keys],
    ),
    ...arrivals({ history, health, latest: view('latest_syncs'), pauses: view('pauses'), now }),
    'unusual days': sorted(
      since(view('volume_anomalies'), 30).map((row) => ({ ...row, size: Math.abs(Number(row.score)) })),
      ...['dt desc', 'size desc', ...keys],
    )
      .map((row) => ({ ...row, score: rounded(row.score, 1) }))
      .slice(0, 200),
    'this week and last week': sorted(
      grouped(
        since(health, 14).filter(({ dt }) => String(dt) < daysAgo(0)),
        ...keys,
      ).map(({ first, all }) => {
        const after = since(all, 7);
        const before = all.filter((row) => !after.includes(row));
        const failures = (rows: ModelRow[]) =>
          sumBy(rows, 'syncs') - sumBy(rows, 'success') - sumBy(rows, 'partial') - sumBy(rows, 'open');
        return {
          ...first,
          syncs_before: sumBy(before, 'syncs'),
          syncs_now: sumBy(after, 'syncs'),
          failed_before: failures(before),
          failed_now: failures(after),
          rows_before: totalOf(before, 'rows_synced'),
          rows_now: totalOf(after, 'rows_synced'),
        };
      }),
      ...keys,
    ),
    'after the warehouse move': sorted(
      grouped(
        since(history, 28)
          .filter((row) => String(row.dt) < daysAgo(0))
          .map((row) => ({
            ...row,
            period: String(row.dt) < daysAgo(14) ? 'before' : 'after',
          })),
        ...keys,
        'period',
      ).map(({ first, all }) => ({
        ...first,
        syncs: all.length,
        syncs_without_data: all.filter(isFailure).length,
        ...durations(all),
        median_rows: medianOf(all.map((row) => bigOrNull(row.rows_synced))),
        rows_failed: totalOf(all, 'rows_failed'),
      })),
      ...[...keys, 'period desc'],
    ),
    'syncs for nothing': sorted(
      grouped(since(health, 30), ...keys)
        .map(({ first, all }) => {
          const [syncs, empty] = [sumBy(all, 'syncs'), sumBy(all, 'success_without_rows')];
          const full = sumBy(all, 'success') + sumBy(all, 'partial') - empty;
          return {
            ...{ ...first, syncs, without_rows: empty, percent_without_rows: percentOf(empty, syncs, 1) },
            hours_between_those_with_rows: full === 0n ? null : rounded(720 / Number(full), 1),
          };
        })
        .filter(({ without_rows }) => without_rows > 0n),
      ...['without_rows desc', ...keys],
    ),
    'rows by integration and their growth': rowsAndGrowth(
      since(health, 56).filter(({ dt }) => String(dt) < daysAgo(0)),
      daysAgo(28),
    ),
    'may this chart be trusted': sorted(
      view('completeness').map((row) => ({
        ...row,
        order:
          row.state === 'complete' &&
          row.gaps === 0n &&
          row.row_order !== null &&
          row.row_order !== 'unproved'
            ? 1
            : 0,
        gone: row.state === 'gone' ? 1 : 0,
      })),
      ...['order', 'gone', ...keys],
    ),
    'rows that could not be placed': sorted(
      grouped(
        lake.quarantine.map((line) => ({ ...line })),
        'workspace',
        'integration_id',
        'reason',
      ).map(({ first, all }) => ({
        ...first,
        row_count: all.length,
        for_example: sorted(all, 'raw')[0]?.raw ?? null,
      })),
      ...['row_count desc', 'workspace', 'integration_id', 'reason'],
    ),
    'one integration from sync to sync': sorted(
      [
        ...since(history, 7).map((row) => {
          const seconds = numberOrNull(row.duration_seconds);
          return {
            ...row,
            at_utc: row.sync_start_time ?? null,
            what: row.outcome ?? null,
            details: row.job_status ?? null,
            minutes: seconds === null ? null : rounded(seconds / 60, 1),
          };
        }),
        ...changesSince(lake, daysAgo(7)).map((row) => ({
          ...{ ...row, at_utc: row.seen_at ?? null, what: row.field ?? null },
          details: `${row.before ?? 'nothing'} to ${row.after ?? 'nothing'}`,
          ...{ rows_synced: null, rows_failed: null, minutes: null },
        })),
      ],
      ...['at_utc desc', ...keys, 'what', 'details', 'minutes', 'rows_synced', 'rows_failed'],
    ).slice(0, 1000),
    'new gone renamed or paused': sorted(
      changesSince(lake, daysAgo(30)),
      ...['seen_at desc', ...keys, 'field', 'before', 'after'],
    ),
  };
}

const keys = ['workspace', 'integration_id'];

function withHours(row: ModelRow): ModelRow {
  const minutes = numberOrNull(row.minutes_without_data);
  return { ...row, hours_without_data: minutes === null ? null : rounded(minutes / 60, 1) };
}

const percentOf = (part: bigint, whole: bigint, digits: number): number | null =>
  whole === 0n ? null : rounded((100 * Number(part)) / Number(whole), digits);

const distinct = (rows: readonly ModelRow[]): number =>
  new Set(rows.map(({ integration_id }) => integration_id)).size;

function rowsAndGrowth(days: readonly ModelRow[], since: string): ModelRow[] {
  const rows = grouped(days, ...keys).map(({ first, all }) => ({
    ...first,
    workspace: String(first.workspace),
    rows_now: totalOf(
      all.filter(({ dt }) => String(dt) >= since),
      'rows_synced',
    ),
    rows_before: totalOf(
      all.filter(({ dt }) => String(dt) < since),
      'rows_synced',
    ),
  }));
  return sorted(
    rows.map((row) => {
      const others = rows.filter(
        ({ workspace, rows_now }) => workspace === row.workspace && rows_now !== null,
      );
      const whole = others.reduce((sum, { rows_now }) => sum + Number(rows_now), 0);
      const growth =
        row.rows_now === null || row.rows_before === null || row.rows_before === 0n
          ? null
          : rounded((100 * Number(row.rows_now)) / Number(row.rows_before) - 100, 1);
      const percent =
        row.rows_now === null || whole === 0 ? null : rounded((100 * Number(row.rows_now)) / whole, 1);
      return { ...row, growth_percent: growth, percent_of_workspace: percent };
    }),
    ...['rows_now desc', ...keys],
  );
}

function changesSince({ changes, integrations }: ModelLake, day: string): ModelRow[] {
  const names = new Map(integrations.map((each) => [keyOf(each), each.name]));
  return changes
    .filter(({ seenAt }) => dtOf(seenAt) >= day)
    .map(({ workspace, id, seenAt, field, before, after }) => ({
      ...{ workspace, integration_id: id, integration_name: names.get(keyOf({ workspace, id })) || id },
      ...{ seen_at: textOf(seenAt), field, before, after },
      what:
        field === 'listed'
          ? after === 'false'
            ? 'gone'
            : 'new or back'
          : ({ integration_name: 'renamed', integration_status: 'another status' }[field] ?? field),
    }));
}

const textOf = (time: number): string => new Date(time).toISOString().replace('T', ' ').replace('Z', '');

function extent({ first, all }: { first: ModelRow; all: ModelRow[] }): ModelRow {
  const starts = sorted(all, 'sync_start_time').map((row) => row.sync_start_time ?? null);
  return { ...first, syncs: all.length, first_start: starts[0] ?? null, last_start: starts.at(-1) ?? null };
}

function withRefusedPercent(row: ModelRow): ModelRow {
  const share = shareOf(bigOrNull(row.rows_failed), bigOrNull(row.rows_synced));
  return { ...row, refused_percent: share === null ? null : rounded(100 * share, 3) };
}

function durations(rows: readonly ModelRow[]) {
  const seconds = rows.map((row) => numberOrNull(row.duration_seconds));
  const [median, p95] = [rankOf(0.5, seconds), rankOf(0.95, seconds)];
  return { median_seconds: median, p95_seconds: p95 };
}

function medianOf(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return known[Math.ceil(known.length / 2) - 1] ?? null;
}
