import { daysAgo, durationOf, failedShare, lookBackDays, nameOr, oldestFirst } from '../expressions.ts';
import { integration, listed, workspace } from '../integration-columns.ts';
import { broughtNothing, outcome } from '../outcome.ts';
import type { View } from '../view.ts';

const eachNumbered = `PARTITION BY workspace, number, unnumbered_id ORDER BY ${oldestFirst}`;
const eachSync = `PARTITION BY workspace, integration_id ORDER BY ${oldestFirst}`;
const eachStreak = 'PARTITION BY workspace, integration_id, streak';
const eachFailure =
  'PARTITION BY streaks.workspace, streaks.integration_id, streaks.streak, streaks.streak_position';

/** To the start of the sync that came next. */
const distance = `date_diff('millisecond', sync_start_time, next_start)`;
const aDay = '86400000';

/** A longer stretch without a start is one in which nothing was expected: a weekend, a pause that nobody has seen. */
const isRest = `(${distance} > ${aDay} AND ${distance} > coalesce(2 * usual_ms, 0))`;

/**
 * A streak is over with a sync that brought something, and with which it stays: another one follows, or nothing does
 * for a usual distance. So a flapping integration has one streak, and a success without rows alone ends none.
 *
 * One window runs over all syncs, and what it sorts and carries is what the view costs beside reading: so a number
 * stands for the id, and names and outcome come back later, for the few that go on from there: those that failed, and
 * those that end a streak. A place in a streak needs the syncs before it, so a filter on `dt` chooses rows and saves
 * no reading here; a filter on `workspace` does. Both engines push it below a window that is partitioned by it.
 */
