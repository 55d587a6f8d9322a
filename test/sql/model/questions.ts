/**
 * What each named query has to answer, from what the views have to. The rows are in order; cells that a question
 * does not show are there, too, and are not compared.
 */

import { modelAnswers } from '../model.ts';
import { rankOf, shareOf, sumOf } from './figures.ts';
import { dayMs, dtOf, type ModelLake, type ModelRow, minuteMs } from './lake.ts';
import { sorted } from './sorted.ts';

/** Half away from zero. */
const rounded = (value: unknown, digits: number): number | null =>
  typeof value === 'number'
    ? (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits)) / 10 ** digits
    : null;

const timeOf = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T')}Z`);
const big = (cell: unknown): bigint => (typeof cell === 'bigint' ? cell : 0n);
const bigOrNull = (cell: unknown): bigint | null => (typeof cell === 'bigint' ? cell : null);
const numberOrNull = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null);
const sumBy = (rows: readonly ModelRow[], name: string): bigint =>
  rows.reduce((sum, row) => sum + big(row[name]), 0n);
const totalOf = (rows: readonly ModelRow[], name: string) => sumOf(rows.map((row) => bigOrNull(row[name])));
const isFailure = (row: ModelRow): boolean => row.outcome === 'failure' || row.outcome === 'abandoned';

/** Groups of rows that share what is named, each as its first row and all. */
function grouped(rows: readonly ModelRow[], ...names: string[]): { first: ModelRow; all: ModelRow[] }[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(names.map((name) => row[name] ?? null)));
  return [...groups.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []));
}

