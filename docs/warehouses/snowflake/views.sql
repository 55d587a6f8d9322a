-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.

CREATE OR REPLACE VIEW braze_cdi.sync_history (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  dt COMMENT 'UTC day of the start, yyyy-mm-dd; a filter on it saves reading',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  integration_status COMMENT 'Status of the integration as last listed',
  listed COMMENT 'False: gone from Braze, its history is kept',
  sync_start_time COMMENT 'Start, UTC',
  sync_finish_time COMMENT 'Finish, UTC; null while running',
  last_timestamp_synced COMMENT 'Newest UPDATED_AT of the source, UTC',
  job_status COMMENT 'As Braze gave it, in lower case; an open set',
  outcome COMMENT 'success; partial (data, some rows refused); failure: over without data (error, config_error, another status with a finish, or a newer sync has started); open: not over; abandoned: open 7 days after its start, by as_of',
  duration_seconds COMMENT 'From start to finish; null while running',
  rows_synced COMMENT 'Rows that arrived in Braze',
  rows_failed COMMENT 'Rows that Braze refused (rows_failed_with_errors)',
  failed_row_share COMMENT 'Refused of all its rows, 0 to 1; null without rows',
  raw COMMENT 'The row as Braze sent it, JSON',
  warehouse_type COMMENT 'Kind of warehouse or file source that it reads from'
)
COMMENT = 'A sync a row, all of history, with the name of its integration and what became of it. Filter by workspace and dt: nothing else is read then.'
AS
SELECT
  syncs.workspace,
  syncs.dt,
  syncs.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), syncs.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed,
  syncs.sync_start_time,
  syncs.sync_finish_time,
  syncs.last_timestamp_synced,
  syncs.job_status,
  CAST(CASE
    WHEN syncs.job_status IN ('success', 'partial')
    THEN syncs.job_status
    WHEN syncs.job_status IN ('error', 'config_error')
    OR NOT syncs.sync_finish_time IS NULL
    THEN 'failure'
    WHEN standing.last_start > syncs.sync_start_time
    THEN 'failure'
    WHEN syncs.sync_start_time <= standing.as_of - INTERVAL '7 DAY'
    THEN 'abandoned'
    ELSE 'open'
  END AS VARCHAR) AS outcome,
  CASE
    WHEN syncs.sync_finish_time >= syncs.sync_start_time
    THEN DATEDIFF(MILLISECOND, syncs.sync_start_time, syncs.sync_finish_time) / CAST(1000 AS DOUBLE)
  END AS duration_seconds,
  syncs.rows_synced,
  syncs.rows_failed_with_errors AS rows_failed,
  CASE
    WHEN syncs.rows_failed_with_errors >= 0 AND syncs.rows_synced >= 0
    THEN CAST(syncs.rows_failed_with_errors AS DOUBLE) / NULLIF(
      CAST(syncs.rows_failed_with_errors AS DOUBLE) + CAST(syncs.rows_synced AS DOUBLE),
      0
    )
  END AS failed_row_share,
  syncs.raw,
  integrations.warehouse_type
FROM braze_cdi.syncs AS syncs
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = syncs.workspace
  AND integrations.integration_id = syncs.integration_id
LEFT JOIN braze_cdi.standing AS standing
  ON standing.workspace = syncs.workspace
  AND standing.integration_id = syncs.integration_id;

CREATE OR REPLACE VIEW braze_cdi.latest_syncs (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  integration_status COMMENT 'Status of the integration as last listed',
  listed COMMENT 'False: gone from Braze, its history is kept',
  last_start COMMENT 'Start of its newest sync, UTC',
  last_status COMMENT 'Status of its newest sync, also of one that runs',
  last_rows_synced COMMENT 'Rows of its newest sync that arrived',
  last_rows_failed COMMENT 'Rows of its newest sync that Braze refused',
  minutes_since_start COMMENT 'From the newest start until as_of',
  last_success COMMENT 'Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)',
  minutes_since_success COMMENT 'From that start until as_of',
  syncs_without_success COMMENT 'Syncs in a row, up to the newest that is over, that were no success; 0: none',
  state COMMENT 'The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy',
  since COMMENT 'Since when it has been in that state, UTC',
  reason COMMENT 'Why, in a sentence',
  last_finish COMMENT 'End of its newest sync, UTC; null while it runs',
  last_duration_seconds COMMENT 'From start to finish of its newest sync; null while it runs',
  failing_since COMMENT 'Start of the first sync of that row, UTC; null: none',
  traps COMMENT 'Signs that its successes do not bring what they should, names with commas; null: none',
  details_until COMMENT 'Until when Braze shows the rows that it refused last, UTC; null: none were refused',
  continues COMMENT 'Id of the integration of the same name and type that ended where this one begins',
  incidents COMMENT 'Ids of its open incidents, with commas; null: none',
  as_of COMMENT 'When Braze was asked for its newest syncs: all of this holds at that moment, UTC'
)
COMMENT = 'An integration a row: how it stands, with its newest sync and its newest success, as of the moment as_of. From the table standing; one without a line there has nulls.'
AS
SELECT
  known.workspace,
  known.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), known.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed,
  standing.last_start,
  standing.last_status,
  standing.last_rows_synced,
  standing.last_rows_failed,
  DATEDIFF(MILLISECOND, standing.last_start, standing.as_of) / CAST(60000 AS DOUBLE) AS minutes_since_start,
  standing.last_success,
  DATEDIFF(MILLISECOND, standing.last_success, standing.as_of) / CAST(60000 AS DOUBLE) AS minutes_since_success,
  standing.syncs_without_success,
  standing.state,
  standing.since,
  standing.reason,
  standing.last_finish,
  CASE
    WHEN standing.last_finish >= standing.last_start
    THEN DATEDIFF(MILLISECOND, standing.last_start, standing.last_finish) / CAST(1000 AS DOUBLE)
  END AS last_duration_seconds,
  standing.failing_since,
  standing.traps,
  standing.details_until,
  standing.continues,
  standing.incidents,
  standing.as_of
FROM (
  SELECT
    workspace,
    integration_id
  FROM braze_cdi.integrations AS integrations
  UNION
  SELECT
    workspace,
    integration_id
  FROM braze_cdi.standing AS standing
) AS known
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = known.workspace
  AND integrations.integration_id = known.integration_id
LEFT JOIN braze_cdi.standing AS standing
  ON standing.workspace = known.workspace
  AND standing.integration_id = known.integration_id;