export const failedSyncs: View = {
  name: 'failed_syncs',
  grain:
    'A sync a row that brought no data: over with another status than success and partial, without an end when a newer ' +
    `one started, or never over within 7 days. Looks back ${lookBackDays} days; a streak that began before begins ` +
    'there. For older ones ask sync_history.',
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day of the start, yyyy-mm-dd' },
    ...integration,
    listed,
    { name: 'sync_start_time', type: 'timestamp', comment: 'Start, UTC' },
    { name: 'sync_finish_time', type: 'timestamp', comment: 'Finish, UTC; null where there is none' },
    { name: 'job_status', type: 'string', comment: 'As Braze gave it, in lower case; an open set' },
    { name: 'outcome', type: 'string', comment: 'failure, or abandoned: not over 7 days after its start' },
    { name: 'duration_seconds', type: 'double', comment: 'From start to finish' },
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived all the same' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused' },
    {
      name: 'failed_row_share',
      type: 'double',
      comment: 'Refused of all its rows, 0 to 1; null without rows',
    },
    { name: 'streak', type: 'bigint', comment: 'The same number for all syncs of one streak, see incidents' },
    { name: 'streak_position', type: 'bigint', comment: 'Its place in the streak, from 1 on' },
    {
      name: 'next_success',
      type: 'timestamp',
      comment: 'Start of the sync that ended the streak, UTC: a success or partial; null: none yet',
    },
    {
      name: 'recovered_at',
      type: 'timestamp',
      comment: 'Finish of that sync, UTC: from then on its data was there',
    },
    {
      name: 'minutes_at_rest',
      type: 'bigint',
      comment:
        'Of the time to the next sync, what it was paused or gone; and what is past a usual distance, where it is over a day and two usual distances',
    },
  ],
  sql: (dialect) => `
-- How each integration usually goes, and since when it is failing now, as the exporter has it; with a number for its id.
WITH numbered_standing AS (
  SELECT
    workspace, integration_id, last_start, as_of,
    row_number() OVER (PARTITION BY workspace ORDER BY integration_id) AS number,
    usual_minutes * 60000e0 AS usual_ms,
    CASE WHEN state IS DISTINCT FROM 'refusing' THEN failing_since END AS open_since
  FROM standing
),
-- Each sync that is over, with what came before and after it.
ended_syncs AS (
  SELECT
    *,
    lag(is_failed) OVER (${eachNumbered}) AS previous_failed,
    lead(is_failed) OVER (${eachNumbered}) AS next_failed,
    lead(sync_start_time) OVER (${eachNumbered}) AS next_start
  FROM (
    SELECT
      workspace, number, unnumbered_id, sync_start_time, sync_finish_time, job_status, rows_synced, rows_failed,
      ${broughtNothing} AS is_failed
    FROM (
      SELECT
        syncs.workspace,
        standing.number,
        CASE WHEN standing.number IS NULL THEN syncs.integration_id END AS unnumbered_id,
        syncs.sync_start_time,
        syncs.sync_finish_time,
        syncs.job_status,
        syncs.rows_synced,
        syncs.rows_failed_with_errors AS rows_failed,
        ${outcome} AS outcome
      FROM syncs
      LEFT JOIN numbered_standing AS standing
        ON standing.workspace = syncs.workspace AND standing.integration_id = syncs.integration_id
      WHERE syncs.dt >= ${daysAgo(lookBackDays, dialect)}
    )
    WHERE outcome <> 'open'
  )
),
-- Those that failed, and those that came right after one, with id and outcome again.
around_failures AS (
  SELECT
    syncs.*,
    coalesce(standing.integration_id, syncs.unnumbered_id) AS integration_id,
    ${outcome} AS outcome,
    standing.usual_ms,
    standing.open_since
  FROM ended_syncs AS syncs
  LEFT JOIN numbered_standing AS standing
    ON standing.workspace = syncs.workspace AND standing.number = syncs.number
  WHERE syncs.is_failed OR syncs.previous_failed
),
-- Those that failed, and those that ended a streak: the failure is not back within a usual distance and a half.
failures_and_ends AS (
  SELECT *
  FROM (
    SELECT
      *,
      NOT is_failed AND (
        next_start IS NULL
        OR NOT next_failed
        OR (sync_start_time < open_since AND next_start >= open_since)
        OR (NOT (outcome = 'success' AND coalesce(rows_synced, 1) = 0)
          AND coalesce(${distance} > 1.5e0 * usual_ms, true))
        OR ${isRest}
      ) AS ends_streak
    FROM around_failures
  )
  WHERE is_failed OR ends_streak
),
numbered AS (
  SELECT
    *,
    -- The streaks that ended before it; the sync that ends one belongs to it.
    count(CASE WHEN ends_streak THEN 1 END) OVER (${eachSync} ROWS UNBOUNDED PRECEDING)
      - CASE WHEN ends_streak THEN 1 ELSE 0 END AS streak
  FROM failures_and_ends
),
streaks AS (
  SELECT
    *,
    row_number() OVER (${eachStreak} ORDER BY ${oldestFirst}) AS streak_position,
    max(CASE WHEN ends_streak THEN sync_start_time END) OVER (${eachStreak}) AS next_success,
    max(CASE WHEN ends_streak THEN
      CASE WHEN sync_finish_time >= sync_start_time THEN sync_finish_time ELSE sync_start_time END
    END) OVER (${eachStreak}) AS recovered_at
  FROM numbered
),
-- A pause lies after the last sync before it: in what is paused by its word, and syncs all the same, none is missing.
beside_pauses AS (
  SELECT
    streaks.*,
    coalesce(sum(date_diff('millisecond', pauses.paused_from, least(pauses.paused_until, streaks.next_start)))
      OVER (${eachFailure}), 0) AS paused_ms,
    row_number() OVER (${eachFailure} ORDER BY pauses.paused_from) AS pause_number
  FROM streaks
  LEFT JOIN pauses
    ON pauses.workspace = streaks.workspace AND pauses.integration_id = streaks.integration_id
    AND pauses.paused_from >= streaks.sync_start_time AND pauses.paused_from < streaks.next_start
  WHERE streaks.is_failed
)
SELECT
  streaks.workspace,
  ${dialect.day('streaks.sync_start_time')} AS dt,
  streaks.integration_id,
  ${nameOr('streaks.integration_id')} AS integration_name,
  integrations.integration_type,
  integrations.listed,
  streaks.sync_start_time,
  streaks.sync_finish_time,
  streaks.job_status,
  streaks.outcome,
  ${durationOf('streaks')} AS duration_seconds,
  streaks.rows_synced,
  streaks.rows_failed,
  ${failedShare('streaks.rows_failed', 'streaks.rows_synced')} AS failed_row_share,
  streaks.streak,
  streaks.streak_position,
  streaks.next_success,
  streaks.recovered_at,
  CAST(floor(greatest(
    CAST(paused_ms AS double),
    CASE WHEN ${isRest} THEN ${distance} - coalesce(usual_ms, 0) ELSE 0 END
  ) / 60000e0) AS bigint) AS minutes_at_rest
FROM beside_pauses AS streaks
LEFT JOIN integrations
  ON integrations.workspace = streaks.workspace AND integrations.integration_id = streaks.integration_id
WHERE streaks.pause_number = 1`,
};