const integrationKeys = ['workspace', 'integration_id'];

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
      ...['sync_start_time desc', 'integration_name', 'integration_id', 'streak', 'streak_position'],
    ),
    'open incidents': sorted(
      incidents.filter(
        ({ still_open, state }) =>
          still_open === true && state !== null && !['paused', 'gone'].includes(String(state)),
      ),
      ...['first_start', 'integration_name', 'integration_id'],
    ),
    'longest incidents': sorted(
      since(incidents, 90).filter(({ still_open }) => still_open === false),
      ...['minutes_to_success desc', 'first_start', 'integration_name', 'integration_id'],
    )
      .slice(0, 20)
      .map((row) => ({ ...row, hours_to_success: rounded(Number(row.minutes_to_success) / 60, 1) })),
    'success rate by integration': sorted(
      grouped(since(health, 30), ...integrationKeys).map(({ first, all }) => {
        const ended = sumBy(all, 'syncs') - sumBy(all, 'open');
        const successes = sumBy(all, 'success');
        const percent = ended === 0n ? null : rounded((100 * Number(successes)) / Number(ended), 2);
        const rows_synced = totalOf(all, 'rows_synced');
        return { ...first, ended_syncs: ended, successes, success_percent: percent, rows_synced };
      }),
      ...['success_percent', 'integration_name', 'integration_id'],
    ),
    'time to recover': sorted(
      grouped(since(incidents, 90), ...integrationKeys).map(({ first, all }) => {
        const times = all.map((row) => numberOrNull(row.minutes_to_success)).filter((time) => time !== null);
        const mean = times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
        return {
          ...first,
          incidents: all.length,
          syncs_without_success: sumBy(all, 'syncs'),
          mean_minutes_to_success: rounded(mean, 1),
          still_open: all.filter((row) => row.still_open === true).length,
        };
      }),
      ...['syncs_without_success desc', 'integration_name', 'integration_id'],
    ),
    'statuses nobody knew': sorted(
      grouped(
        since(history, 400).filter(
          ({ job_status }) =>
            !['success', 'partial', 'error', 'config_error', 'running'].includes(String(job_status ?? '')),
        ),
        ...integrationKeys,
        'job_status',
      ).map(extent),
      ...['syncs desc', 'job_status', 'integration_name', 'integration_id'],
    ),
    'rows refused by day': sorted(
      since(health, 30)
        .filter(({ rows_failed }) => big(rows_failed) > 0n)
        .map(withRefusedPercent),
      ...['dt desc', 'rows_failed desc', 'integration_name', 'integration_id'],
    ),
    'how late is each integration': sorted(
      view('freshness').map((row) => ({ ...row, order: row.minutes_late ?? null })),
      ...['order desc', 'integration_name', 'integration_id'],
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
      ...['last_success nulls first', 'integration_name', 'integration_id'],
    ),
    'hours without a sync': sorted(
      grouped(since(history, 400), ...integrationKeys).flatMap(({ first, all }) => {
        const usual = view('freshness').find((row) =>
          integrationKeys.every((key) => row[key] === first[key]),
        );
        const usualMinutes = numberOrNull(usual?.usual_minutes);
        const starts = all.map((row) => timeOf(row.sync_start_time)).sort((a, b) => a - b);
        // The newest sync begins a gap that is not over, if another one is awaited.
        const ends = starts.slice(1).map((end) => ({ end, still_going: false }));
        if (usual?.expected_by && usual.as_of) ends.push({ end: timeOf(usual.as_of), still_going: true });
        return ends.flatMap(({ end, still_going }, index) => {
          const before = starts[index] ?? 0;
          const gap = (end - before) / minuteMs;
          if (usualMinutes === null || gap < 60 || gap < 2 * usualMinutes) return [];
          if (end < now - 14 * dayMs) return [];
          return [
            {
              ...first,
              gap_from: textOf(before),
              gap_to: textOf(end),
              still_going,
              hours: rounded(gap / 60, 1),
              usual_minutes: rounded(usualMinutes, 1),
            },
          ];
        });
      }),
      ...['hours desc', 'gap_from', 'integration_name', 'integration_id'],
    ),
    'slower than usual': sorted(
      grouped(since(history, 37), ...integrationKeys).flatMap(({ all }) => {
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
      ...['duration_seconds desc', 'sync_start_time', 'integration_name', 'integration_id'],
    ),
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
          return {
            ...row,
            sync_start_time: row.last_start ?? null,
            job_status: row.last_status ?? null,
            hours_since_start: minutes === null ? null : rounded(minutes / 60, 1),
          };
        }),
      ...['sync_start_time', 'integration_name', 'integration_id'],
    ),
    'hours of the day': sorted(
      grouped(
        since(history, 30).map((row) => ({
          ...row,
          utc_hour: Number(String(row.sync_start_time).slice(11, 13)),
        })),
        'utc_hour',
      ).map(({ first, all }) => ({
        ...first,
        syncs: all.length,
        ...durations(all, 1),
        failures: all.filter(isFailure).length,
      })),
      'utc_hour',
    ),
    'unusual days': sorted(
      since(view('volume_anomalies'), 30).map((row) => ({ ...row, size: Math.abs(Number(row.score)) })),
      ...['dt desc', 'size desc', 'integration_name', 'integration_id'],
    ).map((row) => ({ ...row, score: rounded(row.score, 1) })),
    'this week and last week': sorted(
      grouped(
        since(health, 14).filter(({ dt }) => String(dt) < daysAgo(0)),
        ...integrationKeys,
      ).map(({ first, all }) => {
        const after = since(all, 7);
        const before = all.filter((row) => !after.includes(row));
        const failures = (rows: ModelRow[]) =>
          sumBy(rows, 'syncs') - sumBy(rows, 'success') - sumBy(rows, 'open');
        return {
          ...first,
          syncs_before: sumBy(before, 'syncs'),
          syncs_now: sumBy(after, 'syncs'),
          failures_before: failures(before),
          failures_now: failures(after),
          rows_before: totalOf(before, 'rows_synced'),
          rows_now: totalOf(after, 'rows_synced'),
        };
      }),
      ...['integration_name', 'integration_id'],
    ),
    'after the warehouse move': sorted(
      grouped(
        since(history, 28)
          .filter((row) => String(row.dt) < daysAgo(0))
          .map((row) => ({
            ...row,
            period: String(row.dt) < daysAgo(14) ? 'before' : 'after',
          })),
        ...integrationKeys,
        'period',
      ).map(({ first, all }) => ({
        ...first,
        syncs: all.length,
        failures: all.filter(isFailure).length,
        ...durations(all),
        median_rows: medianOf(all.map((row) => bigOrNull(row.rows_synced))),
        rows_failed: totalOf(all, 'rows_failed'),
      })),
      ...['integration_name', 'integration_id', 'period desc'],
    ),
    'rows by type and month': sorted(
      grouped(
        since(health, 365).map((row) => ({ ...row, month: String(row.dt).slice(0, 7) })),
        ...['month', 'integration_type'],
      )
        .map(({ first, all }) => ({
          ...first,
          syncs: sumBy(all, 'syncs'),
          rows_synced: totalOf(all, 'rows_synced'),
          rows_failed: totalOf(all, 'rows_failed'),
        }))
        .map(withRefusedPercent),
      ...['month desc', 'integration_type'],
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
      })),
      ...['order', 'integration_name', 'integration_id'],
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
    'fields that no column holds': sorted(
      grouped(
        since(history, 30).flatMap((row) =>
          Object.keys(JSON.parse(String(row.raw)))
            .filter((field) => !documented.includes(field.toLowerCase()))
            .map((field) => ({ ...row, field })),
        ),
        'field',
      ).map(extent),
      ...['syncs desc', 'field'],
    ),
    'names that are not unique': sorted(
      grouped(
        lake.integrations
          .filter(({ name }) => name)
          .map(({ workspace, id, name, type, status, listed }) => ({
            workspace,
            integration_name: name,
            integration_id: id,
            integration_type: type,
            integration_status: status,
            listed,
          })),
        ...['workspace', 'integration_name'],
      ).flatMap(({ all }) => (all.length > 1 ? all : [])),
      ...['workspace', 'integration_name', 'integration_id'],
    ),
  };
}

const documented = [
  ...['job_status', 'sync_start_time', 'sync_finish_time', 'last_timestamp_synced'],
  ...['rows_synced', 'rows_failed_with_errors'],
];

const textOf = (time: number): string => new Date(time).toISOString().replace('T', ' ').replace('Z', '');

function extent({ first, all }: { first: ModelRow; all: ModelRow[] }): ModelRow {
  const starts = sorted(all, 'sync_start_time').map((row) => row.sync_start_time ?? null);
  return { ...first, syncs: all.length, first_start: starts[0] ?? null, last_start: starts.at(-1) ?? null };
}

function withRefusedPercent(row: ModelRow): ModelRow {
  const share = shareOf(bigOrNull(row.rows_failed), bigOrNull(row.rows_synced));
  return { ...row, refused_percent: share === null ? null : rounded(100 * share, 3) };
}

function durations(rows: readonly ModelRow[], digits?: number) {
  const seconds = rows.map((row) => numberOrNull(row.duration_seconds));
  const [median, p95] = [rankOf(0.5, seconds), rankOf(0.95, seconds)];
  if (digits === undefined) return { median_seconds: median, p95_seconds: p95 };
  return { median_seconds: rounded(median, digits), p95_seconds: rounded(p95, digits) };
}

function medianOf(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return known[Math.ceil(known.length / 2) - 1] ?? null;
}