CREATE OR REPLACE VIEW braze_cdi.daily_health (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  dt COMMENT 'UTC day of the starts, yyyy-mm-dd; a filter on month saves reading',
  day COMMENT 'The same as a date, for charts',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  syncs COMMENT 'Syncs that started on the day',
  success COMMENT 'Of them with the status success',
  partial COMMENT 'Of them with the status partial: data, some rows refused',
  error COMMENT 'Of them with the status error: no row was synced',
  config_error COMMENT 'Of them with the status config_error',
  other_failures COMMENT 'Of them over with any other status, or without an end: a newer sync has started',
  open COMMENT 'Of them not over when the exporter last looked',
  abandoned COMMENT 'Of them still not over 7 days after their start',
  failed_sync_share COMMENT 'Of the syncs that are over, those without data, 0 to 1: partial is data; null where all are open',
  rows_synced COMMENT 'Rows that arrived in Braze',
  rows_failed COMMENT 'Rows that Braze refused',
  failed_row_share COMMENT 'Refused of all rows, 0 to 1; null without rows',
  median_seconds COMMENT 'Median duration (nearest rank) of those finished',
  p95_seconds COMMENT '95th percentile of the duration (nearest rank)',
  largest_gap_minutes COMMENT 'The longest time of the day without a start, also from midnight and to midnight',
  success_without_rows COMMENT 'Of the successes, those that brought no row',
  first_start COMMENT 'First start of the day, UTC',
  last_start COMMENT 'Last start of the day, UTC',
  last_finish COMMENT 'Latest finish of the syncs that started on the day, UTC',
  warehouse_type COMMENT 'Kind of warehouse or file source that it reads from',
  month COMMENT 'Month of the day, yyyy-mm; a filter on it saves reading'
)
COMMENT = 'An integration and UTC day a row, all of history, from the table days; a day without a sync has none. Filter by workspace and month (YYYY-MM), beside dt: nothing else is read then.'
AS
-- What became of the last sync of a day, where it was not over when the day was added up.
WITH judged_days AS (
  SELECT
    days.*,
    days.other_failures + CASE WHEN standing.last_start > days.last_start THEN days.not_final ELSE 0 END AS all_other_failures,
    CASE
      WHEN NOT COALESCE(standing.last_start > days.last_start, FALSE)
      AND days.last_start <= standing.as_of - INTERVAL '7 DAY'
      THEN days.not_final
      ELSE 0
    END AS abandoned
  FROM braze_cdi.days AS days
  LEFT JOIN braze_cdi.standing AS standing
    ON standing.workspace = days.workspace
    AND standing.integration_id = days.integration_id
),
counted_days AS (
  SELECT
    *,
    errors + config_errors + all_other_failures + abandoned AS failures,
    syncs - successes - partials - errors - config_errors - all_other_failures - abandoned AS open
  FROM judged_days
)
SELECT
  counted_days.workspace,
  counted_days.dt,
  CAST(counted_days.dt AS DATE) AS day,
  counted_days.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), counted_days.integration_id) AS integration_name,
  integrations.integration_type,
  counted_days.syncs,
  counted_days.successes AS success,
  counted_days.partials AS partial,
  counted_days.errors AS error,
  counted_days.config_errors AS config_error,
  counted_days.all_other_failures AS other_failures,
  counted_days.open,
  counted_days.abandoned,
  CAST(counted_days.failures AS DOUBLE) / NULLIF(CAST(counted_days.syncs - counted_days.open AS DOUBLE), 0) AS failed_sync_share,
  counted_days.rows_synced,
  counted_days.rows_failed,
  CASE
    WHEN counted_days.rows_failed >= 0 AND counted_days.rows_synced >= 0
    THEN CAST(counted_days.rows_failed AS DOUBLE) / NULLIF(
      CAST(counted_days.rows_failed AS DOUBLE) + CAST(counted_days.rows_synced AS DOUBLE),
      0
    )
  END AS failed_row_share,
  counted_days.median_seconds,
  counted_days.p95_seconds,
  counted_days.largest_gap_minutes,
  counted_days.successes_without_rows AS success_without_rows,
  counted_days.first_start,
  counted_days.last_start,
  counted_days.last_finish,
  integrations.warehouse_type,
  counted_days.month
FROM counted_days
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = counted_days.workspace
  AND integrations.integration_id = counted_days.integration_id;

CREATE OR REPLACE VIEW braze_cdi.pauses (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  kind COMMENT 'paused: its status was another than active; or gone',
  paused_from COMMENT 'When it was first seen so, UTC; null: before the first change of it that was seen',
  paused_until COMMENT 'When it was first seen otherwise, UTC',
  minutes COMMENT 'From the one to the other'
)
COMMENT = 'A stretch a row in which an integration was paused, or gone, and which is over, from the table changes. Nothing was expected in it. What is paused or gone now is told by standing.'
AS
-- A change of the status, or of whether it is listed, ends what was before it.
WITH changed AS (
  SELECT
    workspace,
    integration_id,
    CAST(CASE
      WHEN field = 'listed' AND before = 'false'
      THEN 'gone'
      WHEN field = 'integration_status' AND LOWER(before) <> 'active'
      THEN 'paused'
    END AS VARCHAR) AS kind,
    LAG(seen_at) OVER (PARTITION BY workspace, integration_id, field ORDER BY seen_at) AS paused_from,
    seen_at AS paused_until
  FROM braze_cdi.changes AS changes
),
-- Beside each, until when it was at rest already.
ordered AS (
  SELECT
    *,
    MAX(paused_until) OVER (
      PARTITION BY workspace, integration_id
      ORDER BY paused_from NULLS FIRST, paused_until
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS rested_until
  FROM changed
  WHERE
    NOT kind IS NULL
),
apart AS (
  SELECT
    workspace,
    integration_id,
    kind,
    CASE
      WHEN paused_from > rested_until OR rested_until IS NULL
      THEN paused_from
      ELSE rested_until
    END AS paused_from,
    paused_until
  FROM ordered
)
SELECT
  apart.workspace,
  apart.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), apart.integration_id) AS integration_name,
  integrations.integration_type,
  apart.kind,
  apart.paused_from,
  apart.paused_until,
  DATEDIFF(MILLISECOND, apart.paused_from, apart.paused_until) / CAST(60000 AS DOUBLE) AS minutes
FROM apart
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = apart.workspace
  AND integrations.integration_id = apart.integration_id
WHERE
  apart.paused_from IS NULL OR apart.paused_from < apart.paused_until;

