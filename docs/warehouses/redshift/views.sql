-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.

CREATE OR REPLACE VIEW braze_cdi.sync_history AS
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
  END AS VARCHAR(65535)) AS outcome,
  CASE
    WHEN syncs.sync_finish_time >= syncs.sync_start_time
    THEN DATEDIFF(MILLISECOND, syncs.sync_start_time, syncs.sync_finish_time) / CAST(1000 AS DOUBLE PRECISION)
  END AS duration_seconds,
  syncs.rows_synced,
  syncs.rows_failed_with_errors AS rows_failed,
  CASE
    WHEN syncs.rows_failed_with_errors >= 0 AND syncs.rows_synced >= 0
    THEN CAST(syncs.rows_failed_with_errors AS DOUBLE PRECISION) / NULLIF(
      CAST(syncs.rows_failed_with_errors AS DOUBLE PRECISION) + CAST(syncs.rows_synced AS DOUBLE PRECISION),
      0
    )
  END AS failed_row_share,
  syncs."raw",
  integrations.warehouse_type
FROM braze_cdi.syncs AS syncs
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = syncs.workspace
  AND integrations.integration_id = syncs.integration_id
LEFT JOIN braze_cdi.standing AS standing
  ON standing.workspace = syncs.workspace
  AND standing.integration_id = syncs.integration_id
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.sync_history IS 'A sync a row, all of history, with the name of its integration and what became of it. Filter by workspace and dt: nothing else is read then.';

CREATE OR REPLACE VIEW braze_cdi.latest_syncs AS
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
  DATEDIFF(MILLISECOND, standing.last_start, standing.as_of) / CAST(60000 AS DOUBLE PRECISION) AS minutes_since_start,
  standing.last_success,
  DATEDIFF(MILLISECOND, standing.last_success, standing.as_of) / CAST(60000 AS DOUBLE PRECISION) AS minutes_since_success,
  standing.syncs_without_success,
  standing.state,
  standing.since,
  standing.reason,
  standing.last_finish,
  CASE
    WHEN standing.last_finish >= standing.last_start
    THEN DATEDIFF(MILLISECOND, standing.last_start, standing.last_finish) / CAST(1000 AS DOUBLE PRECISION)
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
  AND standing.integration_id = known.integration_id
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.latest_syncs IS 'An integration a row: how it stands, with its newest sync and its newest success, as of the moment as_of. From the table standing; one without a line there has nulls.';

CREATE OR REPLACE VIEW braze_cdi.daily_health AS
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
    syncs - successes - partials - errors - config_errors - all_other_failures - abandoned AS "open"
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
  counted_days."open",
  counted_days.abandoned,
  CAST(counted_days.failures AS DOUBLE PRECISION) / NULLIF(CAST(counted_days.syncs - counted_days."open" AS DOUBLE PRECISION), 0) AS failed_sync_share,
  counted_days.rows_synced,
  counted_days.rows_failed,
  CASE
    WHEN counted_days.rows_failed >= 0 AND counted_days.rows_synced >= 0
    THEN CAST(counted_days.rows_failed AS DOUBLE PRECISION) / NULLIF(
      CAST(counted_days.rows_failed AS DOUBLE PRECISION) + CAST(counted_days.rows_synced AS DOUBLE PRECISION),
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
  AND integrations.integration_id = counted_days.integration_id
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.daily_health IS 'An integration and UTC day a row, all of history, from the table days; a day without a sync has none. Filter by workspace and month (YYYY-MM), beside dt: nothing else is read then.';

CREATE OR REPLACE VIEW braze_cdi.pauses AS
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
    END AS VARCHAR(65535)) AS kind,
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
  DATEDIFF(MILLISECOND, apart.paused_from, apart.paused_until) / CAST(60000 AS DOUBLE PRECISION) AS minutes
FROM apart
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = apart.workspace
  AND integrations.integration_id = apart.integration_id
