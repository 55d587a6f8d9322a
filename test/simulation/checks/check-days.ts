/** The table `days` says what the syncs of the lake add up to, made here once more, from the syncs as they stand: P2, P9, P11. */
import type { CheckpointRecord, DamagedRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { expect } from '../difference.ts';
import type { Lake, LakeLine } from './read-lake.ts';

const fourStatuses = ['success', 'partial', 'error', 'config_error'];
const never = '9999-01-01 00:00:00.000';
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Holds at any moment, also where a run has just been killed: a month of which the workspace's record does not say that
 * it may be behind is not. @param mayBeBehind false: a run was complete, so that none is, whatever the record says.
 */
export function checkDays(
  lake: Lake,
  records: readonly (CheckpointRecord | DamagedRecord)[],
  { mayBeBehind }: { readonly mayBeBehind: boolean },
): void {
  const behind = mayBeBehind ? monthsBehind(records) : [];
  if (behind === 'all') return;
  const expected = sumsOf(lake.syncs).filter((line) => !behind.includes(monthOf(line)));
  const found = lake.sums.filter((line) => !behind.includes(monthOf(line)));
  const texts = found.map((line) => JSON.stringify(line));
  for (const line of expected) {
    const text = JSON.stringify(line);
    expect(texts.includes(text), () => `P11: the table days has no ${text}, but ${sameDay(found, line)}`);
  }
  expect(
    found.length === expected.length,
    () => `P11: ${found.length} lines of the table days, of ${expected.length} days of integrations`,
  );
}

function monthsBehind(records: readonly (CheckpointRecord | DamagedRecord)[]): readonly string[] | 'all' {
  const record = records.find((each) => 'data' in each && each.item === 'workspace');
  const data = record && 'data' in record ? (record.data as { months_behind?: string[] | 'all' | null }) : {};
  return data.months_behind ?? [];
}

const monthOf = ({ dt }: LakeLine): string => String(dt).slice(0, 7);

const sameDay = (lines: readonly LakeLine[], { dt, integration_id }: LakeLine): string =>
  JSON.stringify(lines.filter((line) => line.dt === dt && line.integration_id === integration_id));

function sumsOf(syncs: readonly LakeLine[]): LakeLine[] {
  const days = Map.groupBy(syncs, ({ integration_id, sync_start_time }) =>
    JSON.stringify([integration_id, String(sync_start_time).slice(0, 10)]),
  );
  return [...days].map(([key, rows]) => sumOf(key, rows));
}

function sumOf(key: string, rows: readonly LakeLine[]): LakeLine {
  const [integration_id, dt] = JSON.parse(key);
  const midnight = Date.parse(`${dt}T00:00:00Z`);
  // Of several in one millisecond the one that has not ended is the last, then the one without a status.
  const byStart = rows.toSorted(
    (a, b) =>
      timeOf(a.sync_start_time) - timeOf(b.sync_start_time) ||
      timeOf(a.sync_finish_time ?? never) - timeOf(b.sync_finish_time ?? never) ||
      (String(a.job_status ?? '~') < String(b.job_status ?? '~') ? -1 : 1),
  );
  const starts = byStart.map(({ sync_start_time }) => timeOf(sync_start_time));
  const count = (holds: (row: LakeLine) => boolean) => rows.filter(holds).length;
  const has = (status: string) => count(({ job_status }) => job_status === status);
  const last = byStart.at(-1);
  const isOpen =
    last?.sync_finish_time === null && !fourStatuses.includes(String(last.job_status).toLowerCase());
  const others = count(({ job_status }) => !fourStatuses.includes(String(job_status)));
  const finishes = rows.map(({ sync_finish_time }) => sync_finish_time).filter((cell) => cell !== null);
  const durations = rows
    .filter(
      ({ sync_finish_time: end, sync_start_time }) => end !== null && timeOf(end) >= timeOf(sync_start_time),
    )
    .map(
      ({ sync_finish_time, sync_start_time }) => (timeOf(sync_finish_time) - timeOf(sync_start_time)) / 1000,
    )
    .sort((a, b) => a - b);
  const gaps = [...starts, midnight + dayMs].map((start, index) => start - (starts[index - 1] ?? midnight));
  return {
    integration_id,
    dt,
    syncs: rows.length,
    successes: has('success'),
    partials: has('partial'),
    errors: has('error'),
    config_errors: has('config_error'),
    other_failures: others - Number(isOpen),
    not_final: Number(isOpen),
    successes_without_rows: count(
      ({ job_status, rows_synced }) => job_status === 'success' && rows_synced === 0,
    ),
    rows_synced: sum(rows.map(({ rows_synced }) => rows_synced)),
    rows_failed: sum(rows.map(({ rows_failed_with_errors }) => rows_failed_with_errors)),
    median_seconds: durations[Math.ceil(durations.length * 0.5) - 1] ?? null,
    p95_seconds: durations[Math.ceil(durations.length * 0.95) - 1] ?? null,
    largest_gap_minutes: Math.max(...gaps) / 60_000,
    first_start: byStart[0]?.sync_start_time ?? null,
    last_start: last?.sync_start_time ?? null,
    last_finish: finishes.sort().at(-1) ?? null,
  };
}

/** Simulated counts are small; what is larger is tested where the sums are. */
function sum(cells: readonly (LakeLine[string] | undefined)[]): number | null {
  const known = cells.filter((cell) => typeof cell === 'number');
  return known.length === 0 ? null : known.reduce((all, cell) => all + cell, 0);
}

function timeOf(cell: LakeLine[string] | undefined): number {
  return Date.parse(`${String(cell).replace(' ', 'T')}Z`);
}
