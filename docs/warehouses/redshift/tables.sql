-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.
-- Put your own in the place of BUCKET, WORKSPACE, ACCOUNT and ROLE. The Glue database is one of its own: Spectrum
-- does not read the tables of the stack, whose partitions are computed by whoever asks.
CREATE EXTERNAL SCHEMA IF NOT EXISTS braze_cdi_files
FROM DATA CATALOG
DATABASE 'braze_cdi_files'
IAM_ROLE 'arn:aws:iam::ACCOUNT:role/ROLE'
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE SCHEMA IF NOT EXISTS braze_cdi;

CREATE EXTERNAL TABLE braze_cdi_files.syncs (
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- Start of the sync, UTC; with integration_id it identifies the sync
  sync_start_time VARCHAR(32),
  -- End of the sync, UTC; null while it runs
  sync_finish_time VARCHAR(32),
  -- Newest UPDATED_AT that was synced, from the source’s own clock, UTC; null for file sources
  last_timestamp_synced VARCHAR(32),
  -- success, partial, error, config_error, running, or another: lower case, an open set
  job_status VARCHAR(65535),
  -- Rows that Braze took
  rows_synced BIGINT,
  -- Rows that Braze refused
  rows_failed_with_errors BIGINT,
  -- Names of fields that were sent but could not be typed and are null here; null: none
  problems VARCHAR(65535),
  -- The row exactly as Braze sent it, as JSON
  "raw" VARCHAR(65535)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/syncs/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.syncs ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/syncs/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.syncs AS
SELECT
  integration_id,
  CAST(sync_start_time AS TIMESTAMP) AS sync_start_time,
  CAST(sync_finish_time AS TIMESTAMP) AS sync_finish_time,
  CAST(last_timestamp_synced AS TIMESTAMP) AS last_timestamp_synced,
  job_status,
  rows_synced,
  rows_failed_with_errors,
  problems,
  "raw",
  workspace,
  SUBSTRING(sync_start_time, 1, 10) AS dt
FROM braze_cdi_files.syncs
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.syncs IS 'A sync a row, each exactly once, with its latest state. Filter on dt (the UTC day of sync_start_time, YYYY-MM-DD) and workspace: a query reads only the days that it names.';

CREATE EXTERNAL TABLE braze_cdi_files.integrations (
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- Name of the integration in Braze’s dashboard
  integration_name VARCHAR(65535),
  -- What it syncs, as Braze calls it
  integration_type VARCHAR(65535),
  -- Status of the integration itself, not of a sync
  integration_status VARCHAR(65535),
  -- Kind of warehouse or file source that it reads from
  warehouse_type VARCHAR(65535),
  -- Id of the workspace at Braze
  app_group_id VARCHAR(65535),
  -- Newest timestamp that was synced, as the list tells it, UTC
  last_updated_at VARCHAR(32),
  -- Start of its newest sync, as the list tells it, UTC
  last_job_start_time VARCHAR(32),
  -- When its next sync is planned, UTC; null without a schedule
  next_scheduled_run VARCHAR(32),
  -- Status of its newest sync, as the list tells it
  last_job_status VARCHAR(65535),
  -- False: Braze no longer lists it; its history is kept
  listed BOOLEAN,
  -- Names of fields that were sent but could not be typed and are null here; null: none
  problems VARCHAR(65535),
  -- The row as Braze sent it, as JSON, without contact_emails
  "raw" VARCHAR(65535)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/integrations/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.integrations ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/integrations/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.integrations AS
SELECT
  integration_id,
  integration_name,
  integration_type,
  integration_status,
  warehouse_type,
  app_group_id,
  CAST(last_updated_at AS TIMESTAMP) AS last_updated_at,
  CAST(last_job_start_time AS TIMESTAMP) AS last_job_start_time,
  CAST(next_scheduled_run AS TIMESTAMP) AS next_scheduled_run,
  last_job_status,
  listed,
  problems,
  "raw",
  workspace
FROM braze_cdi_files.integrations
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.integrations IS 'An integration a row, as last listed by Braze; one that is gone keeps its row and its name.';

CREATE EXTERNAL TABLE braze_cdi_files.coverage (
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- Between complete_from and complete_to no sync is missing, UTC; null before that is known
  complete_from VARCHAR(32),
  -- When the newest end of the history was last read, UTC
  complete_to VARCHAR(32),
  -- Stretches of history not read yet
  gaps BIGINT,
  -- Syncs that are neither final nor followed by a newer one
  open_syncs BIGINT,
  -- Syncs that were still open 7 days after their start, and are no longer asked for
  abandoned_syncs BIGINT,
  -- Order of Braze’s rows: newest_first, oldest_first, unordered; unproved: complete_from holds only if the rows go on as seen
  row_order VARCHAR(65535),
  -- complete, backfilling, failing, or gone (no longer listed or known at Braze)
  state VARCHAR(65535),
  -- Why it is failing, or what keeps its history from becoming whole; null: nothing
  failure VARCHAR(65535),
  -- When Braze was last asked for it, UTC
  checked_at VARCHAR(32),
  -- Rows that turned up where none was missing, ever
  late_rows BIGINT,
  -- Stretches of history that Braze no longer had when they were to be read, ever
  lost_gaps BIGINT,
  -- When the whole history was last read again, UTC; null: not yet
  rechecked_at VARCHAR(32)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/coverage/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.coverage ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/coverage/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.coverage AS
SELECT
  integration_id,
  CAST(complete_from AS TIMESTAMP) AS complete_from,
  CAST(complete_to AS TIMESTAMP) AS complete_to,
  gaps,
  open_syncs,
  abandoned_syncs,
  row_order,
  state,
  failure,
  CAST(checked_at AS TIMESTAMP) AS checked_at,
  late_rows,
  lost_gaps,
  CAST(rechecked_at AS TIMESTAMP) AS rechecked_at,
  workspace
FROM braze_cdi_files.coverage
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.coverage IS 'An integration a row: from when to when its history is whole, and what is missing. Read it before trusting a chart.';

CREATE EXTERNAL TABLE braze_cdi_files.standing (
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy
  state VARCHAR(65535),
  -- Since when it has been in that state, UTC
  since VARCHAR(32),
  -- Why, in a sentence
  reason VARCHAR(65535),
  -- Start of its newest sync, UTC
  last_start VARCHAR(32),
  -- End of its newest sync, UTC; null while it runs
  last_finish VARCHAR(32),
  -- Status of its newest sync, also of one that runs
  last_status VARCHAR(65535),
  -- Rows of its newest sync that arrived
  last_rows_synced BIGINT,
  -- Rows of its newest sync that Braze refused
  last_rows_failed BIGINT,
  -- Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)
  last_success VARCHAR(32),
  -- Syncs in a row, up to the newest that is over, that were no success; 0: none
  syncs_without_success BIGINT,
  -- Start of the first sync of that row, UTC; null: none
  failing_since VARCHAR(32),
  -- Usual distance between two starts of syncs that brought data
  usual_minutes DOUBLE PRECISION,
  -- When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected
  expected_by VARCHAR(32),
  -- Oldest planned start that has passed without a sync since, UTC; null: none
  due_since VARCHAR(32),
  -- What says whether it is late: schedule, habit, or null: nothing is expected
  judged_by VARCHAR(65535),
  -- Not there when expected; null: nothing is expected, or it is not known
  late BOOLEAN,
  -- By how much at as_of; 0: on time
  minutes_late DOUBLE PRECISION,
  -- Signs that its successes do not bring what they should, names with commas; null: none
  traps VARCHAR(65535),
  -- last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC
  newest_timestamp_synced VARCHAR(32),
  -- Until when Braze shows the rows that it refused last, UTC; null: none were refused
  details_until VARCHAR(32),
  -- Id of the integration of the same name and type that ended where this one begins
  continues VARCHAR(65535),
  -- Ids of its open incidents, with commas; null: none
  incidents VARCHAR(65535),
  -- When Braze was asked for its newest syncs: all of this holds at that moment, UTC
  as_of VARCHAR(32)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/standing/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.standing ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/standing/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.standing AS
SELECT
  integration_id,
  state,
  CAST(since AS TIMESTAMP) AS since,
  reason,
  CAST(last_start AS TIMESTAMP) AS last_start,
  CAST(last_finish AS TIMESTAMP) AS last_finish,
  last_status,
  last_rows_synced,
  last_rows_failed,
  CAST(last_success AS TIMESTAMP) AS last_success,
  syncs_without_success,
  CAST(failing_since AS TIMESTAMP) AS failing_since,
  usual_minutes,
  CAST(expected_by AS TIMESTAMP) AS expected_by,
  CAST(due_since AS TIMESTAMP) AS due_since,
  judged_by,
  late,
  minutes_late,
  traps,
  CAST(newest_timestamp_synced AS TIMESTAMP) AS newest_timestamp_synced,
  CAST(details_until AS TIMESTAMP) AS details_until,
  continues,
  incidents,
  CAST(as_of AS TIMESTAMP) AS as_of,
  workspace
FROM braze_cdi_files.standing
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.standing IS 'An integration a row: how it stands, judged once, by the exporter, at the moment as_of. The views latest_syncs, freshness and what is open in incidents come from here. UTC. A lake that no run of this version has looked at has no rows.';

CREATE EXTERNAL TABLE braze_cdi_files.days (
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- UTC day of the starts, YYYY-MM-DD
  dt VARCHAR(65535),
  -- Syncs that started on the day
  syncs BIGINT,
  -- Of them with the status success
  successes BIGINT,
  -- Of them with the status partial: some rows were refused
  partials BIGINT,
  -- Of them with the status error: no row was synced
  errors BIGINT,
  -- Of them with the status config_error
  config_errors BIGINT,
  -- Of them over with any other status: they have a finish, or a later sync of the integration started on that day
  other_failures BIGINT,
  -- 1 where the last sync of the day was not over when it was last seen; one that started on a later day says it is
  not_final BIGINT,
  -- Of the successes those with 0 rows synced
  successes_without_rows BIGINT,
  -- Rows that arrived in Braze; null: none of the syncs tells
  rows_synced BIGINT,
  -- Rows that Braze refused; null: none of the syncs tells
  rows_failed BIGINT,
  -- Median duration (nearest rank) of those with a finish that is not before their start
  median_seconds DOUBLE PRECISION,
  -- 95th percentile of the same (nearest rank)
  p95_seconds DOUBLE PRECISION,
  -- Longest time of the day without a start, also from midnight to the first and from the last to midnight
  largest_gap_minutes DOUBLE PRECISION,
  -- First start of the day, UTC
  first_start VARCHAR(32),
  -- Last start of the day, UTC
  last_start VARCHAR(32),
  -- Latest finish of the syncs of the day, which may be on a later day, UTC
  last_finish VARCHAR(32)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/days/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.days ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/days/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.days AS
SELECT
  integration_id,
  dt,
  syncs,
  successes,
  partials,
  errors,
  config_errors,
  other_failures,
  not_final,
  successes_without_rows,
  rows_synced,
  rows_failed,
  median_seconds,
  p95_seconds,
  largest_gap_minutes,
  CAST(first_start AS TIMESTAMP) AS first_start,
  CAST(last_start AS TIMESTAMP) AS last_start,
  CAST(last_finish AS TIMESTAMP) AS last_finish,
  workspace,
  SUBSTRING(dt, 1, 7) AS month
FROM braze_cdi_files.days
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.days IS 'An integration and UTC day with syncs a row: what the rows of that day in syncs add up to, written with them. Filter on month (YYYY-MM) and workspace: a year is twelve objects.';

CREATE EXTERNAL TABLE braze_cdi_files.changes (
  -- When the exporter saw it, UTC: it happened since the run before
  seen_at VARCHAR(32),
  -- Id of the integration at Braze
  integration_id VARCHAR(65535),
  -- What changed: listed (false to true: new or back; true to false: gone), integration_name, integration_status, integration_type
  field VARCHAR(65535),
  -- What it was; null: nothing, as for the listed of one that is new
  before VARCHAR(65535),
  -- What it is now; null: nothing any more
  after VARCHAR(65535)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/changes/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.changes ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/changes/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.changes AS
SELECT
  CAST(seen_at AS TIMESTAMP) AS seen_at,
  integration_id,
  field,
  before,
  after,
  workspace
FROM braze_cdi_files.changes
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.changes IS 'A change of an integration a row, as the list of integrations showed it: new, another name, status or type, gone, back. What the first export found has no row. UTC.';

CREATE EXTERNAL TABLE braze_cdi_files.quarantine (
  -- Id of the integration that it came from; null where that is not known
  integration_id VARCHAR(65535),
  -- Why it could not be placed
  reason VARCHAR(65535),
  -- The row as it was received, as JSON
  "raw" VARCHAR(65535)
)
PARTITIONED BY (workspace VARCHAR(63))
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/quarantine/';

-- Once for each workspace.
ALTER TABLE braze_cdi_files.quarantine ADD IF NOT EXISTS
PARTITION (workspace = 'WORKSPACE') LOCATION 's3://BUCKET/quarantine/workspace=WORKSPACE/';

CREATE OR REPLACE VIEW braze_cdi.quarantine AS
SELECT
  integration_id,
  reason,
  "raw",
  workspace
FROM braze_cdi_files.quarantine
WITH NO SCHEMA BINDING;

COMMENT ON VIEW braze_cdi.quarantine IS 'A row that could not be placed as a sync, kept as received with the reason; each once.';