WHERE
  apart.paused_from IS NULL OR apart.paused_from < apart.paused_until
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.pauses IS 'A stretch a row in which an integration was paused, or gone, and which is over, from the table changes. Nothing was expected in it. What is paused or gone now is told by standing.';

CREATE OR REPLACE VIEW braze_cdi.failed_syncs AS
-- How each integration usually goes, and since when it is failing now, as the exporter has it; with a number for its id.
WITH numbered_standing AS (
  SELECT
    workspace,
    integration_id,
    last_start,
    as_of,
    ROW_NUMBER() OVER (PARTITION BY workspace ORDER BY integration_id) AS number,
    usual_minutes * CAST(60000 AS DOUBLE PRECISION) AS usual_ms,
    CASE WHEN COALESCE(state <> 'refusing', TRUE) THEN failing_since END AS open_since
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
        END AS VARCHAR(65535)) AS outcome
      FROM braze_cdi.syncs AS syncs
      LEFT JOIN numbered_standing AS standing
        ON standing.workspace = syncs.workspace
        AND standing.integration_id = syncs.integration_id
      WHERE
        syncs.dt >= TO_CHAR(DATEADD(DAY, -45, GETDATE()), 'YYYY-MM-DD')
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
    END AS VARCHAR(65535)) AS outcome,
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
            DATEDIFF(MILLISECOND, sync_start_time, next_start) > CAST(1.5 AS DOUBLE PRECISION) * usual_ms,
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
    THEN DATEDIFF(MILLISECOND, streaks.sync_start_time, streaks.sync_finish_time) / CAST(1000 AS DOUBLE PRECISION)
  END AS duration_seconds,
  streaks.rows_synced,
  streaks.rows_failed,
  CASE
    WHEN streaks.rows_failed >= 0 AND streaks.rows_synced >= 0
    THEN CAST(streaks.rows_failed AS DOUBLE PRECISION) / NULLIF(
      CAST(streaks.rows_failed AS DOUBLE PRECISION) + CAST(streaks.rows_synced AS DOUBLE PRECISION),
      0
    )
  END AS failed_row_share,
  streaks.streak,
  streaks.streak_position,
  streaks.next_success,
  streaks.recovered_at,
  CAST(FLOOR(
    GREATEST(
      CAST(paused_ms AS DOUBLE PRECISION),
      CASE
        WHEN (
          DATEDIFF(MILLISECOND, sync_start_time, next_start) > 86400000
          AND DATEDIFF(MILLISECOND, sync_start_time, next_start) > COALESCE(2 * usual_ms, 0)
        )
        THEN DATEDIFF(MILLISECOND, sync_start_time, next_start) - COALESCE(usual_ms, 0)
        ELSE 0
      END
    ) / CAST(60000 AS DOUBLE PRECISION)
  ) AS BIGINT) AS minutes_at_rest
FROM beside_pauses AS streaks
LEFT JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = streaks.workspace
  AND integrations.integration_id = streaks.integration_id
WHERE
  streaks.pause_number = 1
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.failed_syncs IS 'A sync a row that brought no data: over with another status than success and partial, without an end when a newer one started, or never over within 7 days. Looks back 45 days; a streak that began before begins there. For older ones ask sync_history.';