CREATE OR REPLACE VIEW braze_cdi.failed_syncs (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  dt COMMENT 'UTC day of the start, yyyy-mm-dd',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  listed COMMENT 'False: gone from Braze, its history is kept',
  sync_start_time COMMENT 'Start, UTC',
  sync_finish_time COMMENT 'Finish, UTC; null where there is none',
  job_status COMMENT 'As Braze gave it, in lower case; an open set',
  outcome COMMENT 'failure, or abandoned: not over 7 days after its start',
  duration_seconds COMMENT 'From start to finish',
  rows_synced COMMENT 'Rows that arrived all the same',
  rows_failed COMMENT 'Rows that Braze refused',
  failed_row_share COMMENT 'Refused of all its rows, 0 to 1; null without rows',
  streak COMMENT 'The same number for all syncs of one streak, see incidents',
  streak_position COMMENT 'Its place in the streak, from 1 on',
  next_success COMMENT 'Start of the sync that ended the streak, UTC: a success or partial; null: none yet',
  recovered_at COMMENT 'Finish of that sync, UTC: from then on its data was there',
  minutes_at_rest COMMENT 'Of the time to the next sync, what it was paused or gone; and what is past a usual distance, where it is over a day and two usual distances'
)
COMMENT = 'A sync a row that brought no data: over with another status than success and partial, without an end when a newer one started, or never over within 7 days. Looks back 45 days; a streak that began before begins there. For older ones ask sync_history.'
AS
-- How each integration usually goes, and since when it is failing now, as the exporter has it; with a number for its id.
WITH numbered_standing AS (
  SELECT
    workspace,
    integration_id,
    last_start,
    as_of,
    ROW_NUMBER() OVER (PARTITION BY workspace ORDER BY integration_id) AS number,
    usual_minutes * CAST(60000 AS DOUBLE) AS usual_ms,
    CASE WHEN state IS DISTINCT FROM 'refusing' THEN failing_since END AS open_since
  FROM braze_cdi.standing AS standing
),
-- Each sync that is over, with what came before and after it.
ended_syncs AS (
  SELECT
    *,
    LAG(is_failed) OVER (
      PARTITION BY workspace, number, unnumbered_id
      ORDER BY sync_start_time, sync_finish_time, job_status
    ) AS previous_failed,
    LEAD(is_failed) OVER (
      PARTITION BY workspace, number, unnumbered_id
      ORDER BY sync_start_time, sync_finish_time, job_status
    ) AS next_failed,
    LEAD(sync_start_time) OVER (
      PARTITION BY workspace, number, unnumbered_id
      ORDER BY sync_start_time, sync_finish_time, job_status
    ) AS next_start
  FROM (
    SELECT
      workspace,
      number,
      unnumbered_id,
      sync_start_time,
      sync_finish_time,
      job_status,
      rows_synced,
      rows_failed,
      outcome IN ('failure', 'abandoned') AS is_failed
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
        CAST(CASE
          WHEN syncs.job_status IN ('success', 'partial')
          THEN syncs.job_status
          WHEN syncs.job_status IN ('error', 'config_error')
          OR NOT syncs.sync_finish_time IS NULL
          THEN 'failure'
          WHEN standing.last_start > syncs.sync_start_time
          THEN 'failure'
          WHEN syncs.sync_start_time <= standing.as_of - INTERVAL '7 DAY'
          THEN 'abandoned'
          ELSE 'open'
        END AS VARCHAR) AS outcome
      FROM braze_cdi.syncs AS syncs
      LEFT JOIN numbered_standing AS standing
        ON standing.workspace = syncs.workspace
        AND standing.integration_id = syncs.integration_id
      WHERE
        syncs.dt >= TO_CHAR(DATEADD(DAY, -45, SYSDATE()), 'yyyy-mm-DD')
    ) AS inner_3
    WHERE
      outcome <> 'open'
  ) AS inner_1
),
-- Those that failed, and those that came right after one, with id and outcome again.
around_failures AS (
  SELECT
    syncs.*,
    COALESCE(standing.integration_id, syncs.unnumbered_id) AS integration_id,
    CAST(CASE
      WHEN syncs.job_status IN ('success', 'partial')
      THEN syncs.job_status
      WHEN syncs.job_status IN ('error', 'config_error')
      OR NOT syncs.sync_finish_time IS NULL
      THEN 'failure'
      WHEN standing.last_start > syncs.sync_start_time
      THEN 'failure'
      WHEN syncs.sync_start_time <= standing.as_of - INTERVAL '7 DAY'
      THEN 'abandoned'
      ELSE 'open'
    END AS VARCHAR) AS outcome,
    standing.usual_ms,
    standing.open_since
  FROM ended_syncs AS syncs
  LEFT JOIN numbered_standing AS standing
    ON standing.workspace = syncs.workspace AND standing.number = syncs.number
  WHERE
    syncs.is_failed OR syncs.previous_failed
),
-- Those that failed, and those that ended a streak: the failure is not back within a usual distance and a half.
failures_and_ends AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      NOT is_failed
      AND (
        next_start IS NULL
        OR NOT next_failed
        OR (
          sync_start_time < open_since AND next_start >= open_since
        )
        OR (
          NOT (
            outcome = 'success' AND COALESCE(rows_synced, 1) = 0
          )
          AND COALESCE(
            DATEDIFF(MILLISECOND, sync_start_time, next_start) > CAST(1.5 AS DOUBLE) * usual_ms,
            TRUE
          )
        )
        OR (
          DATEDIFF(MILLISECOND, sync_start_time, next_start) > 86400000
          AND DATEDIFF(MILLISECOND, sync_start_time, next_start) > COALESCE(2 * usual_ms, 0)
        )
      ) AS ends_streak
    FROM around_failures
  ) AS inner_2
  WHERE
    is_failed OR ends_streak
),
numbered AS (
  SELECT
    *,
    COUNT(CASE WHEN ends_streak THEN 1 END) OVER (
      PARTITION BY workspace, integration_id
      ORDER BY sync_start_time, sync_finish_time, job_status
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) /* The streaks that ended before it; the sync that ends one belongs to it. */ - CASE WHEN ends_streak THEN 1 ELSE 0 END AS streak
  FROM failures_and_ends
),
streaks AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY workspace, integration_id, streak
      ORDER BY sync_start_time, sync_finish_time, job_status
    ) AS streak_position,
    MAX(CASE WHEN ends_streak THEN sync_start_time END) OVER (PARTITION BY workspace, integration_id, streak) AS next_success,
    MAX(
      CASE
        WHEN ends_streak
        THEN CASE
          WHEN sync_finish_time >= sync_start_time
          THEN sync_finish_time
          ELSE sync_start_time
        END
      END
    ) OVER (PARTITION BY workspace, integration_id, streak) AS recovered_at
  FROM numbered
),
-- A pause lies after the last sync before it: in what is paused by its word, and syncs all the same, none is missing.
beside_pauses AS (
  SELECT
    streaks.*,
    COALESCE(
      SUM(
        DATEDIFF(MILLISECOND, pauses.paused_from, LEAST(pauses.paused_until, streaks.next_start))
      ) OVER (
        PARTITION BY streaks.workspace, streaks.integration_id, streaks.streak, streaks.streak_position
      ),
      0
    ) AS paused_ms,
    ROW_NUMBER() OVER (
      PARTITION BY streaks.workspace, streaks.integration_id, streaks.streak, streaks.streak_position
      ORDER BY pauses.paused_from
    ) AS pause_number
  FROM streaks
  LEFT JOIN braze_cdi.pauses AS pauses
    ON pauses.workspace = streaks.workspace
    AND pauses.integration_id = streaks.integration_id
    AND pauses.paused_from >= streaks.sync_start_time
    AND pauses.paused_from < streaks.next_start
  WHERE
    streaks.is_failed
)
SELECT
  streaks.workspace,
  TO_CHAR(streaks.sync_start_time, 'YYYY-MM-DD') AS dt,
  streaks.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), streaks.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.listed,
  streaks.sync_start_time,
  streaks.sync_finish_time,
  streaks.job_status,
  streaks.outcome,
  CASE
    WHEN streaks.sync_finish_time >= streaks.sync_start_time
    THEN DATEDIFF(MILLISECOND, streaks.sync_start_time, streaks.sync_finish_time) / CAST(1000 AS DOUBLE)
  END AS duration_seconds,
  streaks.rows_synced,
  streaks.rows_failed,
  CASE
    WHEN streaks.rows_failed >= 0 AND streaks.rows_synced >= 0
    THEN CAST(streaks.rows_failed AS DOUBLE) / NULLIF(CAST(streaks.rows_failed AS DOUBLE) + CAST(streaks.rows_synced AS DOUBLE), 0)
  END AS failed_row_share,
  streaks.streak,
  streaks.streak_position,
  streaks.next_success,
  streaks.recovered_at,
  CAST(FLOOR(
    GREATEST(
      CAST(paused_ms AS DOUBLE),
      CASE
        WHEN (
          DATEDIFF(MILLISECOND, sync_start_time, next_start) > 86400000
          AND DATEDIFF(MILLISECOND, sync_start_time, next_start) > COALESCE(2 * usual_ms, 0)
        )
        THEN DATEDIFF(MILLISECOND, sync_start_time, next_start) - COALESCE(usual_ms, 0)
        ELSE 0
      END
    ) / CAST(60000 AS DOUBLE)
  ) AS BIGINT) AS minutes_at_rest
