/** Small histories, each with a name for what it is about, and where it matters what a person would answer. */
import { coverage, integration, lakeOf, running, sync } from './lines.ts';
import { greatestBigint } from './model/figures.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, type Sync } from './model/lake.ts';

export interface EdgeCase {
  readonly name: string;
  readonly lake: ModelLake;
  readonly now: number;
  /** What the view answers, in part, by workspace, integration and start. */
  readonly view: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** A Wednesday. */
const now = Date.UTC(2026, 5, 17, 12);
const ago = (time: number) => now - time;
const failed = { status: 'error', synced: 0n, failed: 100n };

/** A sync a day at noon, the oldest first; the last one a day before `now`. */
const daily = (rows: readonly number[], fields: Partial<Sync> = {}): Sync[] =>
  rows.map((count, index) =>
    sync({ ...fields, start: ago((rows.length - index) * dayMs), synced: BigInt(count) }),
  );

const repeated = (count: number, rows: number): number[] => Array<number>(count).fill(rows);

export const cases: readonly EdgeCase[] = [
  ...[
    'sync_history',
    'latest_syncs',
    'daily_health',
    'failed_syncs',
    'incidents',
    'freshness',
    'volume_anomalies',
    'completeness',
  ].map((view) => ({ name: `an empty lake, ${view}`, now, lake: lakeOf({}), view, rows: [] })),
  {
    name: 'an integration without syncs has a row of nulls',
    now,
    lake: lakeOf({ integrations: [integration({})] }),
    view: 'latest_syncs',
    rows: [
      { integration_name: 'Users', last_start: null, minutes_since_start: null, syncs_without_success: 0n },
    ],
  },
  {
    name: 'nothing is expected of an integration without syncs',
    now,
    lake: lakeOf({ integrations: [integration({})] }),
    view: 'freshness',
    rows: [{ usual_minutes: null, expected_by: null, late: null, minutes_late: null }],
  },
  {
    name: 'one success',
    now,
    lake: lakeOf({ integrations: [integration({})], syncs: [sync({ start: ago(hourMs) })] }),
    view: 'latest_syncs',
    rows: [{ last_status: 'success', minutes_since_success: 60, syncs_without_success: 0n }],
  },
  {
    name: 'one sync has no usual distance, and no gap',
    now,
    lake: lakeOf({ syncs: [sync({ start: ago(hourMs) })] }),
    view: 'daily_health',
    rows: [
      { syncs: 1n, largest_gap_minutes: null, median_seconds: 300, p95_seconds: 300, failed_sync_share: 0 },
    ],
  },
  {
    name: 'one running sync is the latest, and no failure',
    now,
    lake: lakeOf({ syncs: [sync({ ...running, start: ago(hourMs) })] }),
    view: 'latest_syncs',
    rows: [{ last_status: 'running', last_success: null, syncs_without_success: 0n }],
  },
  {
    name: 'a running sync is no failed one, until it is given up',
    now,
    lake: lakeOf({
      syncs: [
        sync({ ...running, start: ago(7 * dayMs) }),
        sync({ ...running, id: 'two', start: ago(7 * dayMs - 1) }),
      ],
    }),
    view: 'failed_syncs',
    rows: [{ integration_id: 'one', outcome: 'abandoned', job_status: 'running', streak_position: 1n }],
  },
  {
    name: 'shares of a day on which nothing has ended are null',
    now,
    lake: lakeOf({ syncs: [sync({ ...running, start: ago(hourMs) })] }),
    view: 'daily_health',
    rows: [
      { open: 1n, failed_sync_share: null, failed_row_share: null, rows_synced: null, median_seconds: null },
    ],
  },
  {
    name: 'an unknown status is a failure once the sync has finished, and so is none at all',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(4 * hourMs), status: 'limit exceeded' }),
        sync({ start: ago(3 * hourMs), status: null }),
        sync({ start: ago(2 * hourMs), status: 'limit exceeded', finish: null }),
        sync({ start: ago(hourMs), status: null, finish: null }),
      ],
    }),
    view: 'daily_health',
    rows: [{ syncs: 4n, other_failures: 2n, open: 2n, failed_sync_share: 1 }],
  },
  {
    name: 'a final status needs no finish time',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(2 * hourMs), finish: null }),
        sync({ start: ago(hourMs), status: 'config_error', finish: null, synced: null, failed: null }),
      ],
    }),
    view: 'daily_health',
    rows: [{ success: 1n, config_error: 1n, other_failures: 0n, median_seconds: null }],
  },
  {
    name: 'a finish before the start is no duration',
    now,
    lake: lakeOf({ syncs: [sync({ start: ago(hourMs), finish: ago(2 * hourMs) })] }),
    view: 'sync_history',
    rows: [{ duration_seconds: null, outcome: 'success' }],
  },
  {
    name: 'sums past 64 bits are null',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(2 * hourMs), synced: greatestBigint }),
        sync({ start: ago(hourMs), synced: 1n, failed: 3n }),
      ],
    }),
    view: 'daily_health',
    rows: [{ rows_synced: null, rows_failed: 3n, failed_row_share: null }],
  },
  {
    name: 'shares of no rows, and of counts below zero, are null',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(3 * hourMs), synced: 0n, failed: 0n }),
        sync({ start: ago(2 * hourMs), synced: -5n, failed: 5n }),
        sync({ start: ago(hourMs), synced: 75n, failed: 25n }),
      ],
    }),
    view: 'sync_history',
    rows: [{ failed_row_share: null }, { failed_row_share: null }, { failed_row_share: 0.25 }],
  },
  {
    name: 'the percentile is the nearest rank',
    now,
    lake: lakeOf({
      syncs: Array.from({ length: 20 }, (_, index) =>
        sync({
          start: ago(2 * hourMs - index * minuteMs),
          finish: ago(2 * hourMs - index * minuteMs - (index + 1) * 1000),
        }),
      ),
    }),
    view: 'daily_health',
    rows: [{ median_seconds: 10, p95_seconds: 19, largest_gap_minutes: 1 }],
  },
  {
    name: 'a gap across midnight belongs to no day',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(37 * hourMs) }),
        sync({ start: ago(11 * hourMs) }),
        sync({ start: ago(10 * hourMs) }),
      ],
    }),
    view: 'daily_health',
    rows: [
      { dt: '2026-06-15', day: '2026-06-15', largest_gap_minutes: null },
      { dt: '2026-06-17', largest_gap_minutes: 60 },
    ],
  },
  {
    name: 'an integration goes by its id where it was never listed, or has no name',
    now,
    lake: lakeOf({
      integrations: [integration({ id: 'two', name: '' }), integration({ id: 'three', name: null })],
      syncs: ['one', 'two', 'three'].map((id) => sync({ id, start: ago(hourMs) })),
      coverage: [coverage({ id: 'four' })],
    }),
    view: 'latest_syncs',
    rows: [
      { integration_name: 'one', listed: null },
      { integration_name: 'three' },
      { integration_name: 'two' },
    ],
  },
  {
    name: 'a renamed integration has its present name in all of history',
    now,
    lake: lakeOf({
      integrations: [integration({ name: 'it\'s "new" 湖 🦆' })],
      syncs: [
        sync({ start: ago(300 * dayMs), ...failed, raw: '{"name":"old"}' }),
        sync({ start: ago(hourMs) }),
      ],
    }),
    view: 'incidents',
    rows: [{ integration_name: 'it\'s "new" 湖 🦆', minutes_to_success: 300 * 24 * 60 - 60 }],
  },
  {
    name: 'integrations that share a name, or an id in two workspaces, stay apart',
    now,
    lake: lakeOf({
      integrations: [
        integration({}),
        integration({ id: 'two' }),
        integration({ workspace: 'b-2', name: 'Other' }),
      ],
      syncs: [
        sync({ start: ago(hourMs) }),
        sync({ id: 'two', start: ago(hourMs), ...failed }),
        sync({ workspace: 'b-2', start: ago(hourMs), status: 'partial' }),
      ],
    }),
    view: 'latest_syncs',
    rows: [
      { workspace: 'a', integration_id: 'one', integration_name: 'Users', syncs_without_success: 0n },
      { workspace: 'a', integration_id: 'two', integration_name: 'Users', syncs_without_success: 1n },
      { workspace: 'b-2', integration_id: 'one', integration_name: 'Other', syncs_without_success: 1n },
    ],
  },
  {
    name: 'an open sync neither ends nor lengthens an incident',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(9 * hourMs) }),
        sync({ start: ago(8 * hourMs), ...failed }),
        sync({ start: ago(7 * hourMs), ...running }),
        sync({ start: ago(6 * hourMs), status: 'config_error', failed: null }),
        sync({ start: ago(5 * hourMs), status: null, failed: 2n }),
        sync({ start: ago(4 * hourMs) }),
        sync({ start: ago(3 * hourMs), status: 'partial', failed: 5n }),
        sync({ start: ago(hourMs), ...running }),
      ],
    }),
    view: 'incidents',
    rows: [
      {
        syncs: 3n,
        statuses: 'config_error, error, no status',
        rows_failed: 102n,
        minutes_to_success: 240,
        still_open: false,
      },
      { syncs: 1n, statuses: 'partial', rows_failed: 5n, minutes_to_success: null, still_open: true },
    ],
  },
  {
    name: 'places in streaks',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(9 * hourMs), ...failed }),
        sync({ start: ago(8 * hourMs), ...failed }),
        sync({ start: ago(7 * hourMs) }),
        sync({ start: ago(6 * hourMs) }),
        sync({ start: ago(5 * hourMs), ...failed }),
      ],
    }),
    view: 'failed_syncs',
    rows: [
      { streak: 0n, streak_position: 1n, next_success: '2026-06-17 05:00:00.000' },
      { streak: 0n, streak_position: 2n, next_success: '2026-06-17 05:00:00.000' },
      { streak: 2n, streak_position: 1n, next_success: null },
    ],
  },
  {
    name: 'two syncs of one millisecond go by their finish',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(hourMs), finish: ago(50 * minuteMs) }),
        sync({ start: ago(hourMs), finish: ago(40 * minuteMs), ...failed }),
      ],
    }),
    view: 'latest_syncs',
    rows: [{ last_status: 'error', syncs_without_success: 1n }],
  },
  {
    name: 'two syncs of one millisecond that finish at once go by their status',
    now,
    lake: lakeOf({
      syncs: ['success', 'error', null].map((status) => sync({ start: ago(hourMs), status })),
    }),
    view: 'latest_syncs',
    rows: [{ last_status: null, syncs_without_success: 1n }],
  },
  {
    name: 'what is gone stays an open incident, and is told as gone',
    now,
    lake: lakeOf({
      integrations: [integration({ listed: false })],
      syncs: [sync({ start: ago(hourMs), ...failed })],
    }),
    view: 'incidents',
    rows: [{ still_open: true, listed: false }],
  },
  {
    name: 'a week without a success',
    now,
    lake: lakeOf({
      integrations: [integration({}), integration({ id: 'two' })],
      syncs: [
        sync({ start: ago(7 * dayMs + minuteMs) }),
        sync({ id: 'two', start: ago(7 * dayMs - minuteMs) }),
      ],
    }),
    view: 'latest_syncs',
    rows: [{ minutes_since_success: 10_081 }, { minutes_since_success: 10_079 }],
  },
  {
    name: 'a sync that took longer than usual',
    now,
    lake: lakeOf({
      syncs: [
        ...[20, 15, 10].map((days) => sync({ start: ago(days * dayMs), finish: ago(days * dayMs - 50_000) })),
        sync({ start: ago(3 * hourMs), finish: ago(3 * hourMs - 110_000) }),
        sync({ start: ago(2 * hourMs), finish: ago(2 * hourMs - 110_001) }),
        sync({ start: ago(hourMs), finish: ago(hourMs - 100_000) }),
      ],
    }),
    view: 'daily_health',
    rows: [{}, {}, {}, { median_seconds: 110, p95_seconds: 110.001 }],
  },
  {
    name: 'what lies further back than 400 days is not looked at',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(401 * dayMs), ...failed }),
        sync({ start: ago(400 * dayMs), ...failed }),
        sync({ id: 'old', start: ago(500 * dayMs) }),
      ],
    }),
    view: 'incidents',
    rows: [{ dt: '2025-05-13', syncs: 1n, still_open: true }],
  },
  {
    name: 'late after two usual distances',
    now,
    lake: lakeOf({
      integrations: [integration({})],
      syncs: [5, 4, 3].map((hours) => sync({ start: ago(hours * hourMs) })),
    }),
    view: 'freshness',
    rows: [
      {
        usual_minutes: 60,
        expected_by: '2026-06-17 11:00:00.000',
        late: true,
        minutes_late: 60,
        as_of: '2026-06-17 12:00:00.000',
      },
    ],
  },
  {
    name: 'late is judged when the exporter looked',
    now,
    lake: lakeOf({
      integrations: [integration({})],
      coverage: [coverage({ checkedAt: ago(2 * hourMs) })],
      syncs: [5, 4, 3].map((hours) => sync({ start: ago(hours * hourMs) })),
    }),
    view: 'freshness',
    rows: [{ late: false, minutes_late: 0, as_of: '2026-06-17 10:00:00.000' }],
  },
  {
    name: 'whether it is late is not known when nobody has looked for a day',
    now,
    lake: lakeOf({
      coverage: [coverage({ checkedAt: ago(dayMs) })],
      syncs: [27, 26, 25].map((hours) => sync({ start: ago(hours * hourMs) })),
    }),
    view: 'freshness',
    rows: [{ late: null, minutes_late: null, expected_by: '2026-06-16 13:00:00.000' }],
  },
  {
    name: 'what never succeeded is late from its first sync on',
    now,
    lake: lakeOf({ syncs: [5, 4, 3].map((hours) => sync({ start: ago(hours * hourMs), ...failed })) }),
    view: 'freshness',
    rows: [{ last_success: null, expected_by: '2026-06-17 09:00:00.000', late: true, minutes_late: 180 }],
  },
  {
    name: 'what is gone or paused is not late',
    now,
    lake: lakeOf({
      integrations: [integration({ listed: false }), integration({ id: 'two', status: 'Paused' })],
      syncs: ['one', 'two'].flatMap((id) =>
        [50, 49].map((hours) => sync({ id, start: ago(hours * hourMs) })),
      ),
    }),
    view: 'freshness',
    rows: [
      { usual_minutes: 60, expected_by: null, late: null },
      { usual_minutes: 60, expected_by: null, late: null },
    ],
  },
  {
    name: 'the usual distance is that of the newest twenty, and two syncs of one millisecond are at none',
    now,
    lake: lakeOf({
      syncs: [
        ...Array.from({ length: 30 }, (_, index) => sync({ start: ago((60 - index) * dayMs) })),
        ...Array.from({ length: 21 }, (_, index) => sync({ start: ago((21 - index) * hourMs) })),
        sync({ start: ago(hourMs), finish: ago(0) }),
      ],
    }),
    view: 'freshness',
    rows: [{ usual_minutes: 60, expected_by: '2026-06-17 13:00:00.000', late: false }],
  },
  {
    name: 'a day with too few rows, all days before being alike',
    now,
    lake: lakeOf({ syncs: daily([...repeated(10, 1000), 640, 1000]) }),
    view: 'volume_anomalies',
    rows: [
      {
        dt: '2026-06-15',
        rows_synced: 640n,
        usual_rows: 1000,
        deviation: 0,
        compared_with: 'all days',
        days_compared: 10n,
        score: -3.6,
      },
    ],
  },
  {
    name: 'a day that is as its weekday always is',
    now,
    lake: lakeOf({
      syncs: daily([...repeated(4, 0).flatMap(() => [...repeated(6, 100), 9000]), ...repeated(6, 100), 9000]),
    }),
    view: 'volume_anomalies',
    // The third of them has only two of its weekday before it, and then all days speak; from the fourth on, none is odd.
    rows: [
      { dt: '2026-05-26', compared_with: 'all days', days_compared: 13n },
      { dt: '2026-06-02', compared_with: 'all days', days_compared: 20n },
    ],
  },
  {
    name: 'too little history to say what is usual',
    now,
    lake: lakeOf({ syncs: daily([...repeated(6, 1000), 0]) }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'today is not over, and is not judged',
    now,
    lake: lakeOf({ syncs: [...daily(repeated(20, 1000)), sync({ start: ago(hourMs), synced: 0n })] }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'days of counts without end are passed over',
    now,
    lake: lakeOf({
      syncs: [
        ...daily(repeated(10, 1000)),
        ...[2, 3].flatMap((days) =>
          [1, 2].map((minutes) =>
            sync({ start: ago(days * dayMs - minutes * minuteMs), synced: greatestBigint }),
          ),
        ),
      ],
    }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'verdicts',
    now,
    lake: lakeOf({
      integrations: [integration({}), integration({ id: 'never read', name: 'New' })],
      coverage: [
        coverage({ from: ago(dayMs), to: now, open: 2n, abandoned: 1n }),
        coverage({ id: 'b', to: now }),
        coverage({ id: 'c', state: 'failing', failure: 'The key was refused.' }),
        coverage({
          id: 'd',
          from: ago(dayMs),
          to: now,
          state: 'backfilling',
          gaps: 3n,
          rowOrder: 'unproved',
        }),
        coverage({ id: 'e', from: ago(dayMs), to: now, state: 'gone' }),
        coverage({ id: 'f', gaps: null, open: null, abandoned: null, rowOrder: null, state: null }),
        coverage({
          id: 'g',
          from: ago(dayMs),
          to: now,
          state: 'backfilling',
          gaps: 1n,
          failure: 'The pages lead in a circle.',
        }),
        coverage({ id: 'h', from: ago(dayMs), to: now, failure: 'The pages lead in a circle.' }),
        coverage({ id: 'i', from: ago(dayMs), to: now, state: 'gone', failure: 'The key was refused.' }),
        coverage({ id: 'j', state: null, failure: 'The key was refused.' }),
      ],
    }),
    view: 'completeness',
    rows: [
      { verdict: 'It had no syncs up to 2026-06-17 12:00.' },
      {
        verdict:
          'No stretch of its history is whole yet. It could not be read the last time: The key was refused.',
      },
      {
        verdict:
          'Whole from 2026-06-16 12:00 to 2026-06-17 12:00, if the rows go on as seen so far. ' +
          'Older stretches not read yet: 3.',
      },
      {
        verdict:
          'Whole from 2026-06-16 12:00 to 2026-06-17 12:00. It is gone from Braze; its history is kept.',
      },
      { verdict: 'No stretch of its history is whole yet.' },
      {
        verdict:
          'Whole from 2026-06-16 12:00 to 2026-06-17 12:00. Older stretches not read yet: 1. ' +
          'What keeps it from being whole: The pages lead in a circle.',
      },
      {
        verdict:
          'Whole from 2026-06-16 12:00 to 2026-06-17 12:00. ' +
          'What keeps it from being whole: The pages lead in a circle.',
      },
      {
        verdict:
          'Whole from 2026-06-16 12:00 to 2026-06-17 12:00. It is gone from Braze; its history is kept. ' +
          'What keeps it from being whole: The key was refused.',
      },
      {
        verdict:
          'No stretch of its history is whole yet. What keeps it from being whole: The key was refused.',
      },
      { integration_name: 'New', verdict: 'No run has read it yet.', state: null },
      {
        integration_name: 'Users',
        verdict: 'Whole from 2026-06-16 12:00 to 2026-06-17 12:00. Not final yet: 2. Never final: 1.',
      },
    ],
  },
];