CREATE OR REPLACE VIEW braze_cdi.incidents AS
-- Those that are over. A streak that nothing has ended is told by standing, below.
WITH streaks AS (
  SELECT
    workspace,
    integration_id,
    MIN(dt) AS dt,
    MAX(integration_name) AS integration_name,
    MAX(integration_type) AS integration_type,
    BOOL_OR(listed) AS listed,
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
  CAST(NULL AS TIMESTAMP) AS next_success,
  CAST(NULL AS DOUBLE PRECISION) AS minutes_to_success,
  TRUE AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of,
  (
    DATEDIFF(MILLISECOND, standing.failing_since, standing.as_of) - standing.paused_ms
  ) / CAST(60000 AS DOUBLE PRECISION) AS minutes_without_data,
  CAST(NULL AS VARCHAR(65535)) AS ended_by,
  CAST(NULL AS TIMESTAMP) AS recovered_at
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
  CAST(NULL AS TIMESTAMP) AS next_success,
  CAST(NULL AS DOUBLE PRECISION) AS minutes_to_success,
  FALSE AS still_open,
  standing.state,
  standing.since,
  standing.reason,
  standing.details_until,
  standing.as_of,
  (
    DATEDIFF(MILLISECOND, standing.failing_since, standing.last_start) - standing.paused_ms
  ) / CAST(60000 AS DOUBLE PRECISION) AS minutes_without_data,
  CAST(standing.state AS VARCHAR(65535)) AS ended_by,
  CAST(NULL AS TIMESTAMP) AS recovered_at
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
  DATEDIFF(MILLISECOND, first_start, next_success) / CAST(60000 AS DOUBLE PRECISION) AS minutes_to_success,
  FALSE AS still_open,
  CAST(NULL AS VARCHAR(65535)) AS state,
  CAST(NULL AS TIMESTAMP) AS since,
  CAST(NULL AS VARCHAR(65535)) AS reason,
  CAST(NULL AS TIMESTAMP) AS details_until,
  CAST(NULL AS TIMESTAMP) AS as_of,
  DATEDIFF(MILLISECOND, first_start, recovered_at) / CAST(60000 AS DOUBLE PRECISION) - CAST(minutes_at_rest AS DOUBLE PRECISION) AS minutes_without_data,
  CAST('success' AS VARCHAR(65535)) AS ended_by,
  recovered_at
FROM streaks
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.incidents IS 'A streak of syncs that brought no data a row. One that is open is as the table standing tells it, up to its newest sync. One that is over ended with the first success or partial that was followed by another, or by no failure for a usual distance: a flapping integration has one, and a success without rows alone ends none. One of an integration that was paused, or is gone, is over as well. Refused rows are no incident here. Looks back 45 days for those that are over; filter on still_open for what is open: nothing else is read then.';

CREATE OR REPLACE VIEW braze_cdi.freshness AS
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
    WHEN standing.late OR standing.as_of > GETDATE() - INTERVAL '1 DAY'
    THEN standing.late
  END AS late,
  CASE
    WHEN standing.late OR standing.as_of > GETDATE() - INTERVAL '1 DAY'
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
  AND standing.integration_id = known.integration_id
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.freshness IS 'An integration a row: is its data late, by its schedule or by its habit? From the table standing; one without a line there has nulls.';

CREATE OR REPLACE VIEW braze_cdi.completeness AS
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
    THEN ' Older stretches not read yet: ' || CAST(coverage.gaps AS VARCHAR(65535)) || '.'
    ELSE ''
  END || CASE
    WHEN coverage.open_syncs > 0
    THEN ' Not final yet: ' || CAST(coverage.open_syncs AS VARCHAR(65535)) || '.'
    ELSE ''
  END || CASE
    WHEN coverage.abandoned_syncs > 0
    THEN ' Never final: ' || CAST(coverage.abandoned_syncs AS VARCHAR(65535)) || '.'
    ELSE ''
  END || CASE coverage.state
    WHEN 'failing'
    THEN ' It could not be read the last time: ' || COALESCE(coverage.failure, 'no reason given.')
    WHEN 'gone'
    THEN ' It is gone from Braze; its history is kept.'
    ELSE ''
  END || CASE
    WHEN COALESCE(coverage.state <> 'failing', TRUE) AND NOT coverage.failure IS NULL
    THEN ' What keeps it from being whole: ' || coverage.failure
    ELSE ''
  END AS VARCHAR(65535)) AS verdict
FROM braze_cdi.coverage AS coverage
FULL JOIN braze_cdi.integrations AS integrations
  ON integrations.workspace = coverage.workspace
  AND integrations.integration_id = coverage.integration_id
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.completeness IS 'An integration a row: may its history be trusted, from when to when, and what is missing? No sync is missing between trusted_from and trusted_to.';