FROM beside_pauses AS streaks
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = streaks.workspace
  AND integrations.integration_id = streaks.integration_id
WHERE
  streaks.pause_number = 1;

CREATE OR REPLACE VIEW braze_cdi.incidents (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  dt COMMENT 'UTC day on which it began, yyyy-mm-dd',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  listed COMMENT 'False: gone from Braze, nothing will end it',
  first_start COMMENT 'Start of its first sync, UTC',
  last_start COMMENT 'Start of its last sync; while it is open, of the newest sync, also of one that runs, UTC',
  syncs COMMENT 'How many syncs without data',
  statuses COMMENT 'Their statuses, each once, with commas between; while it is open, the status of the newest sync, and null while that runs',
  rows_failed COMMENT 'Rows that Braze refused in them; while it is open, in the newest sync',
  next_success COMMENT 'Start of the sync that ended it, UTC; null: none did',
  minutes_to_success COMMENT 'From its first start to the start of the sync that ended it, rests included; null: none did',
  still_open COMMENT 'Data is expected, and has not come since. False also at rest: paused, or gone',
  state COMMENT 'Of one that is open, or at rest: The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy',
  since COMMENT 'Of one that is open, or at rest: Since when it has been in that state, UTC',
  reason COMMENT 'Of one that is open, or at rest: Why, in a sentence',
  details_until COMMENT 'Of one that is open, or at rest: Until when Braze shows the rows that it refused last, UTC; null: none were refused',
  as_of COMMENT 'Of one that is open, or at rest: When Braze was asked for its newest syncs: all of this holds at that moment, UTC',
  minutes_without_data COMMENT 'From its first start to the finish of the sync that ended it; until as_of while it is open; to its last sync where it is paused or gone. Without rests and pauses',
  ended_by COMMENT 'success; paused or gone: nothing is expected any more; null: open',
  recovered_at COMMENT 'Finish of the sync that ended it, UTC; null: none did'
)
COMMENT = 'A streak of syncs that brought no data a row. One that is open is as the table standing tells it, up to its newest sync. One that is over ended with the first success or partial that was followed by another, or by no failure for a usual distance: a flapping integration has one, and a success without rows alone ends none. One of an integration that was paused, or is gone, is over as well. Refused rows are no incident here. Looks back 45 days for those that are over; filter on still_open for what is open: nothing else is read then.'
AS
-- Those that are over. A streak that nothing has ended is told by standing, below.
WITH streaks AS (
  SELECT
    workspace,
    integration_id,
    MIN(dt) AS dt,
    MAX(integration_name) AS integration_name,
    MAX(integration_type) AS integration_type,
    BOOLOR_AGG(listed) AS listed,
    MIN(sync_start_time) AS first_start,
    MAX(sync_start_time) AS last_start,
    COUNT(*) AS syncs,
    LISTAGG(DISTINCT COALESCE(job_status, 'no status'), ', ') WITHIN GROUP (ORDER BY
      COALESCE(job_status, 'no status')) AS statuses,
    CAST(SUM(CAST(rows_failed AS DECIMAL(38, 0))) AS BIGINT) AS rows_failed,
    MAX(next_success) AS next_success,
    MAX(recovered_at) AS recovered_at,
    SUM(minutes_at_rest) AS minutes_at_rest
  FROM braze_cdi.failed_syncs AS failed_syncs
  WHERE
    NOT next_success IS NULL
  GROUP BY
    workspace,
    integration_id,
    streak
)
-- Those that are open.
SELECT
  standing.workspace,
  TO_CHAR(standing.failing_since, 'YYYY-MM-DD') AS dt,
  standing.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), standing.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.listed,
  standing.failing_since AS first_start,
  standing.last_start,
  standing.syncs_without_success AS syncs,
  CASE
    WHEN NOT standing.last_finish IS NULL
    OR standing.last_status IN ('success', 'partial', 'error', 'config_error')
    THEN COALESCE(standing.last_status, 'no status')
  END AS statuses,
  standing.last_rows_failed AS rows_failed,
  CAST(NULL AS TIMESTAMPNTZ) AS next_success,
  CAST(NULL AS DOUBLE) AS minutes_to_success,
  TRUE AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of,
  (
    DATEDIFF(MILLISECOND, standing.failing_since, standing.as_of) - standing.paused_ms
  ) / CAST(60000 AS DOUBLE) AS minutes_without_data,
  CAST(NULL AS VARCHAR) AS ended_by,
  CAST(NULL AS TIMESTAMPNTZ) AS recovered_at
FROM (
  SELECT
    standing.*,
    COALESCE(
      SUM(
        DATEDIFF(MILLISECOND, pauses.paused_from, LEAST(pauses.paused_until, standing.as_of))
      ) OVER (PARTITION BY standing.workspace, standing.integration_id),
      0
    ) AS paused_ms,
    ROW_NUMBER() OVER (
      PARTITION BY standing.workspace, standing.integration_id
      ORDER BY pauses.paused_from
    ) AS pause_number
  FROM braze_cdi.standing AS standing
  LEFT JOIN braze_cdi.pauses AS pauses
    ON pauses.workspace = standing.workspace
    AND pauses.integration_id = standing.integration_id
    AND pauses.paused_from >= standing.failing_since
    AND pauses.paused_from < standing.as_of
  WHERE
    NOT standing.failing_since IS NULL
    AND NOT COALESCE(standing.state, '') IN ('paused', 'gone', 'refusing')
) AS standing
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = standing.workspace
  AND integrations.integration_id = standing.integration_id
