/** Small histories, each with a name for what it is about, and where it matters what a person would answer. */
import { change, coverage, integration, lakeOf, running, standing, sync } from './lines.ts';
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

const zigzag = (count: number, one: number, other: number): number[] =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? one : other));

export const cases: readonly EdgeCase[] = [
  ...[
    'sync_history',
    'latest_syncs',
    'daily_health',
    'pauses',
    'failed_syncs',
    'incidents',
    'freshness',
    'volume_anomalies',
    'completeness',
  ].map((view) => ({ name: `an empty lake, ${view}`, now, lake: lakeOf({}), view, rows: [] })),
  {
    name: 'a lake that no run of this version has looked at has rows of nulls, whatever syncs it holds',
    now,
    lake: lakeOf({ integrations: [integration({})], syncs: [sync({ start: ago(hourMs), ...failed })] }),
    view: 'latest_syncs',
    rows: [
      {
        integration_name: 'Users',
        state: null,
        last_start: null,
        minutes_since_start: null,
        syncs_without_success: null,
        as_of: null,
      },
    ],
  },
  {
    name: 'nothing is known to be late in a lake that no run of this version has looked at',
    now,
    lake: lakeOf({ integrations: [integration({})], syncs: [sync({ start: ago(hourMs) })] }),
    view: 'freshness',
    rows: [{ state: null, usual_minutes: null, expected_by: null, late: null, minutes_late: null }],
  },
  {
    name: 'nothing is known to be open in a lake that no run of this version has looked at',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(3 * hourMs), ...failed }),
        sync({ start: ago(2 * hourMs) }),
        sync({ start: ago(hourMs), ...failed }),
      ],
    }),
    view: 'incidents',
    rows: [{ still_open: false, syncs: 1n, minutes_to_success: 60 }],
  },
  {
    name: 'how an integration stands is told as the exporter has it',
    now,
    lake: lakeOf({
      integrations: [integration({})],
      syncs: [sync({ start: ago(hourMs), ...failed })],
      standing: [
        standing({
          state: 'suspect',
          since: ago(3 * hourMs),
          reason: 'Its watermark lies ahead of the clock.',
          lastStart: ago(2 * hourMs),
          lastFinish: ago(2 * hourMs - 90_000),
          lastStatus: 'success',
          lastSynced: 9_223_372_036_854_775_807n,
          lastFailed: 0n,
          lastSuccess: ago(2 * hourMs),
          traps: 'future_watermark',
          continues: 'zero',
          incidents: '0123',
          asOf: ago(hourMs),
        }),
      ],
    }),
    view: 'latest_syncs',
    rows: [
      {
        state: 'suspect',
        since: '2026-06-17 09:00:00.000',
        reason: 'Its watermark lies ahead of the clock.',
        last_status: 'success',
        last_rows_synced: 9_223_372_036_854_775_807n,
        minutes_since_start: 60,
        minutes_since_success: 60,
        last_duration_seconds: 90,
        syncs_without_success: 0n,
        traps: 'future_watermark',
        continues: 'zero',
        incidents: '0123',
        as_of: '2026-06-17 11:00:00.000',
      },
    ],
  },
  {
    name: 'one sync leaves the longer part of its day without a start',
    now,
    lake: lakeOf({ syncs: [sync({ start: ago(hourMs) })] }),
    view: 'daily_health',
    rows: [
      { syncs: 1n, largest_gap_minutes: 780, median_seconds: 300, p95_seconds: 300, failed_sync_share: 0 },
    ],
  },
  {
    name: 'one that runs has no duration, nor has one that ended before it began',
    now,
    lake: lakeOf({
      standing: [
        standing({ lastStart: ago(hourMs), lastStatus: 'running', asOf: now }),
        standing({ id: 'two', lastStart: ago(hourMs), lastFinish: ago(2 * hourMs), asOf: now }),
      ],
    }),
    view: 'latest_syncs',
    rows: [
      { last_status: 'running', last_success: null, last_duration_seconds: null, minutes_since_start: 60 },
      { last_duration_seconds: null },
    ],
  },
  {
    name: 'a running sync is no failed one, until it is given up',
    now,
    lake: lakeOf({
      syncs: [
        sync({ ...running, start: ago(7 * dayMs) }),
        sync({ ...running, id: 'two', start: ago(7 * dayMs - 1) }),
        sync({ ...running, id: 'nobody has looked', start: ago(9 * dayMs) }),
      ],
      standing: ['one', 'two'].map((id) => standing({ id, asOf: now })),
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
    rows: [{ syncs: 4n, other_failures: 3n, open: 1n, failed_sync_share: 1 }],
  },
  {
    name: 'the last sync of a day is over when one has started on another day, and given up by the moment of the look',
    now,
    lake: lakeOf({
      syncs: ['followed', 'newest', 'looked at a day later'].map((id) =>
        sync({ ...running, id, start: ago(8 * dayMs) }),
      ),
      standing: [
        standing({ id: 'followed', lastStart: ago(dayMs), asOf: now }),
        standing({ id: 'newest', lastStart: ago(8 * dayMs), asOf: now }),
        standing({ id: 'looked at a day later', lastStart: ago(8 * dayMs), asOf: ago(7 * dayMs) }),
      ],
    }),
    view: 'daily_health',
    rows: [
      { other_failures: 1n, open: 0n, abandoned: 0n, failed_sync_share: 1 },
      { other_failures: 0n, open: 1n, abandoned: 0n, failed_sync_share: null },
      { other_failures: 0n, open: 0n, abandoned: 1n, failed_sync_share: 1 },
    ],
  },
  {
    name: 'partial is data: no failure of the day, and its rows are there',
    now,
    lake: lakeOf({
      syncs: [1, 2, 3, 4, 5].map((hours) =>
        sync({ start: ago(hours * hourMs), status: 'partial', synced: 1_000_000n, failed: 1n }),
      ),
    }),
    view: 'daily_health',
    rows: [{ partial: 5n, failed_sync_share: 0, rows_synced: 5_000_000n, rows_failed: 5n }],
  },
  {
    name: 'partial is data: none has failed',
    now,
    lake: lakeOf({
      syncs: [1, 2, 3].map((hours) => sync({ start: ago(hours * hourMs), status: 'partial', failed: 1n })),
    }),
    view: 'failed_syncs',
    rows: [],
  },
  {
    name: 'what has no end was over when a newer sync started',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(3 * hourMs), status: 'limit_exceeded', finish: null }),
        sync({ start: ago(2 * hourMs) }),
        sync({ ...running, start: ago(hourMs) }),
      ],
      standing: [standing({ lastStart: ago(hourMs), asOf: now })],
    }),
    view: 'sync_history',
    rows: [{ outcome: 'failure' }, { outcome: 'success' }, { outcome: 'open' }],
  },
  {
    name: 'what ran when the exporter last looked is open, however long ago that was',
    now,
    lake: lakeOf({
      syncs: [sync({ ...running, start: ago(9 * dayMs) })],
      standing: [standing({ lastStart: ago(9 * dayMs), asOf: ago(8 * dayMs) })],
    }),
    view: 'sync_history',
    rows: [{ outcome: 'open' }],
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
    rows: [{ median_seconds: 10, p95_seconds: 19 }],
  },
  {
    name: 'a gap across midnight belongs to both days',
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
      { dt: '2026-06-15', day: '2026-06-15', month: '2026-06', largest_gap_minutes: 23 * 60 },
      { dt: '2026-06-17', largest_gap_minutes: 22 * 60 },
    ],
  },
  {
    name: 'an integration goes by its id where it was never listed, or has no name',
    now,
    lake: lakeOf({
      integrations: [integration({ id: 'two', name: '' }), integration({ id: 'three', name: null })],
      standing: ['one', 'two', 'three'].map((id) => standing({ id })),
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
        sync({ start: ago(40 * dayMs), ...failed, raw: '{"name":"old"}' }),
        sync({ start: ago(hourMs) }),
      ],
    }),
    view: 'incidents',
    rows: [{ integration_name: 'it\'s "new" 湖 🦆', minutes_to_success: 40 * 24 * 60 - 60 }],
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
      standing: [
        standing({}),
        standing({ id: 'two', withoutSuccess: 1n }),
        standing({ workspace: 'b-2', withoutSuccess: 2n }),
      ],
    }),
    view: 'latest_syncs',
    rows: [
      { workspace: 'a', integration_id: 'one', integration_name: 'Users', syncs_without_success: 0n },
      { workspace: 'a', integration_id: 'two', integration_name: 'Users', syncs_without_success: 1n },
      { workspace: 'b-2', integration_id: 'one', integration_name: 'Other', syncs_without_success: 2n },
    ],
  },
  {
    name: 'an open sync neither ends nor lengthens an incident that is over',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(9 * hourMs) }),
        sync({ start: ago(8 * hourMs), ...failed }),
        sync({ start: ago(7 * hourMs), ...running }),
        sync({ start: ago(6 * hourMs), status: 'config_error', failed: null }),
        sync({ start: ago(5 * hourMs), status: null, failed: 2n }),
        sync({ start: ago(4 * hourMs) }),
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
    ],
  },
  {
    name: 'what is open is told as the exporter has it, and its syncs are not counted again',
    now,
    lake: lakeOf({
      integrations: [integration({})],
      syncs: [sync({ start: ago(4 * hourMs) }), sync({ start: ago(3 * hourMs), ...failed })],
      standing: [
        standing({
          state: 'failing',
          since: ago(9 * hourMs),
          reason: 'It has failed since then.',
          lastStart: ago(hourMs),
          lastStatus: 'config_error',
          lastFailed: 5n,
          withoutSuccess: 7n,
          failingSince: ago(14 * hourMs),
          detailsUntil: now,
          asOf: ago(minuteMs),
        }),
        standing({ id: 'two', state: 'healthy', lastStatus: 'partial' }),
      ],
    }),
    view: 'incidents',
    rows: [
      {
        integration_name: 'Users',
        dt: '2026-06-16',
        first_start: '2026-06-16 22:00:00.000',
        last_start: '2026-06-17 11:00:00.000',
        syncs: 7n,
        statuses: 'config_error',
        rows_failed: 5n,
        next_success: null,
        minutes_to_success: null,
        still_open: true,
        state: 'failing',
        since: '2026-06-17 03:00:00.000',
        reason: 'It has failed since then.',
        details_until: '2026-06-17 12:00:00.000',
        as_of: '2026-06-17 11:59:00.000',
      },
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
      {
        streak: 0n,
        streak_position: 2n,
        next_success: '2026-06-17 05:00:00.000',
        recovered_at: '2026-06-17 05:05:00.000',
      },
      { streak: 1n, streak_position: 1n, next_success: null, recovered_at: null },
    ],
  },
  {
    name: 'successes without rows end no incident, until two follow each other',
    now,
    lake: lakeOf({
      syncs: [
        ...[40, 38, 36, 34].flatMap((hours) => [
          sync({ start: ago(hours * hourMs), ...failed }),
          sync({ start: ago((hours - 1) * hourMs), synced: 0n }),
        ]),
        sync({ start: ago(32 * hourMs), synced: 0n }),
      ],
      standing: [standing({ usualMinutes: 60, lastStart: ago(32 * hourMs), asOf: now })],
    }),
    view: 'incidents',
    rows: [{ syncs: 4n, minutes_to_success: 7 * 60, minutes_without_data: 7 * 60 + 5, still_open: false }],
  },
  {
    name: 'a flapping integration has one incident, until it stays well for a usual distance',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(20 * hourMs), ...failed }),
        sync({ start: ago(19 * hourMs) }),
        sync({ start: ago(18 * hourMs), ...failed }),
        sync({ start: ago(17 * hourMs) }),
        sync({ start: ago(10 * hourMs), ...failed }),
        sync({ start: ago(9 * hourMs), status: 'partial', failed: 99n }),
      ],
      standing: [standing({ usualMinutes: 60, lastStart: ago(9 * hourMs), asOf: now })],
    }),
    view: 'incidents',
    rows: [
      { syncs: 2n, first_start: '2026-06-16 16:00:00.000', next_success: '2026-06-16 19:00:00.000' },
      { syncs: 1n, first_start: '2026-06-17 02:00:00.000', next_success: '2026-06-17 03:00:00.000' },
    ],
  },
  {
    name: 'a pause is no part of an incident',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(31 * dayMs), ...failed }),
        sync({ start: ago(hourMs) }),
        sync({ start: ago(0) }),
      ],
      standing: [standing({ usualMinutes: 60, lastStart: ago(hourMs), asOf: now })],
    }),
    view: 'incidents',
    rows: [{ syncs: 1n, minutes_to_success: 31 * 24 * 60 - 60, minutes_without_data: 65 }],
  },
  {
    name: 'a night without a start is a part of an incident, and a weekend is not',
    now,
    lake: lakeOf({
      syncs: [
        sync({ id: 'night', start: ago(40 * hourMs), ...failed }),
        sync({ id: 'night', start: ago(26 * hourMs) }),
        sync({ id: 'weekend', start: ago(5 * dayMs), ...failed }),
        sync({ id: 'weekend', start: ago(2 * dayMs) }),
      ],
      standing: ['night', 'weekend'].map((id) => standing({ id, usualMinutes: 15, asOf: now })),
    }),
    view: 'incidents',
    rows: [{ minutes_without_data: 14 * 60 + 5 }, { minutes_without_data: 15 + 5 }],
  },
  {
    name: 'a streak that the exporter tells as open is no other incident that is over',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(5 * hourMs), ...failed }),
        sync({ start: ago(4 * hourMs) }),
        sync({ start: ago(3 * hourMs), ...failed }),
      ],
      standing: [
        standing({
          state: 'failing',
          usualMinutes: 60,
          failingSince: ago(3 * hourMs),
          withoutSuccess: 1n,
          lastStart: ago(3 * hourMs),
          asOf: now,
        }),
      ],
    }),
    view: 'incidents',
    rows: [
      { first_start: '2026-06-17 07:00:00.000', still_open: false, ended_by: 'success' },
      { first_start: '2026-06-17 09:00:00.000', still_open: true, ended_by: null, minutes_without_data: 180 },
    ],
  },
  {
    name: 'refused rows are no incident, whatever their share',
    now,
    lake: lakeOf({
      syncs: [sync({ start: ago(hourMs), status: 'partial', failed: 100n })],
      standing: [standing({ state: 'refusing', failingSince: ago(hourMs), withoutSuccess: 1n, asOf: now })],
    }),
    view: 'incidents',
    rows: [],
  },
  {
    name: 'what is paused or gone is at rest: no open incident',
    now,
    lake: lakeOf({
      integrations: [integration({ listed: false })],
      standing: ['gone', 'paused'].map((state) =>
        standing({
          id: state === 'gone' ? 'one' : 'two',
          state,
          failingSince: ago(49 * dayMs),
          lastStart: ago(49 * dayMs - hourMs),
          withoutSuccess: 2n,
          asOf: now,
        }),
      ),
    }),
    view: 'incidents',
    rows: [
      { still_open: false, listed: false, state: 'gone', ended_by: 'gone', minutes_without_data: 60 },
      { still_open: false, state: 'paused', ended_by: 'paused', minutes_without_data: 60 },
    ],
  },
  {
    name: 'what was paused, gone or both is told once, from when it was seen to when it was over',
    now,
    lake: lakeOf({
      changes: [
        // It was gone while it was paused.
        change({ seenAt: ago(9 * dayMs), before: 'active', after: 'paused' }),
        change({ seenAt: ago(8 * dayMs), field: 'listed', before: 'true', after: 'false' }),
        change({ seenAt: ago(7 * dayMs), field: 'listed', before: 'false', after: 'true' }),
        change({ seenAt: ago(6 * dayMs), before: 'paused', after: 'Active' }),
        change({ seenAt: ago(5 * dayMs), before: 'Active', after: 'active' }),
        // Still so.
        change({ seenAt: ago(hourMs), before: 'active', after: 'paused' }),
        change({ id: 'two', seenAt: ago(4 * dayMs), field: 'listed', before: 'false', after: 'true' }),
        change({ id: 'new', seenAt: ago(3 * dayMs), field: 'listed', before: null, after: 'true' }),
        change({ id: 'new', seenAt: ago(2 * dayMs), field: 'integration_name', before: 'A', after: 'B' }),
      ],
    }),
    view: 'pauses',
    rows: [
      {
        integration_id: 'one',
        kind: 'paused',
        paused_from: '2026-06-08 12:00:00.000',
        paused_until: '2026-06-11 12:00:00.000',
        minutes: 3 * 24 * 60,
      },
      { integration_id: 'two', kind: 'gone', paused_from: null, minutes: null },
    ],
  },
  {
    name: 'a pause is no part of an incident, however short it is',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(10 * hourMs), ...failed }),
        sync({ start: ago(3 * hourMs), finish: ago(3 * hourMs) }),
        sync({ start: ago(2 * hourMs) }),
      ],
      standing: [standing({ state: 'healthy', usualMinutes: 60, lastStart: ago(2 * hourMs), asOf: now })],
      changes: [
        change({ seenAt: ago(9 * hourMs), before: 'active', after: 'paused' }),
        // Seen after the sync that came then.
        change({ seenAt: ago(2.5 * hourMs), before: 'paused', after: 'active' }),
      ],
    }),
    view: 'incidents',
    rows: [{ ended_by: 'success', minutes_to_success: 420, minutes_without_data: 60 }],
  },
  {
    name: 'what fails on and on is an incident all the time, whatever its status is called meanwhile',
    now,
    lake: lakeOf({
      syncs: [
        ...[8, 7, 6, 5].map((hours) => sync({ start: ago(hours * hourMs), ...failed })),
        ...[4, 3].map((hours) => sync({ start: ago(hours * hourMs), finish: ago(hours * hourMs) })),
      ],
      standing: [standing({ state: 'healthy', usualMinutes: 60, lastStart: ago(3 * hourMs), asOf: now })],
      changes: [
        change({ seenAt: ago(7.75 * hourMs), before: 'active', after: 'error' }),
        change({ seenAt: ago(4 * hourMs), before: 'error', after: 'active' }),
      ],
    }),
    view: 'incidents',
    rows: [{ ended_by: 'success', syncs: 4n, minutes_without_data: 4 * 60 - 45 }],
  },
  {
    name: 'an open incident is so much shorter as the integration was paused since it began',
    now,
    lake: lakeOf({
      standing: [
        standing({ state: 'failing', failingSince: ago(10 * dayMs), lastStart: ago(hourMs), asOf: now }),
      ],
      changes: [
        change({ seenAt: ago(9 * dayMs), before: 'active', after: 'paused' }),
        change({ seenAt: ago(dayMs), before: 'paused', after: 'active' }),
      ],
    }),
    view: 'incidents',
    rows: [{ still_open: true, minutes_without_data: 2 * 24 * 60 }],
  },
  {
    name: 'no sync is missing on the days of a pause that is over, and one is on the day after it',
    now,
    lake: lakeOf({
      syncs: daily(repeated(80, 1000)).filter((_, index) => index < 70 || index > 74),
      standing: [standing({ state: 'healthy', asOf: now })],
      coverage: [coverage({ from: ago(90 * dayMs), to: now })],
      changes: [
        change({ seenAt: ago(10 * dayMs) - hourMs, before: 'active', after: 'paused' }),
        change({ seenAt: ago(7 * dayMs), before: 'paused', after: 'active' }),
      ],
    }),
    view: 'volume_anomalies',
    rows: [{ dt: '2026-06-11', kind: 'no sync' }],
  },
  {
    name: 'a week without a success',
    now,
    lake: lakeOf({
      standing: [
        standing({ state: 'failing', lastSuccess: ago(7 * dayMs + minuteMs), asOf: now }),
        standing({ id: 'two', state: 'failing', lastSuccess: ago(7 * dayMs - minuteMs), asOf: now }),
        standing({ id: 'three', state: 'healthy', lastSuccess: ago(20 * dayMs), asOf: now }),
        standing({ id: 'zero', state: 'unread', asOf: null }),
      ],
    }),
    view: 'latest_syncs',
    rows: [
      { minutes_since_success: 10_081 },
      { minutes_since_success: 28_800 },
      { minutes_since_success: 10_079 },
      { minutes_since_success: null },
    ],
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
    name: 'what lies further back than 45 days is not looked at',
    now,
    lake: lakeOf({
      syncs: [
        sync({ start: ago(46 * dayMs), ...failed }),
        sync({ start: ago(45 * dayMs), ...failed }),
        sync({ start: ago(44 * dayMs) }),
      ],
    }),
    view: 'incidents',
    rows: [{ dt: '2026-05-03', syncs: 1n, still_open: false }],
  },
  {
    name: 'late is told as the exporter has judged it, and by what',
    now,
    lake: lakeOf({
      integrations: [integration({})],
      standing: [
        standing({
          state: 'late',
          usualMinutes: 60.25,
          expectedBy: ago(hourMs),
          dueSince: ago(2 * hourMs),
          judgedBy: 'schedule',
          late: true,
          minutesLate: 59.5,
          asOf: ago(30_000),
        }),
      ],
    }),
    view: 'freshness',
    rows: [
      {
        state: 'late',
        usual_minutes: 60.25,
        expected_by: '2026-06-17 11:00:00.000',
        due_since: '2026-06-17 10:00:00.000',
        judged_by: 'schedule',
        late: true,
        minutes_late: 59.5,
        as_of: '2026-06-17 11:59:30.000',
      },
    ],
  },
  {
    name: 'whether it is late is not known when nobody has looked for a day; what was late then still is',
    now,
    lake: lakeOf({
      standing: [
        standing({ id: '1', late: false, minutesLate: 0, asOf: ago(dayMs) }),
        standing({ id: '2', late: false, minutesLate: 0, asOf: ago(dayMs - 1) }),
        standing({ id: '3', late: true, minutesLate: 5, asOf: ago(9 * dayMs) }),
        standing({ id: '4', late: false, minutesLate: 0, asOf: null }),
      ],
    }),
    view: 'freshness',
    rows: [
      { late: null, minutes_late: null },
      { late: false, minutes_late: 0 },
      { late: true, minutes_late: 5 },
      { late: null, minutes_late: null },
    ],
  },
  {
    name: 'nothing is guessed from what an integration’s status is called',
    now,
    lake: lakeOf({
      integrations: [integration({ status: 'Paused' })],
      standing: [standing({ state: 'late', late: true, minutesLate: 5, asOf: now })],
    }),
    view: 'freshness',
    rows: [{ integration_status: 'Paused', state: 'late', late: true, minutes_late: 5 }],
  },
  {
    name: 'a day with too few rows, all days before being alike',
    now,
    lake: lakeOf({ syncs: daily([...repeated(10, 1000), 500, 1000]) }),
    view: 'volume_anomalies',
    rows: [
      {
        dt: '2026-06-15',
        rows_synced: 500n,
        usual_rows: 1000,
        deviation: 0,
        compared_with: 'all days',
        days_compared: 10n,
        score: -5.28,
        kind: 'too few rows',
        failed_since_dt: null,
      },
    ],
  },
  {
    name: 'twice as many rows is as unusual as half of them',
    now,
    lake: lakeOf({ syncs: daily([...repeated(10, 1000), 2001, 1000]) }),
    view: 'volume_anomalies',
    rows: [{ dt: '2026-06-15', score: 5.28, kind: 'too many rows' }],
  },
  {
    name: 'a day without rows is unusual, however much the others vary',
    now,
    lake: lakeOf({ syncs: daily([...zigzag(28, 60_000, 160_000), 160_000, 0]) }),
    view: 'volume_anomalies',
    rows: [{ dt: '2026-06-16', rows_synced: 0n, kind: 'no rows' }],
  },
  {
    name: 'two counts in turn are both usual',
    now,
    lake: lakeOf({ syncs: daily(zigzag(90, 100_000, 150_000)) }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'days without rows are told until they end, and do not become the usual',
    now,
    lake: lakeOf({ syncs: daily([...repeated(60, 1000), ...repeated(70, 0)]) }),
    view: 'volume_anomalies',
    rows: repeated(70, 0).map(() => ({ kind: 'no rows', usual_rows: 1000 })),
  },
  {
    name: 'a few rows after days without any are nothing',
    now,
    lake: lakeOf({ syncs: daily([...repeated(28, 0), 4]) }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'where days without rows are usual, one more is nothing',
    now,
    lake: lakeOf({ syncs: daily(zigzag(60, 0, 900)) }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'a day on which its syncs failed points to its incident',
    now,
    lake: lakeOf({
      syncs: [
        ...daily(repeated(20, 1000)).slice(0, 18),
        sync({ start: ago(2 * dayMs), ...failed }),
        sync({ start: ago(dayMs), ...failed }),
      ],
    }),
    view: 'volume_anomalies',
    rows: [
      { dt: '2026-06-15', kind: 'failed', failed: 1n, failed_since_dt: '2026-06-15' },
      { dt: '2026-06-16', kind: 'failed', failed: 1n, failed_since_dt: '2026-06-15' },
    ],
  },
  {
    name: 'a day without a sync where one was expected, also the last ones',
    now,
    lake: lakeOf({
      syncs: daily(repeated(60, 5)).filter((_, index) => index !== 50 && index < 58),
      standing: [standing({ state: 'late', asOf: now })],
      coverage: [coverage({ from: ago(70 * dayMs), to: now })],
    }),
    view: 'volume_anomalies',
    rows: ['2026-06-07', '2026-06-15', '2026-06-16'].map((dt) => ({
      dt,
      kind: 'no sync',
      syncs: 0n,
      rows_synced: 0n,
    })),
  },
  {
    name: 'no sync is missing of what is paused, where nothing was read, or on a weekday that had none',
    now,
    lake: lakeOf({
      syncs: ['paused', 'not read', 'weekdays'].flatMap((id) =>
        daily(repeated(70, 1000), { id })
          .slice(0, id === 'weekdays' ? 70 : 65)
          .filter(({ start }) => id !== 'weekdays' || ![0, 6].includes(new Date(start).getUTCDay())),
      ),
      standing: [
        standing({ id: 'paused', state: 'paused', asOf: now }),
        standing({ id: 'not read', state: 'late', asOf: now }),
        standing({ id: 'weekdays', state: 'healthy', asOf: now }),
      ],
      coverage: ['paused', 'weekdays'].map((id) => coverage({ id, from: ago(90 * dayMs), to: now })),
    }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'a nightly sync that moves over midnight with the local clock is there on each night',
    now,
    lake: lakeOf({
      // Berlin, 01:30: half past midnight in winter, half past eleven the day before in summer; and back.
      syncs: Array.from({ length: 80 }, (_, index) => {
        const night = Date.UTC(2026, 5, 17 - 80 + index, 0, 30);
        return sync({ start: index >= 60 && index < 70 ? night - hourMs : night, synced: 1000n });
      }),
      standing: [standing({ state: 'healthy', asOf: now })],
      coverage: [coverage({ from: ago(90 * dayMs), to: now })],
    }),
    view: 'volume_anomalies',
    rows: [],
  },
  {
    name: 'a day that is as its weekday always is, from the seventh on',
    now,
    lake: lakeOf({
      syncs: daily(Array.from({ length: 9 }).flatMap(() => [...repeated(6, 100), 9000])),
    }),
    view: 'volume_anomalies',
    rows: ['2026-04-28', '2026-05-05', '2026-05-12', '2026-05-19', '2026-05-26'].map((dt) => ({
      dt,
      compared_with: 'all days',
      kind: 'too many rows',
    })),
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