WHERE
  standing.pause_number = 1
UNION ALL
-- Those of integrations at rest.
SELECT
  standing.workspace,
  TO_CHAR(standing.failing_since, 'YYYY-MM-DD') AS dt,
  standing.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), standing.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.listed,
  standing.failing_since AS first_start,
  standing.last_start,
  standing.syncs_without_success AS syncs,
  CASE
    WHEN NOT standing.last_finish IS NULL
    OR standing.last_status IN ('success', 'partial', 'error', 'config_error')
    THEN COALESCE(standing.last_status, 'no status')
  END AS statuses,
  standing.last_rows_failed AS rows_failed,
  CAST(NULL AS TIMESTAMPNTZ) AS next_success,
  CAST(NULL AS DOUBLE) AS minutes_to_success,
  FALSE AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of,
  (
    DATEDIFF(MILLISECOND, standing.failing_since, standing.last_start) - standing.paused_ms
  ) / CAST(60000 AS DOUBLE) AS minutes_without_data,
  CAST(standing.state AS VARCHAR) AS ended_by,
  CAST(NULL AS TIMESTAMPNTZ) AS recovered_at
FROM (
  SELECT
    standing.*,
    COALESCE(
      SUM(
        DATEDIFF(MILLISECOND, pauses.paused_from, LEAST(pauses.paused_until, standing.last_start))
      ) OVER (PARTITION BY standing.workspace, standing.integration_id),
      0
    ) AS paused_ms,
    ROW_NUMBER() OVER (
      PARTITION BY standing.workspace, standing.integration_id
      ORDER BY pauses.paused_from
    ) AS pause_number
  FROM braze_cdi.standing AS standing
  LEFT JOIN braze_cdi.pauses AS pauses
    ON pauses.workspace = standing.workspace
    AND pauses.integration_id = standing.integration_id
    AND pauses.paused_from >= standing.failing_since
    AND pauses.paused_from < standing.last_start
  WHERE
    NOT standing.failing_since IS NULL AND standing.state IN ('paused', 'gone')
) AS standing
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = standing.workspace
  AND integrations.integration_id = standing.integration_id
WHERE
  standing.pause_number = 1
UNION ALL
SELECT
  workspace,
  dt,
  integration_id,
  integration_name,
  integration_type,
  listed,
  first_start,
  last_start,
  syncs,
  statuses,
  rows_failed,
  next_success,
  DATEDIFF(MILLISECOND, first_start, next_success) / CAST(60000 AS DOUBLE) AS minutes_to_success,
  FALSE AS still_open,
  CAST(NULL AS VARCHAR) AS state,
  CAST(NULL AS TIMESTAMPNTZ) AS since,
  CAST(NULL AS VARCHAR) AS reason,
  CAST(NULL AS TIMESTAMPNTZ) AS details_until,
  CAST(NULL AS TIMESTAMPNTZ) AS as_of,
  DATEDIFF(MILLISECOND, first_start, recovered_at) / CAST(60000 AS DOUBLE) - CAST(minutes_at_rest AS DOUBLE) AS minutes_without_data,
  CAST('success' AS VARCHAR) AS ended_by,
  recovered_at
FROM streaks;

CREATE OR REPLACE VIEW braze_cdi.freshness (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  integration_status COMMENT 'Status of the integration as last listed',
  listed COMMENT 'False: gone from Braze, its history is kept',
  last_success COMMENT 'Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)',
  usual_minutes COMMENT 'Usual distance between two starts of syncs that brought data',
  expected_by COMMENT 'When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected',
  as_of COMMENT 'When Braze was asked for its newest syncs: all of this holds at that moment, UTC',
  late COMMENT 'Not there when expected; null: nothing is expected, or nobody has looked for a day',
  minutes_late COMMENT 'By how much at as_of; 0: on time; null as late is',
  newest_timestamp_synced COMMENT 'last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC',
  state COMMENT 'The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy',
  since COMMENT 'Since when it has been in that state, UTC',
  reason COMMENT 'Why, in a sentence',
  judged_by COMMENT 'What says whether it is late: schedule, habit, or null: nothing is expected',
  due_since COMMENT 'Oldest planned start that has passed without a sync since, UTC; null: none',
  traps COMMENT 'Signs that its successes do not bring what they should, names with commas; null: none'
)
COMMENT = 'An integration a row: is its data late, by its schedule or by its habit? From the table standing; one without a line there has nulls.'
AS
SELECT
  known.workspace,
  known.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), known.integration_id) AS integration_name,
  integrations.integration_type,
  integrations.integration_status,
  integrations.listed,
  standing.last_success,
  standing.usual_minutes,
  standing.expected_by,
  standing.as_of,
  CASE
    WHEN standing.late OR standing.as_of > SYSDATE() - INTERVAL '1 DAY'
    THEN standing.late
  END AS late,
  CASE
    WHEN standing.late OR standing.as_of > SYSDATE() - INTERVAL '1 DAY'
    THEN standing.minutes_late
  END AS minutes_late,
  standing.newest_timestamp_synced,
  standing.state,
  standing.since,
  standing.reason,
  standing.judged_by,
  standing.due_since,
  standing.traps
FROM (
  SELECT
    workspace,
    integration_id
  FROM braze_cdi.integrations AS integrations
  UNION
  SELECT
    workspace,
    integration_id
  FROM braze_cdi.standing AS standing
) AS known
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = known.workspace
  AND integrations.integration_id = known.integration_id
LEFT JOIN braze_cdi.standing AS standing
  ON standing.workspace = known.workspace
  AND standing.integration_id = known.integration_id;

CREATE OR REPLACE VIEW braze_cdi.volume_anomalies (
  workspace COMMENT 'Workspace; a filter on it saves reading',
  dt COMMENT 'UTC day, yyyy-mm-dd',
  day COMMENT 'The same as a date, for charts',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  rows_synced COMMENT 'Rows that arrived on the day',
  usual_rows COMMENT 'Median of the days compared with, by logarithms',
  deviation COMMENT 'Median absolute deviation of ln(1 + rows): the mean of that of the days compared with and of all 56',
  compared_with COMMENT 'same weekday, or all days',
  days_compared COMMENT 'How many days it is compared with',
  score COMMENT 'ln(1 + rows_synced) less that of usual_rows, in spreads of 1.4826 x deviation, at least ln(1.3) / 2. Below 0: too few rows. Unusual from 4.5 on, or from -4.5 down, and by 100 rows',
  kind COMMENT 'no sync, no rows, too few rows, too many rows; or failed: too few, because syncs failed; see incidents',
  syncs COMMENT 'Syncs that started on the day',
  failed COMMENT 'Of them those that brought no data',
  failed_since_dt COMMENT 'Of a failed one: the first of the days in a row with failed syncs, yyyy-mm-dd; null: another kind'
)
COMMENT = 'An integration and UTC day a row on which the rows synced differ from its usual, or on which a sync was missing. The usual is the median of the 56 days before, of the same weekday where there are 6 of them, else of all that had a sync, if there are 7. A day without a sync stands here where 7 of the 8 same weekdays before had one, and it was not paused, gone or unread. Judges the last 90 days that were over when the exporter last looked.'
AS
-- Days with syncs that were over when the exporter last looked.
WITH known_days AS (
  SELECT
    days.workspace,
    days.integration_id,
    CAST(days.dt AS DATE) AS day,
    days.syncs,
    days.errors + days.config_errors + days.other_failures + days.not_final AS failed,
    CASE
      WHEN days.successes + days.partials = 0 OR days.rows_synced < 0
      THEN 0
      ELSE days.rows_synced
    END AS rows_synced,
    days.first_start,
    days.last_start,
    standing.as_of,
    standing.state IN ('paused', 'gone', 'resting') AS is_at_rest,
    CAST(coverage.complete_from AS DATE) AS whole_after,
    CAST(coverage.complete_to AS DATE) AS whole_before
  FROM braze_cdi.days AS days
  LEFT JOIN braze_cdi.standing AS standing
    ON standing.workspace = days.workspace
    AND standing.integration_id = days.integration_id
  LEFT JOIN braze_cdi.coverage AS coverage
    ON coverage.workspace = days.workspace
    AND coverage.integration_id = days.integration_id
  WHERE
    days.month >= SUBSTRING(TO_CHAR(DATEADD(DAY, -180, SYSDATE()), 'yyyy-mm-DD'), 1, 7)
    AND days.dt >= TO_CHAR(DATEADD(DAY, -180, SYSDATE()), 'yyyy-mm-DD')
    AND days.dt < TO_CHAR(COALESCE(standing.as_of, SYSDATE()), 'YYYY-MM-DD')
),
spaced_days AS (
  SELECT
    *,
    MAX(CASE WHEN rows_synced > 0 THEN day END) OVER (
      PARTITION BY workspace, integration_id
      ORDER BY day
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS last_with_rows,
    MAX(CASE WHEN failed = 0 THEN day END) OVER (
      PARTITION BY workspace, integration_id
      ORDER BY day
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS last_without_failure,
    LEAD(day) OVER (PARTITION BY workspace, integration_id ORDER BY day) AS next_day,
    LEAD(first_start) OVER (PARTITION BY workspace, integration_id ORDER BY day) AS next_start
  FROM known_days
),
-- How many days without a sync follow it. At the end nothing is missing of what is at rest.
beside_silence AS (
  SELECT
    *,
    MIN(CASE WHEN failed > 0 THEN day END) OVER (PARTITION BY workspace, integration_id, last_without_failure) AS failed_since,
    CASE
      WHEN next_day IS NULL AND (
        is_at_rest OR as_of IS NULL
      )
      THEN 0
      WHEN DATEDIFF(MILLISECOND, last_start, COALESCE(next_start, as_of)) <= 26 * 3600000
      THEN 0
      ELSE DATEDIFF(DAY, day, COALESCE(next_day, CAST(as_of AS DATE))) - 1
    END AS silent_days
  FROM spaced_days
),
-- Each day, and those without a sync; compared with the days up to compared_to.
possible_days AS (
  SELECT
    workspace,
    integration_id,
    DATEADD(DAY, CAST(days_later AS INT), day) AS day,
    CAST(days_later AS INT) > 0 AS is_silent,
    CASE WHEN CAST(days_later AS INT) = 0 THEN syncs ELSE 0 END AS syncs,
    CASE WHEN CAST(days_later AS INT) = 0 THEN failed ELSE 0 END AS failed,
    CASE WHEN CAST(days_later AS INT) = 0 THEN rows_synced ELSE 0 END AS rows_synced,
    CASE WHEN CAST(days_later AS INT) = 0 THEN failed_since END AS failed_since,
    DATEDIFF(MILLISECOND, first_start, last_start) > 22 * 3600000 AS is_spread,
    CASE
      WHEN rows_synced = 0 AND NOT last_with_rows IS NULL
      THEN last_with_rows
      WHEN CAST(days_later AS INT) > 0
      THEN day
      ELSE DATEADD(DAY, -1, day)
    END AS compared_to
  FROM beside_silence
  CROSS JOIN TABLE(FLATTEN(INPUT => ARRAY_GENERATE_RANGE(0, silent_days + 1))) AS offsets(seq, key, path, index, days_later, this)
  WHERE
    TO_CHAR(DATEADD(DAY, CAST(days_later AS INT), day), 'YYYY-MM-DD') >= TO_CHAR(DATEADD(DAY, -90, SYSDATE()), 'yyyy-mm-DD')
    AND (
      CAST(days_later AS INT) = 0
      OR (
        DATEADD(DAY, CAST(days_later AS INT), day) > whole_after
        AND DATEADD(DAY, CAST(days_later AS INT), day) < whole_before
      )
    )
),
-- Days on which it was paused or gone, if only for a part of them.
paused_days AS (
  SELECT DISTINCT
    workspace,
    integration_id,
    DATEADD(DAY, CAST(days_later AS INT), first_day) AS day
  FROM (
    SELECT
      workspace,
      integration_id,
      CASE
        WHEN paused_from >= CAST(TO_CHAR(DATEADD(DAY, -90, SYSDATE()), 'yyyy-mm-DD') AS DATE)
        THEN CAST(paused_from AS DATE)
        ELSE CAST(TO_CHAR(DATEADD(DAY, -90, SYSDATE()), 'yyyy-mm-DD') AS DATE)
      END AS first_day,
      CAST(paused_until AS DATE) AS last_day
    FROM braze_cdi.pauses AS pauses
    WHERE
      paused_until >= CAST(TO_CHAR(DATEADD(DAY, -90, SYSDATE()), 'yyyy-mm-DD') AS DATE)
  ) AS stretches
  CROSS JOIN TABLE(FLATTEN(INPUT => ARRAY_GENERATE_RANGE(0, DATEDIFF(DAY, first_day, last_day) + 1))) AS offsets(seq, key, path, index, days_later, this)
),
-- No sync is missing on them.
judged_days AS (
  SELECT
    possible_days.*
  FROM possible_days
  LEFT JOIN paused_days
    ON paused_days.workspace = possible_days.workspace
    AND paused_days.integration_id = possible_days.integration_id
    AND paused_days.day = possible_days.day
  WHERE
    NOT possible_days.is_silent OR paused_days.day IS NULL
),
earlier_days AS (
  SELECT
    workspace,
    integration_id,
    CAST(dt AS DATE) AS day,
    syncs,
    CASE WHEN successes + partials = 0 OR rows_synced < 0 THEN 0 ELSE rows_synced END AS rows_synced
  FROM braze_cdi.days AS days
  WHERE
    month >= SUBSTRING(TO_CHAR(DATEADD(DAY, -180, SYSDATE()), 'yyyy-mm-DD'), 1, 7)
    AND dt >= TO_CHAR(DATEADD(DAY, -180, SYSDATE()), 'yyyy-mm-DD')
),
compared_days AS (
  SELECT
    judged.workspace,
    judged.integration_id,
    judged.day,
    BOOLOR_AGG(judged.is_silent) AS is_silent,
    MAX(judged.syncs) AS syncs,
    MAX(judged.failed) AS failed,
    MAX(judged.rows_synced) AS rows_synced,
    MAX(judged.failed_since) AS failed_since,
    BOOLOR_AGG(judged.is_spread) AS is_spread,
    CAST(GET(
      ARRAY_SORT(ARRAY_AGG(IFF(NOT earlier.syncs IS NULL, earlier.syncs, NULL))),
      CAST(CEIL(CAST(0.5 AS DOUBLE) * COUNT(earlier.syncs)) AS BIGINT) - 1
    ) AS DOUBLE) AS usual_syncs,
    COUNT(*) AS of_all,
    COUNT_IF(DATEDIFF(DAY, earlier.day, judged.day) % 7 = 0) AS of_weekday,
    COUNT_IF(earlier.rows_synced = 0) AS empty_of_all,
    ARRAY_AGG(LN(1 + CAST(earlier.rows_synced AS DOUBLE))) AS logs_of_all,
    ARRAY_AGG(
      IFF(
        DATEDIFF(DAY, earlier.day, judged.day) % 7 = 0,
        LN(1 + CAST(earlier.rows_synced AS DOUBLE)),
        NULL
      )
    ) AS logs_of_weekday
  FROM judged_days AS judged
  JOIN earlier_days AS earlier
    ON earlier.workspace = judged.workspace
    AND earlier.integration_id = judged.integration_id
    AND earlier.day <= judged.compared_to
    AND earlier.day > DATEADD(DAY, -56, judged.compared_to)
  WHERE
    NOT judged.rows_synced IS NULL AND NOT earlier.rows_synced IS NULL
  GROUP BY
    judged.workspace,
    judged.integration_id,
    judged.day
),
chosen_days AS (
  SELECT
    *,
    of_weekday >= 6 AS is_by_weekday,
    CASE WHEN of_weekday >= 6 THEN of_weekday ELSE of_all END AS days_compared,
    ARRAY_SORT(CASE WHEN of_weekday >= 6 THEN logs_of_weekday ELSE logs_of_all END) AS logs
  FROM compared_days
  WHERE
    CASE WHEN is_silent THEN of_weekday >= 7 ELSE of_weekday >= 6 OR of_all >= 7 END
),
days_with_median AS (
  SELECT
    *,
    (
      CAST(GET(logs, CAST(FLOOR((
        days_compared + 1
      ) / CAST(2 AS DOUBLE)) AS BIGINT) - 1) AS DOUBLE) + CAST(GET(logs, CAST(FLOOR(days_compared / CAST(2 AS DOUBLE)) AS BIGINT) + 1 - 1) AS DOUBLE)
    ) / CAST(2 AS DOUBLE) AS usual_log,
    (
      CAST(GET(
        ARRAY_SORT(logs_of_all),
        CAST(FLOOR((
          of_all + 1
        ) / CAST(2 AS DOUBLE)) AS BIGINT) - 1
      ) AS DOUBLE) + CAST(GET(ARRAY_SORT(logs_of_all), CAST(FLOOR(of_all / CAST(2 AS DOUBLE)) AS BIGINT) + 1 - 1) AS DOUBLE)
    ) / CAST(2 AS DOUBLE) AS median_of_all,
    CASE
      WHEN is_spread AND syncs = usual_syncs + 1
      THEN CAST(rows_synced AS DOUBLE) * CAST(usual_syncs AS DOUBLE) / CAST(syncs AS DOUBLE)
      ELSE CAST(rows_synced AS DOUBLE)
    END AS own_rows /* A nightly sync that moved over midnight stands twice in a day: what one of them brought is compared. */
  FROM chosen_days
),
days_with_deviation_of_all AS (
  SELECT
    workspace,
    integration_id,
    day,
    BOOLOR_AGG(is_silent) AS is_silent,
    MAX(syncs) AS syncs,
    MAX(failed) AS failed,
    MAX(rows_synced) AS rows_synced,
    MAX(failed_since) AS failed_since,
    BOOLOR_AGG(is_by_weekday) AS is_by_weekday,
    MAX(days_compared) AS days_compared,
    MAX(empty_of_all) AS empty_of_all,
    MAX(usual_log) AS usual_log,
    MAX(own_rows) AS own_rows,
    ANY_VALUE(logs) AS logs,
    (
      CAST(GET(
        ARRAY_SORT(ARRAY_AGG(ABS(CAST(log_rows AS DOUBLE) - median_of_all))),
        CAST(FLOOR((
          COUNT(*) + 1
        ) / CAST(2 AS DOUBLE)) AS BIGINT) - 1
      ) AS DOUBLE) + CAST(GET(
        ARRAY_SORT(ARRAY_AGG(ABS(CAST(log_rows AS DOUBLE) - median_of_all))),
        CAST(FLOOR(COUNT(*) / CAST(2 AS DOUBLE)) AS BIGINT) + 1 - 1
      ) AS DOUBLE)
    ) / CAST(2 AS DOUBLE) AS deviation_of_all
  FROM days_with_median
  CROSS JOIN TABLE(FLATTEN(INPUT => logs_of_all)) AS compared(seq, key, path, index, log_rows, this)
  GROUP BY
    workspace,
    integration_id,
    day
),
days_with_deviation AS (
  SELECT
    workspace,
    integration_id,
    day,
    BOOLOR_AGG(is_silent) AS is_silent,
    MAX(syncs) AS syncs,
    MAX(failed) AS failed,
    MAX(rows_synced) AS rows_synced,
    MAX(failed_since) AS failed_since,
    BOOLOR_AGG(is_by_weekday) AS is_by_weekday,
    MAX(days_compared) AS days_compared,
    MAX(empty_of_all) AS empty_of_all,
    MAX(usual_log) AS usual_log,
    MAX(own_rows) AS own_rows,
    COUNT(CASE WHEN CAST(log_rows AS DOUBLE) >= LN(1 + own_rows) THEN 1 END) AS as_many,
    COUNT(CASE WHEN CAST(log_rows AS DOUBLE) <= LN(1 + own_rows) THEN 1 END) AS as_few,
    (
      MAX(deviation_of_all) + (
        CAST(GET(
          ARRAY_SORT(ARRAY_AGG(ABS(CAST(log_rows AS DOUBLE) - usual_log))),
          CAST(FLOOR((
            COUNT(*) + 1
          ) / CAST(2 AS DOUBLE)) AS BIGINT) - 1
        ) AS DOUBLE) + CAST(GET(
          ARRAY_SORT(ARRAY_AGG(ABS(CAST(log_rows AS DOUBLE) - usual_log))),
          CAST(FLOOR(COUNT(*) / CAST(2 AS DOUBLE)) AS BIGINT) + 1 - 1
        ) AS DOUBLE)
      ) / CAST(2 AS DOUBLE)
    ) / CAST(2 AS DOUBLE) AS deviation
  FROM days_with_deviation_of_all
  CROSS JOIN TABLE(FLATTEN(INPUT => logs)) AS compared(seq, key, path, index, log_rows, this)
  GROUP BY
    workspace,
    integration_id,
    day
),
scored_days AS (
  SELECT
    *,
    ROUND(EXP(usual_log) - 1, 1) AS usual_rows,
    ROUND(
      (
        LN(1 + own_rows) - usual_log
      ) / GREATEST(CAST(1.4826 AS DOUBLE) * deviation, LN(CAST(1.3 AS DOUBLE)) / 2),
      2
    ) AS score
  FROM days_with_deviation
),
told_days AS (
  SELECT
    *,
    CAST(CASE
      WHEN is_silent
      THEN 'no sync'
      WHEN ABS(own_rows - usual_rows) < 100
      THEN NULL
      WHEN LEAST(as_many, as_few) * 3 >= days_compared
      THEN NULL
      WHEN score >= CAST(4.5 AS DOUBLE)
      THEN 'too many rows'
      WHEN score > -CAST(4.5 AS DOUBLE)
      AND (
        rows_synced > 0 OR empty_of_all > 0 OR score > 0
      )
      THEN NULL
      WHEN failed > 0 AND failed * 4 >= syncs
      THEN 'failed'
      WHEN rows_synced = 0
      THEN 'no rows'
      ELSE 'too few rows'
    END AS VARCHAR) AS kind
  FROM scored_days
)
SELECT
  told_days.workspace,
  TO_CHAR(told_days.day, 'YYYY-MM-DD') AS dt,
  told_days.day,
  told_days.integration_id,
  COALESCE(NULLIF(integrations.integration_name, ''), told_days.integration_id) AS integration_name,
  integrations.integration_type,
  told_days.rows_synced,
  told_days.usual_rows,
  ROUND(told_days.deviation, 4) AS deviation,
  CAST(CASE WHEN told_days.is_by_weekday THEN 'same weekday' ELSE 'all days' END AS VARCHAR) AS compared_with,
  told_days.days_compared,
  told_days.score,
  told_days.kind,
  told_days.syncs,
  told_days.failed,
  CASE
    WHEN told_days.kind = 'failed'
    THEN TO_CHAR(told_days.failed_since, 'YYYY-MM-DD')
  END AS failed_since_dt
FROM told_days
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = told_days.workspace
  AND integrations.integration_id = told_days.integration_id
WHERE
  NOT told_days.kind IS NULL;

CREATE OR REPLACE VIEW braze_cdi.completeness (
  workspace COMMENT 'Workspace',
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Its present name; its id where it has none',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  listed COMMENT 'False: gone from Braze, its history is kept',
  trusted_from COMMENT 'From then on no sync is missing, UTC',
  trusted_to COMMENT 'Until then no sync is missing, UTC; null: not proved yet',
  state COMMENT 'complete, backfilling, failing or gone; null: never read',
  row_order COMMENT 'Order of Braze’s rows; unproved: what is trusted holds if the rows go on as seen so far',
  gaps COMMENT 'Stretches of history that were not read yet',
  open_syncs COMMENT 'Syncs that are neither final nor followed by a newer one',
  abandoned_syncs COMMENT 'Syncs that were still not final after 7 days',
  failure COMMENT 'Why it could not be read, or what keeps it from being whole',
  checked_at COMMENT 'When an exporter last looked, UTC',
  verdict COMMENT 'All of it in plain English'
)
COMMENT = 'An integration a row: may its history be trusted, from when to when, and what is missing? No sync is missing between trusted_from and trusted_to.'
AS
SELECT
  COALESCE(coverage.workspace, integrations.workspace) AS workspace,
  COALESCE(coverage.integration_id, integrations.integration_id) AS integration_id,
  COALESCE(
    NULLIF(integrations.integration_name, ''),
    coverage.integration_id,
    integrations.integration_id
  ) AS integration_name,
  integrations.integration_type,
  integrations.listed,
  coverage.complete_from AS trusted_from,
  coverage.complete_to AS trusted_to,
  coverage.state,
  coverage.row_order,
  coverage.gaps,
  coverage.open_syncs,
  coverage.abandoned_syncs,
  coverage.failure,
  coverage.checked_at,
  CAST(CASE
    WHEN coverage.integration_id IS NULL
    THEN 'No run has read it yet.'
    WHEN coverage.complete_to IS NULL
    THEN 'No stretch of its history is whole yet.'
    WHEN coverage.complete_from IS NULL
    THEN 'It had no syncs up to ' || TO_CHAR(coverage.complete_to, 'YYYY-MM-DD HH24:MI') || '.'
    WHEN coverage.row_order = 'unproved'
    THEN 'Whole from ' || TO_CHAR(coverage.complete_from, 'YYYY-MM-DD HH24:MI') || ' to ' || TO_CHAR(coverage.complete_to, 'YYYY-MM-DD HH24:MI') || ', if the rows go on as seen so far.'
    ELSE 'Whole from ' || TO_CHAR(coverage.complete_from, 'YYYY-MM-DD HH24:MI') || ' to ' || TO_CHAR(coverage.complete_to, 'YYYY-MM-DD HH24:MI') || '.'
  END || CASE
    WHEN coverage.gaps > 0
    THEN ' Older stretches not read yet: ' || CAST(coverage.gaps AS VARCHAR) || '.'
    ELSE ''
  END || CASE
    WHEN coverage.open_syncs > 0
    THEN ' Not final yet: ' || CAST(coverage.open_syncs AS VARCHAR) || '.'
    ELSE ''
  END || CASE
    WHEN coverage.abandoned_syncs > 0
    THEN ' Never final: ' || CAST(coverage.abandoned_syncs AS VARCHAR) || '.'
    ELSE ''
  END || CASE coverage.state
    WHEN 'failing'
    THEN ' It could not be read the last time: ' || COALESCE(coverage.failure, 'no reason given.')
    WHEN 'gone'
    THEN ' It is gone from Braze; its history is kept.'
    ELSE ''
  END || CASE
    WHEN coverage.state IS DISTINCT FROM 'failing' AND NOT coverage.failure IS NULL
    THEN ' What keeps it from being whole: ' || coverage.failure
    ELSE ''
  END AS VARCHAR) AS verdict
FROM braze_cdi.coverage AS coverage
FULL JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = coverage.workspace
  AND integrations.integration_id = coverage.integration_id;
